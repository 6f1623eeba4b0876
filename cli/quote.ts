/**
 * Names from files as a terminal can show them: in quotes, and nothing in them
 * that moves the cursor or hides its neighbours. Pure.
 * @module
 */

/**
 * Quotes a name that somebody else chose.
 *
 * @example An escape sequence is shown, not obeyed
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(quote("a\x1b[2K"), '"a\\u{1b}[2K"');
 * ```
 *
 * @param name The name.
 * @returns The name in quotes; what can not be seen is written as its number.
 */
export function quote(name: string): string {
  const shown = name.replace(/["\\]/g, "\\$&").replace(
    UNSEEN,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
  return `"${shown}"`;
}

/**
 * Tells whether all characters of a name can be seen, in the order they stand.
 *
 * @param name The name.
 */
export function isPlainName(name: string): boolean {
  return name.search(UNSEEN) < 0;
}

/** Control characters, marks that turn the direction of text, odd separators. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;
