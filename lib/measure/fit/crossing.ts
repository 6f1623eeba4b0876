/**
 * Where a curve of speed-ups comes to stay above a level.
 *
 * Pure. Between two sizes the curve is taken as what a fixed overhead makes of
 * it: the inverse of the speed-up then is a straight line over the inverse of
 * the size, however many magnitudes lie between.
 * @module
 */
import { bootstrapRounds, intervalOfDraws } from "./bootstrap.ts";

export interface RatioPoint {
  /** The size, in any unit, above 0. */
  readonly size: number;
  /** The speed-up there, above 0. */
  readonly ratio: number;
}

/** Where speed-ups come to stay above 1, and how sure that is. */
export type CrossingFit =
  | {
    readonly type: "at";
    readonly size: number;
    /** Lower end of the 95 % interval; `null` if it may lie below all sizes. */
    readonly low: number | null;
    /** Upper end; `null` if it may lie above all sizes. */
    readonly high: number | null;
  }
  /** Even the largest size is below. */
  | { readonly type: "never" }
  /** Even the smallest size is above. */
  | { readonly type: "always" };

/** Finds the size from which on all ratios are 1 or more: 0 if all are, or infinity. */
export function findCrossing(points: readonly RatioPoint[]): number {
  // From the large end: a lucky small size does not mean that it pays from there on.
  const below = points.findLastIndex(({ ratio }) => ratio < 1);
  const [left, right] = [points[below], points[below + 1]];
  if (left === undefined) return 0;
  if (right === undefined) return Infinity;
  const part = (1 - 1 / left.ratio) / (1 / right.ratio - 1 / left.ratio);
  return 1 / (1 / left.size + part * (1 / right.size - 1 / left.size));
}

/** Computes the speed-up at a size between two measured ones. */
export function interpolateRatio(
  [left, right]: readonly [left: RatioPoint, right: RatioPoint],
  size: number,
): number {
  const part = (1 / size - 1 / left.size) / (1 / right.size - 1 / left.size);
  return 1 / (1 / left.ratio + part * (1 / right.ratio - 1 / left.ratio));
}

/** Finds the crossing of the medians, with its interval by resampled rounds. */
export function fitCrossing(
  { baselineMs, modelMs, sizes }: {
    /** One after another: a row a round, a column a size, which rise. */
    readonly baselineMs: readonly (readonly number[])[];
    readonly modelMs: readonly (readonly number[])[];
    readonly sizes: readonly number[];
  },
  seed = 1,
): CrossingFit {
  const rounds = baselineMs.map((row, index) => [...row, ...modelMs[index]!]);
  const { value, draws } = bootstrapRounds(
    rounds,
    (medians) =>
      findCrossing(sizes.map((size, index) => ({
        size,
        ratio: medians[index]! / medians[sizes.length + index]!,
      }))),
    seed,
  );
  if (value === 0) return { type: "always" };
  if (value === Infinity) return { type: "never" };
  const { low, high } = intervalOfDraws(draws);
  return {
    type: "at",
    size: value,
    low: low > 0 ? low : null,
    high: Number.isFinite(high) ? high : null,
  };
}
