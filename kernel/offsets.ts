/**
 * Cursor positions: the wire counts code points, text counts UTF-16 units. Pure.
 *
 * Source: Jupyter messaging protocol 5.2, "Cursor position and unicode offsets".
 * @module
 */

/**
 * Turns a position of the wire into an offset in text.
 *
 * @param text The text.
 * @param codePoints How many code points stand before the position.
 * @returns How many UTF-16 units stand before it; at most the text's length.
 */
export function toUtf16(text: string, codePoints: number): number {
  let offset = 0;
  for (let i = 0; i < codePoints && offset < text.length; i++) {
    offset += text.codePointAt(offset)! > 0xffff ? 2 : 1;
  }
  return offset;
}

/**
 * Turns an offset in text into a position of the wire.
 *
 * @param text The text.
 * @param offset How many UTF-16 units stand before the position.
 * @returns How many code points stand before it.
 */
export function toCodePoints(text: string, offset: number): number {
  let codePoints = 0;
  for (let at = 0; at < offset && at < text.length; codePoints++) {
    at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  }
  return codePoints;
}
