/**
 * Packages in a `node_modules` folder, for imports of cells that no import map
 * knows: they are required as CommonJS, beside the notebook, and given as a
 * module whose exports are what they export at that moment.
 * @module
 */
import { createRequire } from "node:module";
import { findPattern, keysOf, toJson } from "./intrinsics.ts";

/**
 * Finds a package beside the notebook or above, and loads it.
 *
 * @param name What the cell imports.
 * @param notebookUrl Where the notebook is.
 * @returns The address of a module that gives it; `null` if there is none.
 */
export function findPackage(name: string, notebookUrl: string): string | null {
  if (locatePackage(name, notebookUrl) === null) return null;
  const value: unknown = createRequire(notebookUrl)(name);
  const isModule = isObject(value) && tagOf(value) === "Module";
  let source = `import{createRequire}from"node:module";` +
    `const m=createRequire(${toJson(notebookUrl)})(${toJson(name)});` +
    `export default ${isModule ? "m.default" : "m"};`;
  const names = isObject(value) ? keysOf(value) : [];
  for (let i = 0; i < names.length; i++) {
    if (names[i] === "default") continue;
    const text = toJson(names[i]);
    source += `const e${i}=m[${text}];export{e${i} as ${text}};`;
  }
  return `data:text/javascript,${encode(source)}`;
}

/**
 * Finds the file that a package begins with.
 *
 * @param name What a module imports.
 * @param parentUrl Where the module is.
 * @returns The file's path; `null` if there is no such package.
 */
export function locatePackage(name: string, parentUrl: string): string | null {
  if (findPattern(/^(@[^/:]+\/)?[^@./:][^:]*$/, name) === null) return null;
  try {
    return createRequire(parentUrl).resolve(name);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null ||
    typeof value === "function";
}

function tagOf(value: object): unknown {
  return (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
}

const encode = encodeURIComponent;
