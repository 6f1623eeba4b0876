/**
 * The folder that is served: which files may be reached, and saving them.
 *
 * A file is saved whole or not at all: into a temporary file beside it, flushed
 * to the disk, which then takes its name.
 * @module
 */
import { basename, dirname, join, relative, sep } from "node:path";

/** A file as it was read or written. */
export interface FileText {
  readonly text: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly hash: string;
}

/** What stands in a folder. */
export interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly modifiedMs: number;
  readonly sizeBytes: number;
}

/** Files below one folder. */
export class Root {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** @throws {Deno.errors.NotFound} If there is no such folder. */
  static async open(path: string): Promise<Root> {
    return new Root(await Deno.realPath(path));
  }

  /** The folder, an absolute path without links. */
  get path(): string {
    return this.#path;
  }

  /**
   * Finds a file that is, or is to be, below the folder.
   *
   * @param path Its parts, joined with `/`; no part is hidden.
   * @throws {RangeError} If it leads out of the folder, also through a link.
   */
  async resolve(path: string): Promise<string> {
    const parts = path.split("/").filter((part) => part !== "");
    for (const part of parts) checkName(part, path);
    const full = join(this.#path, ...parts);
    // What is not there yet has a folder that is.
    const real = await Deno.realPath(full).catch(async (error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      // A link to what is not there would be followed when it is written.
      const isLink = await Deno.lstat(full).then(() => true, () => false);
      if (isLink) throw outside(path);
      return join(await Deno.realPath(dirname(full)), basename(full));
    });
    const isInside = real === this.#path ||
      real.startsWith(
        this.#path.endsWith(sep) ? this.#path : this.#path + sep,
      );
    if (!isInside) throw outside(path);
    return real;
  }

  /**
   * Finds the place of a file, without following a link that stands there: what
   * is renamed or removed is the link.
   *
   * @throws {RangeError} If it leads out of the folder, or is the folder.
   */
  async locate(path: string): Promise<string> {
    const parts = path.split("/").filter((part) => part !== "");
    const name = parts.pop();
    if (name === undefined) throw outside(path);
    const folder = await this.resolve(parts.join("/"));
    checkName(name, path);
    return join(folder, name);
  }

  /** How the path of a file below the folder is said, with `/`. */
  relative(full: string): string {
    return relative(this.#path, full).replaceAll(sep, "/");
  }

  /** Lists a folder: notebooks and folders by name, nothing hidden. */
  async list(path: string): Promise<Entry[]> {
    const full = await this.resolve(path);
    const entries: Entry[] = [];
    for await (const { name } of Deno.readDir(full)) {
      if (name.startsWith(".")) continue;
      const info = await Deno.stat(join(full, name)).catch(() => null);
      if (info === null) continue;
      entries.push({
        name,
        isFolder: info.isDirectory,
        modifiedMs: info.mtime?.getTime() ?? 0,
        sizeBytes: info.size,
      });
    }
    return entries.sort((a, b) =>
      Number(b.isFolder) - Number(a.isFolder) || (a.name < b.name ? -1 : 1)
    );
  }
}

/**
 * Reads a text file and what tells it from its later selves.
 *
 * @throws {TypeError} If it is not UTF-8.
 */
export async function readFileText(path: string): Promise<FileText> {
  const bytes = await Deno.readFile(path);
  // A byte order mark is kept: what is not changed is not written.
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return { text: decoder.decode(bytes), hash: await hashOf(bytes) };
}

/**
 * Saves a text; keeps the file's mode. A link is followed by the caller.
 *
 * @returns The hash of what the file holds now.
 */
export function saveFileText(path: string, text: string): Promise<string> {
  return saveFile(path, new TextEncoder().encode(text));
}

/** Saves bytes in the same way. */
export async function saveFile(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const mode = await Deno.stat(path).then((info) => info.mode, () => null);
  const temporary = join(
    dirname(path),
    `.${basename(path)}.${crypto.randomUUID().slice(0, 8)}.tmp`,
  );
  try {
    {
      using file = await Deno.open(temporary, { write: true, createNew: true });
      for (let at = 0; at < bytes.length;) {
        at += await file.write(bytes.subarray(at));
      }
      await file.sync();
    }
    if (mode !== null && Deno.build.os !== "windows") {
      await Deno.chmod(temporary, mode & 0o7777);
    }
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
  return await hashOf(bytes);
}

/** After a power cut the folder must know the new file. */
async function syncFolder(path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  using folder = await Deno.open(path);
  // Some file systems can not do so for a folder; the file itself is safe.
  await folder.sync().catch(() => {});
}

/** SHA-256 of bytes, in hexadecimal. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

function checkName(part: string, path: string): void {
  if (part.startsWith(".") || /[\0\\:]/.test(part)) throw outside(path);
}

function outside(path: string): RangeError {
  return new RangeError(
    `Cannot reach ${
      JSON.stringify(path)
    }: it is not in the folder that is served`,
  );
}
