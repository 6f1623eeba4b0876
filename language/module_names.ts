/**
 * Completion of module names that only the kernel knows, such as `skein`. Pure.
 * @module
 */
import type { Completions } from "./lsp/completions.ts";

/**
 * Finds the names that could be imported at the cursor.
 *
 * @param source The cell; it may be half-written.
 * @param offset The cursor. Units: UTF-16 offset.
 * @param names The names there are.
 * @returns Those that fit; `null` where no module is named.
 */
export function completeModules(
  source: string,
  offset: number,
  names: readonly string[],
): Completions | null {
  // A name of a module is not longer; a text before the cursor may be.
  const before = source.slice(Math.max(0, offset - MAX_IMPORT), offset);
  const typed = IN_SPECIFIER.exec(before)?.[1];
  if (typed === undefined) return null;
  const rest = /^[\w@./:-]*/.exec(source.slice(offset))![0];
  return {
    items: names.filter((name) => name.startsWith(typed))
      .map((text) => ({ text, type: "module" })),
    start: offset - typed.length,
    end: offset + rest.length,
  };
}

/** `from "…`, `import "…`, `import("…`, up to the cursor. */
const IN_SPECIFIER = /\b(?:from|import)\s*\(?\s*["']([^"'\n]*)$/;
/** Units: UTF-16 units. */
const MAX_IMPORT = 500;
