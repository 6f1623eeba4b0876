/**
 * What a `tsconfig.json` says that changes what code means or whether its types
 * fit. It holds where no `deno.json` says it.
 * @module
 */
import { pickCompilerOptions } from "./config.ts";
import { isFile, readJson } from "./find.ts";
import { dirname, isAbsolute, join, resolve } from "./paths.ts";

/** Compiler options by name. */
export type CompilerOptions = Readonly<Record<string, unknown>>;

/**
 * Reads the `tsconfig.json` that holds for a folder: its own, or the nearest
 * above, and the files or packages that it `extends`.
 *
 * @param folder An absolute path.
 * @returns The options; none if there is no such file, or it can not be read.
 */
export function readTsconfig(folder: string): CompilerOptions {
  const options = readOptions(join(folder, "tsconfig.json"));
  if (options !== null) return withoutTargets(options);
  const above = dirname(folder);
  return above === folder ? {} : readTsconfig(above);
}

/**
 * The options of a file over those of its bases; `null` if it can not be read.
 * Each file is read once, however many extend it; a circle ends there.
 */
function readOptions(
  path: string,
  known = new Map<string, CompilerOptions | null>(),
): CompilerOptions | null {
  const before = known.get(path);
  if (before !== undefined) return before;
  known.set(path, null);
  try {
    const value = readJson(path) as Readonly<Record<string, unknown>>;
    const bases = [value.extends ?? []].flat().flatMap((base) =>
      typeof base === "string" ? findBase(base, dirname(path)) ?? [] : []
    );
    const options = Object.assign(
      {},
      ...bases.map((base) => readOptions(base, known)),
      pickCompilerOptions(value.compilerOptions),
    );
    known.set(path, options);
    return options;
  } catch {
    return null;
  }
}

/** A path, or a file of a package in a `node_modules` of the folder or above. */
function findBase(base: string, folder: string): string | undefined {
  if (/^\.\.?(\/|$)/.test(base) || isAbsolute(base)) {
    return findFile(resolve(folder, base));
  }
  const above = dirname(folder);
  return findFile(join(folder, "node_modules", base)) ??
    (above === folder ? undefined : findBase(base, above));
}

function findFile(path: string): string | undefined {
  return [path, `${path}.json`, join(path, "tsconfig.json")].find(isFile);
}

/** Deno has libraries of its own, and runs JSX only as calls. */
function withoutTargets(
  { lib: _, jsx, ...others }: CompilerOptions,
): CompilerOptions {
  const isAutomatic = typeof jsx === "string" && jsx.startsWith("react-jsx");
  if (isAutomatic) return { ...others, jsx };
  // Without automatic JSX, Deno refuses these two.
  const { jsxImportSource: _1, jsxImportSourceTypes: _2, ...rest } = others;
  return jsx === undefined ? rest : { ...rest, jsx: "react" };
}
