/**
 * The files that cells import, directly or by way of others.
 *
 * A language server leaves it to its editor to notice changes. Files are looked
 * at when a cell that imports them is asked about: nobody else needs to know.
 * @module
 */
import { basename, dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type CellConfig, resolveImport } from "../../folder/mod.ts";
import { hideDirectives, listReferences } from "./references.ts";

/** A file as it is now. */
export interface LocalFile {
  /** Its address, as modules name it. */
  readonly url: string;
  /** What it says. */
  readonly text: string;
  /** Changes when the file does. */
  readonly stamp: string;
}

/** Which files count, and how names lead to them. */
export interface LocalFilesOptions {
  /** What holds for imports. */
  readonly config: CellConfig;
  /** Paths that may be read; `null` or `*` for all. */
  readonly readable: readonly string[] | null;
}

/** What {@link LocalFiles.find} finds. */
export interface FoundFiles {
  /** The files. */
  readonly files: readonly LocalFile[];
  /** Addresses of files that are gone. */
  readonly gone: readonly string[];
}

interface Known extends LocalFile {
  readonly references: readonly string[];
}

/** Follows imports from file to file, and remembers what it has read. */
export class LocalFiles {
  readonly #options: LocalFilesOptions;
  readonly #known = new Map<string, Known>();
  #gone: string[] = [];

  /** @param options Which files count. */
  constructor(options: LocalFilesOptions) {
    this.#options = options;
  }

  /**
   * Finds the files that a cell imports, and those that they import.
   *
   * @param source The cell.
   * @param url Its address.
   * @returns The files, no more than a thousand, and addresses of those that
   *   were found before and are gone.
   */
  async find(source: string, url: string): Promise<FoundFiles> {
    const found = new Map<string, Known>();
    let toFollow = this.#targets(listReferences(source), url);
    while (toFollow.length > 0 && found.size < MAX_FILES) {
      const files = await Promise.all(
        toFollow.slice(0, MAX_FILES).map((target) => this.#look(target)),
      );
      const next = files.flatMap((file) => {
        if (file === null || found.has(file.url)) return [];
        found.set(file.url, file);
        return this.#targets(file.references, file.url);
      });
      toFollow = [...new Set(next)].filter((target) => !found.has(target));
    }
    return { files: [...found.values()], gone: this.#gone.splice(0) };
  }

  #targets(names: readonly string[], referrer: string): readonly string[] {
    return names.flatMap((name) => {
      const target = resolveImport(name, referrer, this.#options.config);
      return target?.startsWith("file:") ? [target] : [];
    });
  }

  /** Finds the file that an address stands for, if it may be read. */
  async #look(target: string): Promise<Known | null> {
    for (const url of candidates(target)) {
      const file = await this.#read(url);
      if (file !== null) return file;
    }
    return null;
  }

  async #read(url: string): Promise<Known | null> {
    const file = await this.#readAgain(url).catch(() => null);
    // Not there, which it may be the next time; or not to be read.
    if (file === null && this.#known.delete(url)) this.#gone.push(url);
    return file;
  }

  async #readAgain(url: string): Promise<Known | null> {
    const path = await Deno.realPath(fileURLToPath(url));
    const { isFile, size, mtime, ino } = await Deno.stat(path);
    const stamp = [path, ino, size, mtime?.getTime()].join(" ");
    const known = this.#known.get(url);
    if (known?.stamp === stamp) return known;
    if (!isFile || size > MAX_FILE_BYTES || !await this.#isReadable(path)) {
      return null;
    }
    const text = await Deno.readTextFile(path);
    const references = path.endsWith(".json") ? [] : listReferences(text);
    const file = { url, text, stamp, references };
    this.#known.set(url, file);
    return file;
  }

  async #isReadable(path: string): Promise<boolean> {
    const { readable } = this.#options;
    if (readable === null || readable.includes("*")) return true;
    for (const allowed of readable) {
      const real = await Deno.realPath(allowed).catch(() => null);
      if (real === null) continue;
      const below = real.endsWith(sep) ? real : real + sep;
      if (path === real || path.startsWith(below)) return true;
    }
    return false;
  }
}

/**
 * Brings the copies of files below another address up to date.
 *
 * @param found All files that a cell leads to, those that have changed, and
 *   addresses of those that are gone.
 * @param inside Gives the address of a file's copy.
 */
export async function copyFiles(
  { files, changed, gone }: FoundFiles & {
    readonly changed: readonly LocalFile[];
  },
  inside: (url: string) => string,
): Promise<void> {
  const urls = new Set(files.map(({ url }) => url));
  for (const { url, text } of changed) {
    const path = fileURLToPath(inside(url));
    await Deno.mkdir(dirname(path), { recursive: true });
    const isThere = (name: string) =>
      URL.canParse(name, url) && urls.has(new URL(name, url).href);
    await Deno.writeTextFile(path, hideDirectives(text, isThere));
  }
  for (const url of gone) {
    await Deno.remove(fileURLToPath(inside(url))).catch(() => {
      // Its copy was never made.
    });
  }
}

/**
 * Tells whether a copy of a file would count as a configuration.
 *
 * @param url Address of the file.
 */
export function isConfiguration(url: string): boolean {
  const name = basename(fileURLToPath(url)).toLowerCase();
  return name.startsWith(".") || CONFIGURATIONS.has(name);
}

/** What an address without an ending may stand for, as `sloppy-imports` has it. */
function candidates(url: string): readonly string[] {
  if (!/\.[cm]?[jt]sx?$|\.json$/i.test(url)) {
    const endings = [".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs", ".d.ts"];
    const base = url.replace(/\/$/, "");
    return [
      ...endings.map((ending) => base + ending),
      ...endings.map((ending) => `${base}/index${ending}`),
    ];
  }
  const typed = url.replace(/\.([cm]?)js(x?)$/i, ".$1ts$2");
  return typed === url ? [url] : [url, typed];
}

const MAX_FILES = 1000;
const MAX_FILE_BYTES = 4 * 2 ** 20;
const CONFIGURATIONS: ReadonlySet<string> = new Set([
  "deno.json",
  "deno.jsonc",
  "deno.lock",
  "jsconfig.json",
  "package.json",
  "tsconfig.json",
]);
