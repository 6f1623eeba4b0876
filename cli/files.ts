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
    throw new UsageError(`Cannot read notebook "${path}": ${reason(error)}`);
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
  const target = resolve(path);
  const temporary = join(
    dirname(target),
    `.${basename(target)}.${crypto.randomUUID().slice(0, 8)}.tmp`,
  );
  try {
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.writeTextFile(temporary, text);
    await Deno.rename(temporary, target);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {
      // It was never made, which is the reason for the error above.
    });
    throw new UsageError(`Cannot write "${path}": ${reason(error)}`);
  }
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
    const found = await Deno.stat(path).catch(() => null);
    if (found?.isFile) return path;
  }
  const above = dirname(folder);
  return above === folder ? undefined : await findConfig(above);
}

function reason(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.IsADirectory) return "it is a folder";
  if (error instanceof Deno.errors.PermissionDenied) {
    return "the system does not allow it";
  }
  return (error as Error).message;
}
