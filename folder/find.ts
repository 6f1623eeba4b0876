/**
 * Finds and reads the `deno.json` and `package.json` that hold for a folder.
 *
 * What of it holds for cells is picked in `config.ts`.
 * @module
 */
import type { ParseError } from "jsonc-parser";
import {
  type CellConfig,
  type ImportTable,
  NO_CONFIG,
  pickConfig,
} from "./config.ts";
import { pickPackages } from "./packages.ts";
import { dirname, fromFileUrl, join, SEPARATOR, toFileUrl } from "./paths.ts";

/**
 * Finds the `deno.json` that holds for a folder: its own, or the nearest above.
 *
 * @param folder An absolute path.
 * @returns The path of the file, or `undefined` if there is none.
 */
export async function findConfig(folder: string): Promise<string | undefined> {
  for (const name of ["deno.json", "deno.jsonc"]) {
    const path = join(folder, name);
    if ((await Deno.stat(path).catch(() => null))?.isFile) return path;
  }
  const above = dirname(folder);
  return above === folder ? undefined : await findConfig(above);
}

/**
 * Reads what holds for cells of the nearest `deno.json` and `package.json`.
 *
 * @param path Path of the `deno.json`; `undefined` when there is none.
 * @param folder The notebook's folder, an absolute path.
 * @param compilerOptions What holds where the `deno.json` says nothing.
 * @throws {TypeError} If one can not be read, or has another shape.
 */
export function readConfig(
  path: string | undefined,
  folder: string,
  compilerOptions: CellConfig["compilerOptions"] = {},
): CellConfig {
  const config = readDenoConfig(path);
  const packages = readPackages(folder);
  return {
    ...config,
    imports: { ...packages, ...config.imports },
    compilerOptions: { ...compilerOptions, ...config.compilerOptions },
  };
}

/** The packages that the nearest `package.json` names, unless they lie beside it. */
function readPackages(folder: string): ImportTable {
  const path = join(folder, "package.json");
  if (isFile(path)) {
    const isThere = (name: string) =>
      isFile(join(folder, "node_modules", name, "package.json"));
    return Object.fromEntries(
      Object.entries(pickPackages(readJson(path)))
        .filter(([name]) => !isThere(name)),
    );
  }
  const above = dirname(folder);
  return above === folder ? {} : readPackages(above);
}

/** Whether a file is there. */
export function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

function readDenoConfig(path: string | undefined): CellConfig {
  if (path === undefined) return NO_CONFIG;
  const file = { url: toFileUrl(path), name: path };
  const { config, importMapUrl } = pickConfig(readJson(path), file);
  if (importMapUrl === null) return config;
  const mapPath = importMapPath(importMapUrl, path);
  const map = pickConfig(readJson(mapPath), {
    url: importMapUrl,
    name: mapPath,
  });
  // As in Deno, a map of its own takes the place of what stands beside it.
  const { imports, scopes } = map.config;
  return { ...config, imports, scopes };
}

/** A map elsewhere would have to be fetched, or be read where no cell may read. */
function importMapPath(url: string, configPath: string): string {
  try {
    const path = Deno.realPathSync(fromFileUrl(url));
    if (path.startsWith(Deno.realPathSync(dirname(configPath)) + SEPARATOR)) {
      return path;
    }
  } catch {
    // No file, or not there: said below.
  }
  throw new TypeError(
    `Cannot read configuration ${
      JSON.stringify(configPath)
    }: importMap is ${url}, expected a file in the same folder or below`,
  );
}

/**
 * Reads a file as JSON; comments and commas at ends may be in it.
 *
 * @param path Where it is.
 * @throws {TypeError} If it can not be read, or is no JSON.
 */
export function readJson(path: string): unknown {
  const name = JSON.stringify(path);
  const text = readBounded(path);
  try {
    return JSON.parse(text);
  } catch {
    // It has comments, or something is wrong with it.
  }
  const { parse, printParseErrorCode } = loadParser();
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, {
    allowTrailingComma: true,
    allowEmptyContent: true,
  }) ?? {};
  const [error] = errors;
  if (error === undefined) return value;
  const line = text.slice(0, error.offset).split("\n").length;
  throw new TypeError(
    `Cannot read configuration ${name}: ${
      printParseErrorCode(error.error)
    } in line ${line}, expected JSON`,
  );
}

/**
 * Loads the parser when it is needed: it takes 20 ms of processor time, a fifth
 * of what a kernel takes to load, and most files hold plain JSON.
 */
function loadParser(): typeof import("jsonc-parser") {
  const { createRequire } = globalThis.process.getBuiltinModule("node:module");
  return createRequire(import.meta.url)("jsonc-parser");
}

function readBounded(path: string): string {
  const name = JSON.stringify(path);
  try {
    const { isFile, size } = Deno.statSync(path);
    if (!isFile) throw new TypeError("it is no file");
    if (size > MAX_CONFIG_BYTES) {
      throw new RangeError(
        `it is ${size} bytes, expected no more than ${MAX_CONFIG_BYTES}`,
      );
    }
    return Deno.readTextFileSync(path);
  } catch (error) {
    throw new TypeError(
      `Cannot read configuration ${name}: ${(error as Error).message}`,
    );
  }
}

const MAX_CONFIG_BYTES = 2 ** 20;
