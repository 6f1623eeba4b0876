/**
 * Reading and writing files for the verbs: errors in one line, nothing half
 * written.
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import { findConfig as findNearestConfig, readConfig } from "../folder/mod.ts";
import { type Notebook, parseNotebook } from "../nbformat/mod.ts";
import { quote } from "./quote.ts";
import { takeSignals } from "./signals.ts";
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
  try {
    return parseNotebook(json, path);
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
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const hint = await isFile(`${path}.ipynb`)
      ? `, but there is ${quote(`${path}.ipynb`)}`
      : "";
    throw new UsageError(
      `Cannot read notebook ${quote(path)}: ${reason(error)}${hint}`,
    );
  }
}

/** How to write a file. */
export interface WriteOptions {
  /**
   * Whether somebody named this path. A path that nobody named is never
   * reached through a link, nor is anything but a plain file replaced there.
   *
   * @default true
   */
  readonly isNamed?: boolean;
  /** Permissions of a new file. @default those of all new files */
  readonly mode?: number;
}

/**
 * Writes a file as a whole or not at all: into a temporary file beside it,
 * which takes its name once it is on the disk.
 *
 * Of a link that somebody named, the file it leads to is written.
 *
 * @param path Where to; missing folders are made.
 * @param text What.
 * @param options How.
 * @throws {UsageError} If it can not be written.
 */
export async function writeFile(
  path: string,
  text: string,
  options: WriteOptions = {},
): Promise<void> {
  await replace(path, options, async ({ temporary, target, mode }) => {
    if (temporary === null) return await Deno.writeTextFile(target, text);
    // What asks us to end gets its way when the file is whole, a moment later.
    using _signals = takeSignals(() => {});
    await Deno.writeTextFile(temporary, text, {
      createNew: true,
      // Until it is whole we have to be able to write it ourselves.
      ...(mode === null ? {} : { mode: mode | 0o600 }),
    });
    await flush(temporary);
    // As it was made it has what the umask left of the mode.
    if (mode !== null && Deno.build.os !== "windows") {
      await Deno.chmod(temporary, mode);
    }
    await Deno.rename(temporary, target);
  });
}

/** After a power cut the new name must not stand for an empty file. */
async function flush(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true });
  await file.sync();
}

/**
 * Fails where {@link writeFile} would, but before a long run instead of after.
 *
 * @param path Where a file is to be written; missing folders are made.
 * @param options How it is to be written.
 * @throws {UsageError} If it can not be written.
 */
export async function checkWritable(
  path: string,
  options: WriteOptions = {},
): Promise<void> {
  await replace(path, options, async ({ temporary }) => {
    if (temporary === null) return;
    using _signals = takeSignals(() => {});
    await Deno.writeTextFile(temporary, "", { createNew: true });
    await Deno.remove(temporary);
  });
}

/** Where a text goes, and on which way. */
interface Place {
  /** The file itself, no link to it. */
  readonly target: string;
  /** A file beside it; null where nothing can take the place of the target. */
  readonly temporary: string | null;
  /** Whom the old file was closed to, the new one stays closed to. */
  readonly mode: number | null;
}

async function replace(
  path: string,
  { isNamed = true, mode }: WriteOptions,
  act: (place: Place) => Promise<void>,
): Promise<void> {
  let temporary: string | null = null;
  try {
    if (!isNamed) await checkPlain(path);
    const found = await Deno.stat(path).catch(() => null);
    if (found?.isDirectory) throw new Deno.errors.IsADirectory();
    const target = found?.isFile ? await Deno.realPath(path) : resolve(path);
    await Deno.mkdir(dirname(target), { recursive: true });
    // A device such as `/dev/stdout` is written to, not replaced.
    if (found === null || found.isFile) {
      const unique = crypto.randomUUID().slice(0, 8);
      const name = basename(target).slice(0, MAX_NAME);
      temporary = join(dirname(target), `.${name}.${unique}.tmp`);
    }
    const oldMode = found?.mode ?? null;
    await act({
      target,
      temporary,
      mode: mode ?? (oldMode === null ? null : oldMode & 0o777),
    });
  } catch (error) {
    if (temporary !== null) {
      await Deno.remove(temporary).catch(() => {
        // It was never made, which is the reason for the error above.
      });
    }
    throw new UsageError(`Cannot write ${quote(path)}: ${reason(error)}`);
  }
}

/** A link at a place that nobody looked at may lead anywhere. */
async function checkPlain(path: string): Promise<void> {
  const found = await Deno.lstat(path).catch(() => null);
  if (found === null || found.isFile || found.isDirectory) return;
  throw new Error(
    found.isSymlink
      ? `it is a link to ${
        quote(await Deno.readLink(path))
      }, expected a file or nothing (name another path with --output)`
      : "it is neither a file nor a folder (name another path with --output)",
  );
}

/**
 * Sees to it that a page does not take the place of a notebook, by whatever
 * name either of them is called.
 *
 * @param page Where the page goes.
 * @param notebooks Where notebooks are or go.
 * @throws {UsageError} If it is one of them.
 */
export async function checkPage(
  page: string,
  notebooks: readonly string[],
): Promise<void> {
  for (const notebook of notebooks) {
    if (!await isSameFile(page, notebook)) continue;
    throw new UsageError(
      `Cannot write page ${
        quote(page)
      }: the notebook is there, expected another path`,
    );
  }
}

/**
 * Tells whether two paths lead to one file: through links, hard links, or names
 * that the system takes for the same; also where there is no file yet.
 *
 * @param a A path.
 * @param b Another.
 */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all(
    [a, b].map((path) => Deno.stat(path).catch(() => null)),
  );
  if (first && second && first.ino !== null && second.ino !== null) {
    return first.ino === second.ino && first.dev === second.dev;
  }
  const [one, other] = await Promise.all([placeOf(a), placeOf(b)]);
  return one === other;
}

/** The path without links, as far as it exists. */
async function placeOf(path: string, links = 0): Promise<string> {
  const full = resolve(path);
  const real = await Deno.realPath(full).catch(() => null);
  if (real !== null) return spelled(real);
  const link = await Deno.readLink(full).catch(() => null);
  if (link !== null && links < MAX_LINKS) {
    return await placeOf(resolve(dirname(full), link), links + 1);
  }
  const above = dirname(full);
  if (above === full) return spelled(full);
  return spelled(join(await placeOf(above, links), basename(full)));
}

/** Windows and macOS take upper and lower case, and ways to write é, for one. */
function spelled(path: string): string {
  return Deno.build.os === "linux" ? path : path.normalize("NFC").toLowerCase();
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
    readConfig(path);
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

/** A file name has 255 bytes at most; ours says more than the one beside it. */
const MAX_NAME = 60;

/** As in Linux: links that lead around in a circle end somewhere. */
const MAX_LINKS = 40;
