/**
 * Writing files for the verbs: nothing half written, nothing through a link that
 * nobody named.
 * @module
 */
import { basename, dirname, join, resolve, sep } from "node:path";
import { reason } from "./files.ts";
import { quote } from "./quote.ts";
import { takeSignals } from "./signals.ts";
import { UsageError } from "./usage.ts";

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
  /** Ends the wait for whoever reads a pipe. @default the wait has no end */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a file as a whole or not at all: into a temporary file beside it,
 * which takes its name once it is on the disk.
 *
 * Of a link that somebody named, the file it leads to is written.
 *
 * @param path Where to; missing folders are made.
 * @param content What: a text, its pieces, or bytes. Pieces are asked for one by
 *   one, so that they are never in memory all at once.
 * @param options How.
 * @throws {UsageError} If it can not be written.
 */
export async function writeFile(
  path: string,
  content: Content,
  options: WriteOptions = {},
): Promise<void> {
  await replace(path, options, async ({ temporary, target, mode }) => {
    if (temporary === null) {
      const written = writeContent(target, content, { write: true });
      return await unlessAborted(written, options.signal);
    }
    // What asks us to end gets its way when the file is whole, a moment later.
    using _signals = takeSignals(() => {});
    await writeContent(temporary, content, {
      write: true,
      createNew: true,
      // Until it is whole we have to be able to write it ourselves.
      ...(mode === null ? {} : { mode: mode | 0o600 }),
    });
    // As it was made it has what the umask left of the mode.
    if (mode !== null && Deno.build.os !== "windows") {
      await Deno.chmod(temporary, mode);
    }
    await Deno.rename(temporary, target);
  });
}

/** Opening a pipe that nobody reads can not be given up, but left alone. */
async function unlessAborted(
  written: Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (signal === undefined) return await written;
  const aborted = Promise.withResolvers<never>();
  const give = () => aborted.reject(new Error("nobody reads it"));
  signal.addEventListener("abort", give, { once: true });
  try {
    await Promise.race([written, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", give);
  }
}

async function writeContent(
  path: string,
  content: Content,
  options: Deno.OpenOptions,
): Promise<void> {
  using file = await Deno.open(path, options);
  if (content instanceof Uint8Array) await writeAll(file, content);
  else {
    const encoder = new TextEncoder();
    let waiting = "";
    for (const piece of typeof content === "string" ? [content] : content) {
      waiting += piece;
      if (waiting.length < BUFFER) continue;
      await writeAll(file, encoder.encode(waiting));
      waiting = "";
    }
    await writeAll(file, encoder.encode(waiting));
  }
  // After a power cut the new name must not stand for an empty file.
  if (options.createNew === true) await file.sync();
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await file.write(bytes.subarray(at));
  }
}

/** What a file can be written from. */
type Content = string | Iterable<string> | Uint8Array;

/** Units: UTF-16 units. */
const BUFFER = 64 * 1024;

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
    if (path.endsWith("/") || path.endsWith(sep)) {
      throw new Error("it ends like a folder, expected the path of a file");
    }
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

/** A file name has 255 bytes at most; ours says more than the one beside it. */
const MAX_NAME = 60;
