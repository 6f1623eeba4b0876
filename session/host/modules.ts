/**
 * `import.meta` of a cell, and how names in it resolve.
 * @module
 */
import {
  bare,
  findPattern,
  hrefOf,
  isArray,
  isErrorObject,
  isObject,
  textIndexOf,
  textSlice,
  TheTypeError,
  TheURL,
} from "./intrinsics.ts";
import { findPackage } from "./node_packages.ts";

/** What a cell sees as `import.meta`. */
export interface CellMeta {
  /** URL of the notebook. */
  readonly url: string;
  /** Path of the notebook. */
  readonly filename: string;
  /** Path of the folder that holds the notebook. */
  readonly dirname: string;
  /** Always false: a notebook is not the program's main module. */
  readonly main: boolean;
  /** Resolves a specifier as an import in the cell would. */
  resolve(specifier: string): string;
}

/**
 * Makes the `import.meta` of a notebook's cells.
 *
 * @param notebookUrl The notebook's `file:` URL.
 */
export function createMeta(notebookUrl: string): CellMeta {
  const path = (url: string) =>
    decodeURIComponent(new URL(url).pathname).replace(/(?<=.)\/$/, "");
  return {
    url: notebookUrl,
    filename: path(notebookUrl),
    dirname: path(new URL(".", notebookUrl).href),
    main: false,
    resolve: (specifier) => resolveSpecifier(specifier, notebookUrl),
  };
}

/**
 * Resolves a specifier against the notebook's folder.
 *
 * @param specifier What stands in the cell.
 * @param base URL that relative specifiers start from.
 */
export function resolveSpecifier(specifier: string, base: string): string {
  return findPattern(/^\.{0,2}\//, specifier) === null
    ? resolveName(specifier, base)
    : hrefOf(new TheURL(specifier, base));
}

/** What an import of a cell leads to. */
export interface FoundModule {
  /** Its address. */
  readonly url: string;
  /** Whether it is data, which the cell need not say. */
  readonly isData: boolean;
}

/**
 * Resolves what a cell imports: as {@link CellMeta.resolve}, or else to a
 * package in a `node_modules` folder, or to data: `"./data"` is `data.json` when
 * no module has that name, as for `require`.
 *
 * @param specifier What stands in the cell.
 * @param meta Where the cell is.
 */
export function resolveImport(specifier: string, meta: CellMeta): FoundModule {
  try {
    const url = meta.resolve(specifier);
    return isDataWithoutEnding(url)
      ? bare({ url: `${url}.json`, isData: true })
      : bare({ url, isData: findPattern(/\.json$/, url) !== null });
  } catch (error) {
    const url = findPackage(specifier, meta.url);
    if (url === null) throw error;
    return bare({ url, isData: false });
  }
}

/**
 * Imports what was found. Data that is imported without saying so has its fields
 * for names, as in Node.
 *
 * @param found What was found.
 * @param given What the cell says of it.
 */
export async function importAs(
  { url, isData }: FoundModule,
  given: ImportAttributes,
): Promise<unknown> {
  if (!isData || given.type !== undefined) {
    return await import(url, { with: given });
  }
  const { default: data } = await import(url, { with: JSON_TYPE });
  return isObject(data) && !isArray(data)
    ? bare({ ...data, default: data })
    : bare({ default: data });
}

function isDataWithoutEnding(url: string): boolean {
  if (findPattern(/^file:[^?#]*\/[^./?#]+$/, url) === null) return false;
  if (!isFile(`${url}.json`) || isFile(url)) return false;
  for (let i = 0; i < ENDINGS.length; i++) {
    if (isFile(url + ENDINGS[i]!) || isFile(`${url}/index${ENDINGS[i]!}`)) {
      return false;
    }
  }
  return true;
}

function isFile(url: string): boolean {
  try {
    return statSync(new TheURL(url)).isFile;
  } catch {
    // Not there, or not to be read: then importing it says so.
    return false;
  }
}

/** Deno's error names the module that asks, which is ours: the cell is to see its notebook. */
function resolveName(specifier: string, base: string): string {
  try {
    return resolve(specifier);
  } catch (error) {
    if (!isErrorObject(error)) throw error;
    const { message } = error;
    const at = textIndexOf(message, OWN_URL);
    if (at === -1) throw error;
    const end = at + OWN_URL.length;
    throw new TheTypeError(
      textSlice(message, 0, at) + base + textSlice(message, end),
    );
  }
}

const { resolve, url: OWN_URL } = import.meta;
const { statSync } = Deno;
const JSON_TYPE: ImportAttributes = bare({ type: "json" });
/** What Deno itself looks for where an ending is missing. */
const ENDINGS: readonly string[] = [
  ".ts",
  ".tsx",
  ".mts",
  ".js",
  ".jsx",
  ".mjs",
  ".d.ts",
];
