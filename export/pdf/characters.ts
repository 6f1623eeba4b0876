/**
 * Characters that can not be set, shown as their numbers. Pure.
 * @module
 */

/**
 * Replaces characters that no font has by their numbers.
 *
 * @param text Source of Typst, or a drawing.
 * @param characters Those that no font has.
 */
export function replaceCharacters(
  text: string,
  characters: ReadonlySet<string>,
): string {
  if (characters.size === 0) return text;
  let replaced = text;
  for (const character of characters) {
    replaced = replaced.replaceAll(character, numbered(character));
  }
  return replaced;
}

/**
 * Replaces what belongs to the letter before it, such as an accent that no letter
 * has, by its number in a drawing: the part of the typesetter that draws looks for
 * a font that has both, without end if there is none.
 *
 * @param svg The drawing.
 */
export function withoutMarks(svg: string): string {
  return svg.normalize("NFC").replace(
    BEYOND_ASCII,
    (run) =>
      [...CLUSTERS.segment(run)].map(({ segment }) => {
        const [first = "", ...rest] = segment;
        return first + rest.map(numbered).join("");
      }).join(""),
  );
}

const CLUSTERS = new Intl.Segmenter("en", { granularity: "grapheme" });
/** With the sign before it, to which it may belong. */
const BEYOND_ASCII = /[^\n]?[\u{80}-\u{10ffff}]+/gu;

function numbered(character: string): string {
  const code = character.codePointAt(0)!;
  return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}
