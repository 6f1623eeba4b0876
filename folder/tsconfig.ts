/**
 * What a `tsconfig.json` says that changes what code means or whether its types
 * fit. It holds where no `deno.json` says it.
 * @module
 */
import { dirname, join } from "node:path";
import { pickCompilerOptions } from "./config.ts";
import { readJson } from "./find.ts";

/** Compiler options by name. */
export type CompilerOptions = Readonly<Record<string, unknown>>;

/**
 * Reads the `tsconfig.json` that holds for a folder: its own, or the nearest above.
 *
 * What it `extends` is not followed.
 *
 * @param folder An absolute path.
 * @returns The options; none if there is no such file, or it can not be read.
 */
export function readTsconfig(folder: string): CompilerOptions {
  try {
    const value = readJson(join(folder, "tsconfig.json"));
    const { compilerOptions } = value as { compilerOptions?: unknown };
    return withoutTargets(pickCompilerOptions(compilerOptions));
  } catch {
    const above = dirname(folder);
    return above === folder ? {} : readTsconfig(above);
  }
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
