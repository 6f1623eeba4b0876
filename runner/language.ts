/**
 * Whether a notebook is one that Skein can run. Pure.
 * @module
 */
import type { Notebook } from "../nbformat/mod.ts";

/**
 * Refuses a notebook of another language by name: parsed as TypeScript it would
 * fail in a way that tells nobody why, or do something else than it says.
 *
 * A notebook that does not say its language is taken for TypeScript.
 *
 * @param notebook The notebook.
 * @throws {RangeError} If it says that it is for another language.
 */
export function checkLanguage({ metadata }: Notebook): void {
  const { kernelspec, language_info } = metadata;
  const kernel = readText(kernelspec, "name");
  // Who last ran it wrote the second; for whom it is meant is in the first.
  const language = readText(kernelspec, "language") ??
    readText(language_info, "name") ?? languageOfKernel(kernel);
  if (language === undefined || OURS.test(language)) return;
  const name = kernel ?? language;
  const inWords = name === language ? name : `${name} (${language})`;
  throw new RangeError(
    `it is a notebook for ${inWords}, expected TypeScript or JavaScript`,
  );
}

/** `python3` and `julia-1.10` say it themselves; most names say nothing. */
function languageOfKernel(kernel: string | undefined): string | undefined {
  const [name] = /^[a-z]+/.exec(kernel?.toLowerCase() ?? "") ?? [];
  return name !== undefined && OTHERS.has(name) ? name : undefined;
}

function readText(value: unknown, name: string): string | undefined {
  const text = typeof value === "object" && value !== null
    ? Reflect.get(value, name)
    : undefined;
  return typeof text === "string" && text.trim() !== ""
    ? text.trim()
    : undefined;
}

const OURS =
  /^(?:(?:type|java|ecma)script(?:react)?|tsx?|jsx?|deno|node(?:js)?)$/i;

/** Kernels that are called by their language, and widely used. */
const OTHERS = new Set([
  ...["python", "xpython", "pyodide", "julia", "ir", "xr", "ruby", "bash"],
  ...[
    "scala",
    "rust",
    "gophernotes",
    "octave",
    "matlab",
    "haskell",
    "sagemath",
  ],
  ...["java", "kotlin", "perl", "php", "lua", "sql", "xsql", "stata", "sas"],
]);
