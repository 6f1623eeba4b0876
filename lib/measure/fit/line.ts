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
 *
 * Points of a round rest on each other where each is what the one before was,
 * and more: an interval over all points would hold the slope too seldom (in 88
 * of 100 cases, simulated with 3 rounds of 1, 2, 4 and 8).
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
  if (line.slope < 0) {
    // The nearest flat line is the weighted mean.
    let [above, below] = [0, 0];
    for (const point of points) {
      above += weigh(point) * point.y;
      below += weigh(point);
    }
    return { slope: 0, intercept: above / below };
  }
  if (line.intercept < 0) {
    let [above, below] = [0, 0];
    for (const point of points) {
      above += weigh(point) * point.x * point.y;
      below += weigh(point) * point.x * point.x;
    }
    return { slope: above / below, intercept: 0 };
  }
  return line;
}

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

/**
 * Splits costs into a fixed part and a part for each byte: a message of any size
 * costs a wake-up, copying it costs time a byte. Where the two are equal is the
 * knee: below it size does not matter, above it nothing else does.
 */
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

function fitWeighted(
  points: readonly Point[],
  weigh: (point: Point) => number,
): Line {
  let [weights, sumX, sumY] = [0, 0, 0];
  for (const point of points) {
    const weight = weigh(point);
    weights += weight;
    sumX += weight * point.x;
    sumY += weight * point.y;
  }
  const [meanX, meanY] = [sumX / weights, sumY / weights];
  let [above, below] = [0, 0];
  for (const point of points) {
    const weight = weigh(point);
    above += weight * (point.x - meanX) * (point.y - meanY);
    below += weight * (point.x - meanX) ** 2;
  }
  if (!(below > 0)) {
    throw new RangeError(
      `Cannot fit line: ${points.length} points found, ` +
        `expected 2 or more at different places`,
    );
  }
  const slope = above / below;
  return { slope, intercept: meanY - slope * meanX };
}
