/**
 * What a notebook may touch, from its metadata and the command line. Pure.
 * @module
 */
import * as z from "zod/mini";
import type { Notebook } from "../nbformat/mod.ts";
import { defaultPermissions, type Permissions } from "../session/mod.ts";
import { type Arguments, type OptionUsage, UsageError } from "./usage.ts";

/** The options by which the user grants more than the default. */
export const PERMISSION_OPTIONS: Readonly<Record<string, OptionUsage>> = {
  "allow-all": {
    kind: "flag",
    short: "A",
    help: "Allow cells everything. Only for notebooks you trust.",
  },
  "allow-read": scope("PATHS", "Allow reading besides the notebook's folder."),
  "allow-write": scope("PATHS", "Allow writing besides the notebook's folder."),
  "allow-net": scope("HOSTS", "Allow network besides the loopback."),
  "allow-run": scope("PROGRAMS", "Allow starting programs."),
  "allow-env": scope("NAMES", "Allow reading environment variables."),
  "allow-sys": scope("NAMES", "Allow asking for facts about the system."),
};

function scope(value: string, help: string): OptionUsage {
  return { kind: "values", value: `[=${value}]`, help };
}

const metadataSchema = z.object({
  skein: z.optional(z.object({
    permissions: z.optional(z.object({
      // Deno takes a comma as the end of a name.
      run: z.optional(z.array(z.string().check(z.regex(/^[^,]+$/)))),
    })),
  })),
});

/**
 * Lists the programs that a notebook's metadata names.
 *
 * @param notebook The notebook.
 * @throws {TypeError} If the metadata has another shape.
 */
export function namedPrograms(notebook: Notebook): readonly string[] {
  const result = z.safeParse(metadataSchema, notebook.metadata);
  if (!result.success) {
    const place = ["metadata", ...result.error.issues[0]!.path].join(".");
    throw new TypeError(
      `Cannot read permissions: ${place} is not as expected, which is {"skein": {"permissions": {"run": ["name", …]}}}`,
    );
  }
  return result.data.skein?.permissions?.run ?? [];
}

/**
 * Decides what cells may touch.
 *
 * @param args What was typed.
 * @param notebook Its folder, and the programs that its metadata names.
 * @throws {UsageError} If Deno has no way to say it.
 */
export function decidePermissions(
  { flags, lists }: Pick<Arguments, "flags" | "lists">,
  notebook: {
    readonly folder: string;
    readonly programs: readonly string[];
    /** Path of this Deno, which `deno` in the metadata stands for. */
    readonly denoPath: string;
  },
): Permissions {
  if (flags.has("allow-all")) return { type: "all" };
  const { folder, programs, denoPath } = notebook;
  if (folder.includes(",")) {
    throw new UsageError(
      `Cannot allow cells the folder ${
        JSON.stringify(folder)
      }: Deno takes the comma as the end of a path, so move the notebook or run with --allow-all`,
    );
  }
  const granted = (name: string) =>
    (lists[`allow-${name}`] ?? []).flatMap((list) => readScope(name, list));
  const run = [...programs, ...granted("run")];
  const defaults = defaultPermissions(
    folder,
    run.includes("deno") ? [...run, denoPath] : run,
  );
  if (defaults.type === "all") return defaults;
  return {
    ...defaults,
    read: [...defaults.read, ...granted("read")],
    write: [...defaults.write, ...granted("write")],
    net: [...defaults.net, ...granted("net")],
    env: granted("env"),
    sys: granted("sys"),
  };
}

function readScope(name: string, list: string): readonly string[] {
  const entries = list.split(",");
  if (!entries.includes("")) return entries;
  throw new UsageError(
    `Cannot run: --allow-${name} is ${
      JSON.stringify(list)
    }, expected entries with a comma between them, or no = for all`,
  );
}
