/**
 * Files that cells import: one that has changed is loaded anew when a cell
 * imports it again, and so is what imports it. What has not changed stays the
 * same module. Cells that are modules themselves count as files of the folder.
 *
 * A module is known by its address for as long as a process lives, so a changed
 * file gets another: the same, with its version behind a question mark.
 * @module
 */
import { pathToFileURL } from "node:url";
import {
  bare,
  findPattern,
  hrefOf,
  OwnMap,
  textIndexOf,
  textStartsWith,
  TheObject,
  TheURL,
} from "./intrinsics.ts";
import { addHooks } from "./module_hooks.ts";
import { joinPackages, withoutVersion } from "./node_packages.ts";

/** A file that was imported. */
interface LocalFile {
  /** Changes when the file does. */
  stamp: string;
  /** How often it was loaded anew. */
  version: number;
  /** Addresses of the files that it imports. */
  imports: OwnMap<string, true>;
}

/** A module that a cell is. */
interface KeptModule {
  /** What it is, as JavaScript. */
  readonly source: string;
  /** How often a cell has said what it is. */
  readonly count: number;
}

/** Knows which files cells have imported, and which of them changed. */
export class LocalModules {
  readonly #files = new OwnMap<string, LocalFile>();
  readonly #folderUrl: string;
  readonly #named: Readonly<Record<string, string>>;
  /** Modules that cells are, by their address without its ending. */
  readonly #kept = new OwnMap<string, KeptModule>();
  #isHooked = false;
  #isLoading = false;

  /**
   * @param folderUrl The notebook's folder, which ends in a slash.
   * @param named Paths of modules that have a name of their own, such as `tslab`:
   *   files that cells import know them too.
   */
  constructor(folderUrl: string, named: Readonly<Record<string, string>>) {
    this.#folderUrl = folderUrl;
    this.#named = named;
  }

  /**
   * Keeps a module that a cell is; it takes the place of an earlier one.
   *
   * @param name What others import it by, behind `./`.
   * @param source What it is, as JavaScript.
   */
  keep(name: string, source: string): void {
    const url = this.#folderUrl + name;
    const count = (this.#kept.get(url)?.count ?? 0) + 1;
    this.#kept.set(url, bare({ source, count }));
    this.#hook();
    if (this.#isLoading) return;
    this.#isLoading = true;
    addHooks({
      load: (url, context, next) => {
        const { source } = this.#keptAt(withoutVersion(url)) ?? {};
        return source === undefined
          ? next(url, context)
          : bare({ format: "module", source, shortCircuit: true });
      },
    });
  }

  /**
   * Looks for changed files, before a cell imports something.
   *
   * @param url What it imports.
   */
  prepare(url: string): void {
    if (isLocal(url)) this.#hook();
    if (this.#isHooked) this.#refresh();
  }

  #hook(): void {
    if (this.#isHooked) return;
    this.#isHooked = true;
    joinPackages();
    addHooks({
      resolve: (specifier, context, next) => {
        const found = this.#resolveOwn(specifier, context.parentURL) ??
          next(specifier, context);
        const version = this.#note(specifier, found.url, context.parentURL);
        return version === 0
          ? found
          : { ...found, url: `${found.url}?version=${version}` };
      },
    });
  }

  /** Finds what no file is: modules that cells are, and those with names. */
  #resolveOwn(
    specifier: string,
    parentUrl: string | undefined,
  ): { url: string; format: string; shortCircuit: boolean } | undefined {
    let url: string | undefined;
    if (findPattern(/^(\.{0,2}\/|file:)/, specifier) === null) {
      if (!hasOwn(this.#named, specifier)) return undefined;
      url = pathToFileURL(this.#named[specifier]!).href;
    } else {
      const base = withoutVersion(parentUrl ?? this.#folderUrl);
      url = withoutVersion(hrefOf(new TheURL(specifier, base)));
      if (this.#keptAt(url) === undefined) return undefined;
      // Deno reads files of other endings to see whether they are CommonJS.
      url = `${withoutEnding(url)}.mts`;
    }
    return bare({ url, format: "module", shortCircuit: true });
  }

  #keptAt(url: string): KeptModule | undefined {
    return this.#kept.get(withoutEnding(url));
  }

  /** Changes when a file does, or when a cell that is a module is run again. */
  #stampOf(url: string): string {
    const kept = this.#keptAt(url);
    return kept === undefined ? stampOf(url) : `cell ${kept.count}`;
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
      file = { stamp: this.#stampOf(url), version: 0, imports: new OwnMap() };
      this.#files.set(url, file);
    }
    return file.version;
  }

  #refresh(): void {
    const changed = new OwnMap<string, true>();
    const urls = this.#files.keys();
    for (let i = 0; i < urls.length; i++) {
      const file = this.#files.get(urls[i]!)!;
      const stamp = this.#stampOf(urls[i]!);
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

function withoutEnding(url: string): string {
  return findPattern(/^(.*?)(\.[cm]?[jt]sx?)?$/s, url)![1]!;
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

const { hasOwn } = TheObject;
const { statSync } = Deno;
const TheFileUrl = URL;
const HOST_URL = new URL("./", import.meta.url).href;
const LIBRARY_URL = new URL("../../lib/", import.meta.url).href;
const ENTRY_URL = new URL("../../mod.ts", import.meta.url).href;
