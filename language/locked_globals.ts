/**
 * Globals that an assignment does not change.
 *
 * `closed`, `crypto` and others are accessors whose setter is missing or does
 * something else, so `const closed = 1` would be lost without an error. Pure.
 * @module
 */

/**
 * Gives script text that makes plain properties of such globals.
 *
 * They keep their values until the cell assigns to them.
 *
 * @param names The names that a cell declares.
 * @param global The name under which the script knows the global object.
 * @returns Statements, on one line; empty if no name needs one.
 */
export function unlock(names: readonly string[], global: string): string {
  return names.filter((name) => LOCKED_NAMES.has(name)).map((name) =>
    `Object.defineProperty(${global},"${name}",{value:${global}.${name},` +
    "writable:true,configurable:true});"
  ).join("");
}

/** Found by assigning to every global of Deno 2.9.6. */
const LOCKED_NAMES: ReadonlySet<string> = new Set([
  "Deno",
  "caches",
  "closed",
  "crypto",
  "localStorage",
  "navigator",
  "onbeforeunload",
  "onerror",
  "onload",
  "onunhandledrejection",
  "onunload",
  "self",
  "sessionStorage",
]);
