/**
 * What a notebook asks for beyond what every notebook may do, and how that is
 * put to the user. Pure.
 *
 * A notebook's metadata can only ask. `grants.ts` finds out what the user says.
 * @module
 */
import { dirname } from "../folder/mod.ts";
import * as z from "zod/mini";
import type { Notebook } from "../nbformat/mod.ts";
import { isPlainName, quote } from "./quote.ts";
import { readScopes } from "./permissions.ts";
import type { Arguments } from "./usage.ts";

/** What is asked for, or granted, beyond the default. */
export interface Rights {
  /** Programs to start. */
  readonly run: readonly string[];
  /**
   * The notebook's folder, if it holds too much to be granted unasked; `null`
   * if it does not.
   */
  readonly folder: string | null;
}

/** No right beyond the default. */
export const NO_RIGHTS: Rights = { run: [], folder: null };

const programSchema = z.string().check(
  // Deno takes a comma as the end of a name, and would take `*` for all.
  z.refine((name) =>
    name.trim() === name && !["", "*"].includes(name) &&
    !name.includes(",") && isPlainName(name)
  ),
);

const metadataSchema = z.object({
  skein: z.optional(z.object({
    permissions: z.optional(z.object({
      run: z.optional(z.array(programSchema)),
    })),
  })),
});

/**
 * Lists the programs that a notebook's metadata asks for.
 *
 * @param notebook The notebook.
 * @throws {TypeError} If the metadata has another shape, or a name is not one
 *   program whose name can be shown.
 */
export function namedPrograms(
  notebook: Pick<Notebook, "metadata">,
): readonly string[] {
  const result = z.safeParse(metadataSchema, notebook.metadata);
  if (result.success) {
    return [...new Set(result.data.skein?.permissions?.run ?? [])];
  }
  const { path } = result.error.issues[0]!;
  const found = path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown>)[key],
    notebook.metadata,
  );
  const shown = typeof found === "string" ? quote(found) : describe(found);
  throw new TypeError(
    `Cannot read permissions: ${
      ["metadata", ...path].join(".")
    } is ${shown}, expected {"skein": {"permissions": {"run": ["name", …]}}} with the name of one program each`,
  );
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : String(value);
}

/**
 * Tells whether a folder holds more than a notebook's own files: the home or
 * the folder for temporary files, itself or anything above it.
 *
 * @param folder The folder, an absolute path without links.
 * @param places Such folders, likewise.
 */
export function isBroad(folder: string, places: readonly string[]): boolean {
  if (dirname(folder) === folder) return true;
  const inside = folder.replace(/[\\/]$/, "");
  return places.some((place) =>
    place === inside || place.startsWith(`${inside}/`) ||
    place.startsWith(`${inside}\\`)
  );
}

/**
 * Takes away what the user has typed already.
 *
 * @param asked What the notebook asks for.
 * @param lists The options with which rights are typed.
 * @returns What is still to be granted.
 */
export function missingRights(
  asked: Rights,
  lists: Arguments["lists"],
): Rights {
  const has = (name: string, value: string) =>
    readScopes(lists, name).some((entry) => entry === "*" || entry === value);
  const { folder } = asked;
  return {
    run: asked.run.filter((name) => !has("run", name)),
    folder: folder !== null && has("read", folder) && has("write", folder)
      ? null
      : folder,
  };
}

/**
 * Tells whether two lists of rights are the same.
 *
 * @param a One.
 * @param b The other.
 */
export function areSameRights(a: Rights, b: Rights): boolean {
  const spell = ({ run, folder }: Rights) =>
    JSON.stringify([[...run].sort(), folder]);
  return spell(a) === spell(b);
}

/**
 * Says in words what is asked for.
 *
 * @param rights What; not nothing.
 * @returns For example `start the program "sh"`.
 */
export function rightsText({ run, folder }: Rights): string {
  const programs = run.map(quote).join(", ");
  return [
    ...run.length === 0
      ? []
      : [`start the program${run.length === 1 ? "" : "s"} ${programs}`],
    ...folder === null
      ? []
      : [`read and write all of ${quote(folder)}, the folder it is in`],
  ].join(" and ");
}

/**
 * Asks the user on a terminal.
 *
 * @param rights What the notebook asks for; not nothing.
 */
export function rightsQuestion(rights: Rights): string {
  const warning = rights.run.length === 0
    ? ""
    : "A program can do whatever you can do: read and change your files, use the network.\n";
  return `The notebook asks to ${rightsText(rights)}.\n${warning}` +
    "Allow it? y: this time, a: always for this notebook, else no: ";
}

/**
 * Says that something was not granted, and how to grant it.
 *
 * @param rights What; not nothing.
 */
export function refusalText(rights: Rights): string {
  return `Not allowed: to ${
    rightsText(rights)
  }. The notebook asks for it; allow it with ${
    optionsFor(rights)
  }, or for good with skein trust.`;
}

function optionsFor({ run, folder }: Rights): string {
  return [
    ...run.length === 0 ? [] : [`--allow-run=${word(run.join(","))}`],
    ...folder === null
      ? []
      : [`--allow-read=${word(folder)} --allow-write=${word(folder)}`],
  ].join(" ");
}

/** As it is typed in a shell. */
function word(text: string): string {
  return /^[\w./,:@+-]+$/.test(text)
    ? text
    : `'${text.replaceAll("'", `'\\''`)}'`;
}
