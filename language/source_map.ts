/**
 * Source map mappings: where each piece of emitted text comes from.
 *
 * Pure, and small because only what TypeScript emits for one file is read.
 * @module
 */

/**
 * One mapping.
 *
 * Units: lines and columns are 0-based, columns in UTF-16 units.
 */
export interface Mapping {
  /** Line of the emitted text. */
  readonly generatedLine: number;
  /** Column of the emitted text. */
  readonly generatedColumn: number;
  /** Line of the source. */
  readonly line: number;
  /** Column of the source. */
  readonly column: number;
}

/**
 * Decodes the `mappings` field of a source map with one source.
 *
 * Source: ECMA-426, "Mappings structure".
 *
 * @param mappings Groups of base64 VLQ numbers: lines end in `;`, segments in
 * `,`; a segment is generated column, source, line, column and perhaps name,
 * each relative to the one before.
 * @returns The mappings in the order of the emitted text.
 * @throws {SyntaxError} If a character is not base64.
 */
export function decodeMappings(mappings: string): readonly Mapping[] {
  const decoded: Mapping[] = [];
  let line = 0;
  let column = 0;
  for (const [generatedLine, group] of mappings.split(";").entries()) {
    let generatedColumn = 0;
    for (const segment of group.split(",")) {
      const [columnStep, , lineStep, sourceStep] = decodeVlq(segment);
      if (columnStep === undefined) continue;
      generatedColumn += columnStep;
      if (lineStep === undefined || sourceStep === undefined) continue;
      line += lineStep;
      column += sourceStep;
      decoded.push({ generatedLine, generatedColumn, line, column });
    }
  }
  return decoded;
}

/** Decodes numbers of 5 bits a digit, least first; the lowest bit is the sign. */
function decodeVlq(segment: string): readonly number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = BASE64.indexOf(character);
    if (digit === -1) {
      throw new SyntaxError(
        `Cannot read source map: "${character}" is found, base64 is expected`,
      );
    }
    value |= (digit & 31) << shift;
    shift += 5;
    if ((digit & CONTINUATION) !== 0) continue;
    numbers.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}

const BASE64 =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const CONTINUATION = 32;
