/**
 * The knee of a cost that is fixed at first and then grows with size.
 *
 * Pure. A message of any size costs a wake-up; copying it costs time a byte.
 * Where the two are equal is the knee: below it size does not matter, above it
 * nothing else does. Measured in `message_cost.ts`.
 * @module
 */

import { fitRelativeLine } from "./line.ts";

/** A cost at a size. */
export interface CostPoint {
  /** The size, bytes. */
  readonly bytes: number;
  /** What it costs, milliseconds. */
  readonly ms: number;
}

/** A fixed cost and a growing one. */
export interface CostModel {
  /** What any size costs, milliseconds. */
  readonly fixedMs: number;
  /** What a byte costs more, milliseconds. */
  readonly msPerByte: number;
  /** The size at which both are equal; `null` if that is not among the sizes. */
  readonly kneeBytes: number | null;
}

/** Splits costs into a fixed part and a part for each byte. */
export function fitKnee(points: readonly CostPoint[]): CostModel {
  const { slope, intercept } = fitRelativeLine(
    points.map(({ bytes, ms }) => ({ x: bytes, y: ms })),
  );
  const knee = intercept / slope;
  const sizes = points.map(({ bytes }) => bytes);
  const isSeen = knee >= Math.min(...sizes) && knee <= Math.max(...sizes);
  return {
    fixedMs: intercept,
    msPerByte: slope,
    kneeBytes: isSeen ? knee : null,
  };
}
