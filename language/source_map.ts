/**
 * Source map mappings: where each piece of emitted text comes from. Pure.
 * @module
 */
import { decode } from "@jridgewell/sourcemap-codec";

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
 * @param mappings What TypeScript has emitted.
 * @returns The mappings in the order of the emitted text; pieces that come from
 * nowhere have none.
 */
export function decodeMappings(mappings: string): readonly Mapping[] {
  return decode(mappings).flatMap((segments, generatedLine) =>
    segments.flatMap(([generatedColumn, , line, column]) =>
      line === undefined || column === undefined
        ? []
        : [{ generatedLine, generatedColumn, line, column }]
    )
  );
}
