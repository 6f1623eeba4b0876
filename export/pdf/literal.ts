/**
 * Text as Typst source: the one place where what a notebook says is escaped.
 *
 * Whatever comes from a notebook stands in a string literal that is made here.
 * Typst reads no markup in strings, so text stays text. Pure.
 * @module
 */

/**
 * Writes text as a string literal of Typst.
 *
 * Characters that a PDF can not hold become U+FFFD, separators of lines become
 * line ends, and what is one long word may be broken.
 *
 * Source: Typst reference, "str"; PDF/UA-1 allows no character without a glyph.
 *
 * @example Nothing in it is markup
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(literal('#"a" \\ $b$'), String.raw`"#\"a\" \\ $b$"`);
 * ```
 *
 * @param text Any text.
 * @param columns How many characters of a word stand in a row before it may be
 *   broken.
 * @returns The literal, with its quotes.
 */
export function literal(text: string, columns = WORD): string {
  const clean = text.toWellFormed()
    .replace(LINE_ENDS, "\n")
    .replace(UNPRINTABLE, "\uFFFD");
  return `"${
    breakWords(clean, columns)
      .replace(/["\\]/g, "\\$&")
      .replaceAll("\n", "\\n")
      .replaceAll("\t", "\\t")
  }"`;
}

/** What has no space for a whole line would run over the edge of the page. */
function breakWords(text: string, columns: number): string {
  if (text.length <= columns) return text;
  const long = new RegExp(`[^\\s\u200b]{${columns + 1},}`, "gu");
  const piece = new RegExp(`[^]{${columns}}(?!$|\\p{M}|\u200d|\ufe0f)`, "gu");
  return text.replace(long, (word) => word.replace(piece, "$&\u200b"));
}

/** A word that is longer than this is data, or an address. */
const WORD = 50;

// deno-lint-ignore no-control-regex -- Vertical tab and form feed end lines.
const LINE_ENDS = /\r\n?|[\x0b\x0c\x85\u2028\u2029]/g;

/** Controls, marks that reorder what is read, and what is no character. */
const UNPRINTABLE =
  // deno-lint-ignore no-control-regex -- These are what a PDF can not hold.
  /[\0-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef\ufff9-\ufffb\u{e0000}-\u{e0fff}\u202a-\u202e\u2066-\u2069]|[\ufffe\uffff]|[\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{10fffe}\u{10ffff}]/gu;
