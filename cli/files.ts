/**
 * Reading and writing files for the verbs: errors in one line, nothing half
 * written.
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import { type Notebook, parseNotebook } from "../nbformat/mod.ts";
import { UsageError } from "./usage.ts";

/**
 * Reads a notebook.
 *
 * @param path Where it is.
 * @throws {UsageError} If it can not be read, or is no notebook.
 */
export async function readNotebook(path: string): Promise<Notebook> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    const hint = await isFile(`${path}.ipynb`)
      ? `, but there is "${path}.ipynb"`
      : "";
    throw new UsageError(
      `Cannot read notebook "${path}": ${reason(error)}${hint}`,
    );
  }
  try {
    return parseNotebook(text, path);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/**
 * Writes a file as a whole or not at all: into a temporary file beside it,
 * which then takes its name.
 *
 * @param path Where to; missing folders are made.
 * @param text What.
 * @throws {UsageError} If it can not be written.
 */
export async function writeFile(path: string, text: string): Promise<void> {
  await replace(path, async ({ temporary, target, options }) => {
    if (temporary === null) return await Deno.writeTextFile(target, text);
    await Deno.writeTextFile(temporary, text, options);
    await Deno.rename(temporary, target);
  });
}

/**
 * Fails where {@link writeFile} would, but before a long run instead of after.
 *
 * @param path Where a file is to be written; missing folders are made.
 * @throws {UsageError} If it can not be written.
 */
export async function checkWritable(path: string): Promise<void> {
  await replace(path, async ({ temporary }) => {
    if (temporary === null) return;
    await Deno.writeTextFile(temporary, "");
    await Deno.remove(temporary);
  });
}

/** Where a text goes, and on which way. */
interface Place {
  /** The file itself, no link to it. */
  readonly target: string;
  /** A file beside it; null where nothing can take the place of the target. */
  readonly temporary: string | null;
  /** How to make the file: whom the old one was closed to, it stays closed to. */
  readonly options: Deno.WriteFileOptions;
}

async function replace(
  path: string,
  act: (place: Place) => Promise<void>,
): Promise<void> {
  let temporary: string | null = null;
  try {
    const found = await Deno.stat(path).catch(() => null);
    if (found?.isDirectory) throw new Deno.errors.IsADirectory();
    const target = found?.isFile ? await Deno.realPath(path) : resolve(path);
    await Deno.mkdir(dirname(target), { recursive: true });
    // A device such as `/dev/stdout` is written to, not replaced.
    if (found === null || found.isFile) {
      const unique = crypto.randomUUID().slice(0, 8);
      temporary = join(dirname(target), `.${basename(target)}.${unique}.tmp`);
    }
    const mode = found?.mode ?? null;
    const options = mode === null ? {} : { mode: mode & 0o777 };
    await act({ target, temporary, options });
  } catch (error) {
    if (temporary !== null) {
      await Deno.remove(temporary).catch(() => {
        // It was never made, which is the reason for the error above.
      });
    }
    throw new UsageError(`Cannot write "${path}": ${reason(error)}`);
  }
}

/**
 * Sees to it that a page does not take the place of a notebook.
 *
 * @param page Where the page goes.
 * @param notebooks Where notebooks are or go.
 * @throws {UsageError} If it is one of them.
 */
export function checkPage(page: string, notebooks: readonly string[]): void {
  const taken = notebooks.find((path) => resolve(path) === resolve(page));
  if (taken === undefined) return;
  throw new UsageError(
    `Cannot write page "${page}": the notebook is there, expected another path`,
  );
}

/**
 * Finds the `deno.json` that holds for a folder: its own, or the nearest above.
 *
 * @param folder An absolute path.
 * @returns The path of the file, or `undefined` if there is none.
 */
export async function findConfig(folder: string): Promise<string | undefined> {
  for (const name of ["deno.json", "deno.jsonc"]) {
    const path = join(folder, name);
    if (await isFile(path)) return path;
  }
  const above = dirname(folder);
  return above === folder ? undefined : await findConfig(above);
}

/**
 * Tells whether there is a file.
 *
 * @param path Where.
 */
export async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => null))?.isFile ?? false;
}

function reason(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.IsADirectory) return "it is a folder";
  if (
    error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.AlreadyExists
  ) return "a file is where a folder is expected";
  if (error instanceof Deno.errors.PermissionDenied) {
    return "the system does not allow it";
  }
  return (error as Error).message;
}
