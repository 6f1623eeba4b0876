/**
 * Files that cells import: one that has changed is loaded anew when a cell
 * imports it again, and so is what imports it. What has not changed stays the
 * same module.
 *
 * A module is known by its address for as long as a process lives, so a changed
 * file gets another: the same, with its version behind a question mark.
 * @module
 */
import { registerHooks } from "node:module";
import {
  findPattern,
  OwnMap,
  textIndexOf,
  textStartsWith,
} from "./intrinsics.ts";

/** A file that was imported. */
interface LocalFile {
  /** Changes when the file does. */
  stamp: string;
  /** How often it was loaded anew. */
  version: number;
  /** Addresses of the files that it imports. */
  imports: OwnMap<string, true>;
}

/** Knows which files cells have imported, and which of them changed. */
export class LocalModules {
  readonly #files = new OwnMap<string, LocalFile>();
  readonly #folderUrl: string;
  #isHooked = false;

  /** @param folderUrl The notebook's folder, which ends in a slash. */
  constructor(folderUrl: string) {
    this.#folderUrl = folderUrl;
  }

  /**
   * Looks for changed files, before a cell imports something.
   *
   * @param url What it imports.
   */
  prepare(url: string): void {
    if (!this.#isHooked) {
      if (!isLocal(url)) return;
      this.#isHooked = true;
      registerHooks({
        resolve: (specifier, context, next) => {
          const found = next(specifier, context);
          const version = this.#note(specifier, found.url, context.parentURL);
          return version === 0
            ? found
            : { ...found, url: `${found.url}?version=${version}` };
        },
      });
    }
    this.#refresh();
  }

  /** Notes an import, and gives the version of what is imported. */
  #note(specifier: string, url: string, parentUrl?: string): number {
    const isNamed = findPattern(/^(\.{0,2}\/|file:)/, specifier) !== null;
    if (!isLocal(url) || !isNamed && !textStartsWith(url, this.#folderUrl)) {
      return 0;
    }
    const parent = parentUrl === undefined
      ? undefined
      : this.#files.get(withoutVersion(parentUrl));
    const isOfCell = parentUrl !== undefined &&
      textStartsWith(parentUrl, HOST_URL);
    if (parent === undefined && !isOfCell) return 0;
    parent?.imports.set(url, true);
    let file = this.#files.get(url);
    if (file === undefined) {
      file = { stamp: stampOf(url), version: 0, imports: new OwnMap() };
      this.#files.set(url, file);
    }
    return file.version;
  }

  #refresh(): void {
    const changed = new OwnMap<string, true>();
    const urls = this.#files.keys();
    for (let i = 0; i < urls.length; i++) {
      const file = this.#files.get(urls[i]!)!;
      const stamp = stampOf(urls[i]!);
      if (stamp === file.stamp) continue;
      file.stamp = stamp;
      changed.set(urls[i]!, true);
    }
    let isSettled = changed.keys().length === 0;
    while (!isSettled) {
      isSettled = true;
      for (let i = 0; i < urls.length; i++) {
        if (changed.has(urls[i]!) || !this.#reaches(urls[i]!, changed)) {
          continue;
        }
        changed.set(urls[i]!, true);
        isSettled = false;
      }
    }
    const all = changed.keys();
    for (let i = 0; i < all.length; i++) {
      const file = this.#files.get(all[i]!)!;
      file.version++;
      // It says anew what it imports.
      file.imports = new OwnMap();
    }
  }

  #reaches(url: string, changed: OwnMap<string, true>): boolean {
    const imports = this.#files.get(url)!.imports.keys();
    for (let i = 0; i < imports.length; i++) {
      if (changed.has(imports[i]!)) return true;
    }
    return false;
  }
}

/** Whether a file is the user's to change; our own and packages are not. */
function isLocal(url: string): boolean {
  return textStartsWith(url, "file:") && textIndexOf(url, "?") < 0 &&
    textIndexOf(url, "/node_modules/") < 0 &&
    !textStartsWith(url, LIBRARY_URL) &&
    url !== ENTRY_URL && !textStartsWith(url, HOST_URL);
}

function withoutVersion(url: string): string {
  return findPattern(/^[^?]*/, url)![0];
}

function stampOf(url: string): string {
  try {
    const { mtime, size, ino } = statSync(new TheFileUrl(url));
    return `${ino} ${size} ${mtime === null ? "" : +mtime}`;
  } catch {
    // Not there, or not to be read: importing it says so.
    return "";
  }
}

const { statSync } = Deno;
const TheFileUrl = URL;
const HOST_URL = new URL("./", import.meta.url).href;
const LIBRARY_URL = new URL("../../lib/", import.meta.url).href;
const ENTRY_URL = new URL("../../mod.ts", import.meta.url).href;
