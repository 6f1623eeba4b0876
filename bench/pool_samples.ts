/**
 * What `pool_run.ts` has measured, and what follows from it.
 *
 * Pure.
 * @module
 */

/** All samples of one run. */
export interface PoolSamples {
  /** One task there and back. */
  readonly trips: readonly Series[];
  /** Many tasks at once. */
  readonly bursts: readonly Series[];
}

/** Samples of one way to do the task. */
export interface Series {
  /** Its name. */
  readonly name: string;
  /** Samples of each round. Units: milliseconds. */
  readonly times: readonly (readonly number[])[];
  /** What is to be known of them; empty if nothing. */
  readonly remark: string;
  /** Why it could not be measured; `null` if it could. */
  readonly missing: string | null;
}

/** How many times as long one takes as another. */
export interface Ratio {
  /** The median of the rounds. */
  readonly ratio: number;
  /** The least of the rounds. */
  readonly least: number;
  /** The most of the rounds. */
  readonly most: number;
}

/** Gives the value below which half of them are. */
export function findMedian(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

/** Compares round by round, as far as both have rounds; `null` if one has none. */
export function compareSeries(one: Series, other: Series): Ratio | null {
  const rounds = one.times.slice(0, other.times.length)
    .map((times, n) => findMedian(times) / findMedian(other.times[n]!));
  if (rounds.length === 0) return null;
  return {
    ratio: findMedian(rounds),
    least: Math.min(...rounds),
    most: Math.max(...rounds),
  };
}
