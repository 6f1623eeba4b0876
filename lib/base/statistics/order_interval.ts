/**
 * How sure a median is, by the ranks of samples alone.
 *
 * Pure. How many samples lie below the true median is a coin toss for each, so
 * ranks give an interval whose sureness is known, however samples are
 * distributed. The bootstrap of `stats.ts` by itself promises too much of few
 * samples: simulated, its 95 % interval held the median of 7 in 87 of 100 cases.
 * @module
 */

import type { Interval } from "./stats.ts";

/**
 * Finds the 95 % interval of a median by ranks, between two of them where none fits.
 *
 * Source: Hettmansperger and Sheather, "Confidence intervals based on
 * interpolated order statistics" (1986).
 */
export function orderInterval(sorted: ArrayLike<number>): Interval {
  const count = sorted.length;
  // The sureness of the interval from the rank-th smallest to the rank-th largest.
  let rank = 1;
  let [sure, tails] = [1 - 2 * 2 ** -count, 2 ** -count];
  let probability = tails;
  const last = Math.floor(count / 2);
  while (rank < last) {
    probability *= (count - rank + 1) / rank;
    const next = 1 - 2 * (tails + probability);
    if (next < SURE) break;
    tails += probability;
    sure = next;
    rank++;
  }
  const at = (index: number) => sorted[index] as number;
  const outer = { low: at(rank - 1), high: at(count - rank) };
  if (sure <= SURE || rank >= last) return outer;
  const narrower = 1 - 2 * (tails + probability);
  const part = (sure - SURE) / (sure - narrower);
  const weight = (count - rank) * part / (rank + (count - 2 * rank) * part);
  return {
    low: outer.low + weight * (at(rank) - outer.low),
    high: outer.high + weight * (at(count - rank - 1) - outer.high),
  };
}

/**
 * Computes how sure an interval from so many samples can be.
 *
 * Each of `n` samples is above the median or below it like a tossed coin: with
 * probability `2 / 2^n` all are on one side, and no interval of ranks holds it.
 */
export function surenessOf(count: number): number {
  return Math.min(SURE, 1 - 2 / 2 ** count);
}

/**
 * Names the interval of a median, or of what is computed from medians, for
 * what it can promise.
 */
export function nameInterval(count: number): string {
  // Rounded down: a promise is kept.
  return `${Math.floor(100 * surenessOf(count))} % interval`;
}

const SURE = 0.95;
