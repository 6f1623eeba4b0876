/**
 * Reading files for the verbs: errors in one line.
 *
 * Writing is in `write_file.ts`.
 * @module
 */
import { findConfig as findNearestConfig, readConfig } from "../folder/mod.ts";
import type { Notebook, OpenedNotebook } from "../nbformat/mod.ts";
import { quote } from "./quote.ts";
import { UsageError } from "./usage.ts";

/**
 * Reads a notebook.
 *
 * @param path Where it is.
 * @param text Its text, if it was read already.
 * @throws {UsageError} If it can not be read, or is no notebook.
 */
export async function readNotebook(
  path: string,
  text?: string,
): Promise<Notebook> {
  const json = text ?? await readText(path);
  const { loadTextNotebooks, parseNotebook, textFormatOf } = await import(
    NBFORMAT
  ) as typeof import("../nbformat/mod.ts");
  const isText = textFormatOf(path) !== undefined;
  try {
    if (!isText) return parseNotebook(json, path);
    const { detectFormat, readTextNotebook } = await loadTextNotebooks();
    return readTextNotebook(json, detectFormat(path, json)!);
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(
      !isText ? message : `Cannot read notebook ${quote(path)}: ${message}`,
    );
  }
}

/**
 * Reads a notebook that is only to be shown.
 *
 * @param path Where it is.
 * @throws {UsageError} If it can not be read, or is no notebook.
 */
export async function readDocument(path: string): Promise<OpenedNotebook> {
  const { openNotebook, textFormatOf } = await import(
    NBFORMAT
  ) as typeof import("../nbformat/mod.ts");
  if (textFormatOf(path) !== undefined) return await readNotebook(path);
  const { makeCollector } = await import(
    COLLECT
  ) as typeof import("./collect.ts");
  const bytes = await readBytes(path);
  const before = await Deno.stat(path);
  const collect = makeCollector(COLLECT_BYTES);
  const read = (range: { readonly start: number; readonly end: number }) => {
    collect(range.end - range.start);
    return readAgain(path, before, range);
  };
  try {
    return openNotebook(
      bytes,
      path,
      before.isFile ? read : undefined,
    );
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/**
 * Reads the text of a notebook.
 *
 * @param path Where it is.
 * @throws {UsageError} If it can not be read.
 */
export async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path));
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { size, isFile: isPlain } = await Deno.stat(path);
    if (isPlain && size > MAX_BYTES) {
      throw new RangeError(
        `it has ${toMiB(size)} MiB, expected at most ${
          toMiB(MAX_BYTES)
        } (clear its outputs)`,
      );
    }
    return await readAtMost(path, isPlain ? size : 0);
  } catch (error) {
    const hint = await isFile(`${path}.ipynb`)
      ? `, but there is ${quote(`${path}.ipynb`)}`
      : "";
    throw new UsageError(
      `Cannot read notebook ${quote(path)}: ${reason(error)}${hint}`,
    );
  }
}

/** Reads a part of a file that was read before, and is still the same. */
function readAgain(
  path: string,
  before: Deno.FileInfo,
  { start, end }: { readonly start: number; readonly end: number },
): Uint8Array {
  using file = Deno.openSync(path);
  const { size, mtime, ino } = file.statSync();
  if (
    size !== before.size || ino !== before.ino ||
    mtime?.getTime() !== before.mtime?.getTime()
  ) {
    throw new UsageError(
      `Cannot read notebook ${quote(path)}: it was changed meanwhile`,
    );
  }
  const bytes = new Uint8Array(end - start);
  file.seekSync(start, Deno.SeekMode.Start);
  for (let at = 0; at < bytes.length;) {
    const count = file.readSync(bytes.subarray(at));
    if (count === null) {
      throw new UsageError(
        `Cannot read notebook ${quote(path)}: it ends early`,
      );
    }
    at += count;
  }
  return bytes;
}

/** Not all has a size beforehand: a device gives bytes without end. */
async function readAtMost(path: string, size: number): Promise<Uint8Array> {
  using file = await Deno.open(path);
  // One more, so that the end of a file is seen without growing.
  let bytes = new Uint8Array(Math.max(size + 1, FIRST_BYTES));
  let end = 0;
  for (let count; (count = await file.read(bytes.subarray(end))) !== null;) {
    end += count;
    if (end > MAX_BYTES) {
      throw new RangeError(
        `it has no end within ${toMiB(MAX_BYTES)} MiB, expected a file`,
      );
    }
    if (end < bytes.length) continue;
    const larger = new Uint8Array(bytes.length * 2);
    larger.set(bytes);
    bytes = larger;
  }
  return bytes.subarray(0, end);
}

/**
 * Finds the `deno.json` that holds for a folder: its own, or the nearest above.
 *
 * @param folder An absolute path.
 * @returns The path of the file, or `undefined` if there is none.
 * @throws {UsageError} If no session could be started with it.
 */
export async function findConfig(folder: string): Promise<string | undefined> {
  const path = await findNearestConfig(folder);
  try {
    readConfig(path, folder);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  return path;
}

/**
 * Tells whether there is a file.
 *
 * @param path Where.
 */
export async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => null))?.isFile ?? false;
}

/**
 * Says why the system did not do what was asked.
 *
 * @param error What it threw.
 */
export function reason(error: unknown): string {
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

function toMiB(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

/** A kernel whose notebook is not saved yet needs nothing of it. */
const NBFORMAT = "../nbformat/mod.ts";
/** `node:vm`, which it needs, takes 20 ms to load. */
const COLLECT = "./collect.ts";
/** Of more there is no page that a browser opens, nor memory to make it in. */
const MAX_BYTES = 200 * 1024 * 1024;
const FIRST_BYTES = 64 * 1024;
const COLLECT_BYTES = 24 * 1024 * 1024;
