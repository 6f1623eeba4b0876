/**
 * Option lines that Quarto writes before a cell's code: `#| echo: false`.
 *
 * They are no TypeScript, so they become comments of the same length. What they
 * mean is none of this folder's business. Pure.
 * @module
 */

/**
 * Makes comments of a cell's leading `#|` lines.
 *
 * @example One line
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(commentOptionLines("#| echo: false\nf()"), "// echo: false\nf()");
 * ```
 *
 * @param source The cell's source.
 * @returns A source of the same length and lines.
 */
export function commentOptionLines(source: string): string {
  const [begin = ""] = LEADING.exec(source) ?? [];
  return begin.replace(/^([ \t]*)#\|/gm, "$1//") + source.slice(begin.length);
}

/** Both ways to write them, which may be mixed, and empty lines before. */
const LEADING = /^\s*(?:[ \t]*(?:#|\/\/)\|.*(?:\r?\n|$))+/;
