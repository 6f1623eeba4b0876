/**
 * How many Workers are tried and who gets which jobs; and what the timed rounds
 * then say: speed-ups, and a serial part. Pure; the fits are in `fit/`.
 * @module
 */

import { fitAmdahl, karpFlatt } from "../fit/amdahl.ts";
import { bootstrapRounds, intervalOfDraws } from "../fit/bootstrap.ts";
import { computeSpeedUp, summarize } from "../summary.ts";
import type { Part, ScalePoint } from "./scale.ts";

/** What limits speed-ups, and the seed of the resampling. */
export interface Limits {
  readonly jobs: number;
  /** How many cores; part of a core counts. */
  readonly cores: number;
  readonly seed: number;
}

/** Describes each number of Workers, against one. */
export function makePoints(
  rounds: readonly (readonly number[])[],
  counts: readonly number[],
  { jobs, cores, seed }: Limits,
): readonly ScalePoint[] {
  const samplesOf = (column: number) => rounds.map((row) => row[column]!);
  return counts.map((n, column) => {
    const samplesMs = samplesOf(column);
    const speedup = n === 1
      ? { ratio: 1, low: 1, high: 1, shown: false }
      : computeSpeedUp(samplesOf(0), samplesMs, seed);
    return {
      n,
      samplesMs,
      summary: summarize(samplesMs, seed),
      speedup,
      ideal: idealSpeedUp(n, { jobs, cores }),
      // More speed-up means a smaller part: the ends change places.
      karpFlatt: n === 1 ? null : {
        part: karpFlatt(speedup.ratio, n)!,
        low: karpFlatt(speedup.high, n)!,
        high: karpFlatt(speedup.low, n)!,
      },
      beyondCores: n > cores,
    };
  });
}

/** Finds the serial part over all points that have a core for each Worker. */
export function findAmdahl(
  rounds: readonly (readonly number[])[],
  points: readonly ScalePoint[],
  seed: number,
): Part | null {
  const fit = (medians: readonly number[]) =>
    fitAmdahl(
      points.flatMap(({ n, beyondCores }, column) =>
        beyondCores ? [] : [{ n, speedup: medians[0]! / medians[column]! }]
      ),
    );
  const { value, draws } = bootstrapRounds(rounds, fit, seed);
  if (value === null) return null;
  return { part: value, ...intervalOfDraws(draws.map((part) => part ?? 0)) };
}

/**
 * Chooses numbers of Workers: every one while there are few cores, doubling
 * after that, and always some past the cores, where nothing is gained.
 */
export function chooseCounts(cores: number): readonly number[] {
  const counts = new Set([1, 2, 3, 4, cores]);
  for (let n = 4; n < cores; n *= 2) {
    counts.add(n);
    counts.add(Math.min(cores, n * 1.5));
  }
  counts.add(cores + Math.max(1, Math.floor(cores / 4)));
  return [...counts]
    .filter((n) => n <= cores + Math.max(2, cores / 4))
    .sort((one, other) => one - other);
}

/** Deals jobs out like cards: a share for each Worker. */
export function dealShares<T>(jobs: readonly T[], n: number): readonly T[][] {
  return Array.from(
    { length: n },
    (_, worker) => jobs.filter((_, index) => index % n === worker),
  );
}

/** Takes shares' results back into the order of the jobs. */
export function gatherShares<T>(shares: readonly (readonly T[])[]): T[] {
  const count = shares.reduce((sum, share) => sum + share.length, 0);
  return Array.from(
    { length: count },
    (_, index) =>
      shares[index % shares.length]![Math.floor(index / shares.length)] as T,
  );
}

/**
 * Computes the largest speed-up there can be: no more than Workers or cores,
 * and with shares that are not equal, no more than the largest one lets.
 */
export function idealSpeedUp(
  n: number,
  limits: { readonly jobs: number; readonly cores: number },
): number {
  const { jobs, cores } = limits;
  return Math.max(1, Math.min(jobs / Math.ceil(jobs / n), cores));
}
