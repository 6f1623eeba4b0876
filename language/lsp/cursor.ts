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
  const rest = /^[\p{ID_Continue}$]*/u.exec(source.slice(offset))![0];
  const before = (source.slice(0, offset) + rest).replace(/\(\s*$/, "");
  const name = /[\p{ID_Start}$_#][\p{ID_Continue}$]*$/u.exec(before);
  return name === null ? null : name.index;
}
