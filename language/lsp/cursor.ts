/**
 * Which name a cursor means. Pure.
 * @module
 */

/**
 * Finds the name at a cursor: the one it touches, or the one whose opening
 * bracket it stands behind.
 *
 * @example A call
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(nameAtCursor("a.bar(", 6), 2);
 * assert.equal(nameAtCursor("f(1, ", 5), null);
 * ```
 *
 * @param source The cell.
 * @param offset The cursor, UTF-16 units.
 * @returns Where the name starts, or `null` if there is none.
 */
export function nameAtCursor(source: string, offset: number): number | null {
  const end = endOfWord(source, offset);
  const bracket = source.slice(0, end).trimEnd().length - 1;
  const nameEnd = source[bracket] === "(" ? bracket : end;
  const start = startOfWord(source, nameEnd);
  if (source[start - 1] === "#") return start - 1;
  // A number may stand in front of it.
  const first = source.slice(start, nameEnd).search(NAME_START);
  return first === -1 ? null : start + first;
}

/**
 * Finds where the word begins that ends at an offset.
 *
 * Walks back: an expression that has to end here would be tried from each place
 * of all the text before, which takes minutes behind a long word.
 *
 * @param source The cell.
 * @param offset Where the word ends, UTF-16 units.
 * @returns The offset of its first character; `offset` if there is none.
 */
export function startOfWord(source: string, offset: number): number {
  let start = offset;
  while (start > 0) {
    const isPair = /[\ud800-\udbff][\udc00-\udfff]/.test(
      source.slice(Math.max(0, start - 2), start),
    );
    const at = start - (isPair ? 2 : 1);
    if (!WORD.test(source.slice(at, start))) break;
    start = at;
  }
  return start;
}

/**
 * Finds where the word ends that an offset is in.
 *
 * @param source The cell.
 * @param offset A place in it, UTF-16 units.
 * @returns The offset behind its last character; `offset` if there is none.
 */
export function endOfWord(source: string, offset: number): number {
  REST_OF_WORD.lastIndex = offset;
  return offset + (REST_OF_WORD.exec(source)?.[0].length ?? 0);
}

const WORD = /^[\p{ID_Continue}$]$/u;
const REST_OF_WORD = /[\p{ID_Continue}$]*/uy;
const NAME_START = /[\p{ID_Start}$_]/u;
