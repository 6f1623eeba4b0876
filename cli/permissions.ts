/**
 * What cells may touch, from what was typed and what was granted. Pure.
 *
 * What a notebook asks for is in `rights.ts`.
 * @module
 */
import { defaultPermissions, type Permissions } from "../session/mod.ts";
import type { Rights } from "./rights.ts";
import { type Arguments, type OptionUsage, UsageError } from "./usage.ts";

/** The options by which the user grants more than the default. */
export const PERMISSION_OPTIONS: Readonly<Record<string, OptionUsage>> = {
  "allow-all": {
    kind: "flag",
    short: "A",
    help: "Allow everything. Only for notebooks you trust.",
  },
  "allow-read": scope("PATHS", "Allow reading outside the notebook's folder."),
  "allow-write": scope("PATHS", "Allow writing outside the notebook's folder."),
  "allow-net": scope("HOSTS", "Allow network access beyond the loopback."),
  "allow-import": scope(
    "HOSTS",
    "Allow imports from hosts (npm: packages are always allowed).",
  ),
  "allow-run": scope("PROGRAMS", "Allow starting programs."),
  "allow-env": scope("NAMES", "Allow reading environment variables."),
  "allow-sys": scope("NAMES", "Allow reading system information."),
};

function scope(value: string, help: string): OptionUsage {
  return { kind: "values", value: `[=${value}]`, help };
}

/**
 * Decides what cells may touch.
 *
 * @param args What was typed.
 * @param notebook Its folder, and what the user granted it.
 * @throws {UsageError} If Deno has no way to say it.
 */
export function decidePermissions(
  { flags, lists }: Pick<Arguments, "flags" | "lists">,
  notebook: {
    readonly folder: string;
    /** What it asks for. */
    readonly asked: Rights;
    /** What the user granted of it. */
    readonly granted: Rights;
    /** Path of this Deno, which `deno` among the programs stands for. */
    readonly denoPath: string;
  },
): Permissions {
  if (flags.has("allow-all")) return { type: "all" };
  const { folder, asked, denoPath } = notebook;
  if (folder.includes(",")) {
    throw new UsageError(
      `Cannot allow cells the folder ${
        JSON.stringify(folder)
      }: Deno takes the comma as the end of a path, so move the notebook or run with --allow-all`,
    );
  }
  const typed = (name: string) => readScopes(lists, name);
  const run = [...notebook.granted.run, ...typed("run")];
  const defaults = defaultPermissions(
    folder,
    run.includes("deno") ? [...run, denoPath] : run,
  );
  if (defaults.type === "all") return defaults;
  const { folder: own, ...rest } = defaults;
  const isBroad = asked.folder !== null;
  const isWithheld = isBroad && notebook.granted.folder === null;
  return {
    ...rest,
    read: [...isWithheld ? [] : defaults.read, ...typed("read")],
    write: [...isWithheld ? [] : defaults.write, ...typed("write")],
    net: [...defaults.net, ...typed("net")],
    import: typed("import"),
    env: typed("env"),
    sys: typed("sys"),
    // A folder that the user was asked about is granted with all its links.
    ...(isBroad || own === undefined ? {} : { folder: own }),
  };
}

/**
 * Reads the values that were typed for one permission.
 *
 * @param lists What was typed.
 * @param name The permission, such as `read`.
 * @throws {UsageError} If there is an empty one.
 */
export function readScopes(
  lists: Arguments["lists"],
  name: string,
): readonly string[] {
  return (lists[`allow-${name}`] ?? []).flatMap((list) => {
    const entries = list.split(",");
    if (!entries.includes("")) return entries;
    throw new UsageError(
      `Cannot run: --allow-${name} is ${
        JSON.stringify(list)
      }, expected entries with a comma between them, or no = for all`,
    );
  });
}
