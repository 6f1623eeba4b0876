/**
 * Straight lines through points: a cost for each one, and a cost once.
 *
 * Pure. `memory` asks for bytes a Worker, `messageCost` for time a byte.
 * @module
 */

import { studentT } from "../../base/statistics/mod.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line {
  /** How much `y` grows with each `x`. */
  readonly slope: number;
  /** What `y` is at `x` of 0. */
  readonly intercept: number;
}

/** A straight line, and how sure its slope is. */
export interface LineFit extends Line {
  /** Lower end of the slope's 95 % interval; `null` with two points, or one round, which tell none. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Fits a line to each round, and takes the mean: its interval is that of the slopes.
 * Points of a round rest on each other, so one over all points would be too narrow.
 */
export function fitLinesOfRounds(
  rounds: readonly (readonly Point[])[],
): LineFit {
  const lines = rounds.map((points) => fitWeighted(points, () => 1));
  const meanOf = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const slope = meanOf(lines.map((line) => line.slope));
  const intercept = meanOf(lines.map((line) => line.intercept));
  const freedom = lines.length - 1;
  if (freedom < 1) return { slope, intercept, low: null, high: null };
  const squares = lines.reduce(
    (sum, line) => sum + (line.slope - slope) ** 2,
    0,
  );
  const error = Math.sqrt(squares / freedom / lines.length) * studentT(freedom);
  return { slope, intercept, low: slope - error, high: slope + error };
}

/**
 * Fits a line to what spans magnitudes: an error of 1 % counts the same at all
 * points, and neither slope nor intercept falls below 0.
 */
export function fitRelativeLine(points: readonly Point[]): Line {
  const weigh = ({ y }: Point) => 1 / (y * y);
  const line = fitWeighted(points, weigh);
  const sum = (f: Weigh) => sumOf(points, weigh, f);
  // The nearest flat line is the weighted mean; else it goes through the origin.
  if (line.slope < 0) {
    return { slope: 0, intercept: sum(({ y }) => y) / sum(() => 1) };
  }
  if (line.intercept >= 0) return line;
  const slope = sum(({ x, y }) => x * y) / sum(({ x }) => x * x);
  return { slope, intercept: 0 };
}

/**
 * Splits costs into a fixed part and a part for each byte. Where the two are equal
 * is the knee: below it size does not matter, above it nothing else does.
 */
export function fitKnee(
  points: readonly { readonly bytes: number; readonly ms: number }[],
): {
  /** What any size costs, and what a byte costs more. */
  readonly fixedMs: number;
  readonly msPerByte: number;
  /** The size at which both are equal; `null` if that is not among the sizes. */
  readonly kneeBytes: number | null;
} {
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

function fitWeighted(points: readonly Point[], weigh: Weigh): Line {
  const sum = (f: Weigh) => sumOf(points, weigh, f);
  const weight = sum(() => 1);
  const meanX = sum(({ x }) => x) / weight;
  const meanY = sum(({ y }) => y) / weight;
  const below = sum(({ x }) => (x - meanX) ** 2);
  if (!(below > 0)) {
    throw new RangeError(
      `Cannot fit line: ${points.length} points found, ` +
        `expected 2 or more at different places`,
    );
  }
  const slope = sum(({ x, y }) => (x - meanX) * (y - meanY)) / below;
  return { slope, intercept: meanY - slope * meanX };
}

type Weigh = (point: Point) => number;

function sumOf(points: readonly Point[], weigh: Weigh, f: Weigh): number {
  return points.reduce((sum, point) => sum + weigh(point) * f(point), 0);
}
