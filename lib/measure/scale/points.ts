/**
 * Turns timed rounds into speed-ups, a serial part, and a law.
 *
 * Pure. Rounds are taken in `scale.ts`; the fits are in `fit_amdahl.ts` and
 * `fit_usl.ts`.
 * @module
 */

import { computeSpeedUp, summarize } from "../compare/summary.ts";
import { fitAmdahl, karpFlatt } from "../fit/amdahl.ts";
import { bootstrapRounds, intervalOfDraws } from "../fit/bootstrap.ts";
import { explainNoUsl, fitUsl } from "../fit/usl.ts";
import { idealSpeedUp } from "./counts.ts";
import type { Part, ScalePoint, UslResult } from "./result.ts";

/** What limits speed-ups, and the seed of the resampling. */
export interface Limits {
  /** How many jobs there are. */
  readonly jobs: number;
  /** How many cores; part of a core counts. */
  readonly cores: number;
  /** Decides the resampling. */
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
  const { value, draws } = bootstrapRounds(rounds, fit, { seed });
  if (value === null) return null;
  return { part: value, ...intervalOfDraws(draws.map((part) => part ?? 0)) };
}

/** Fits the law that needs many points, or says why not. */
export function findUsl(
  rounds: readonly (readonly number[])[],
  points: readonly ScalePoint[],
  { cores, seed }: Omit<Limits, "jobs">,
): UslResult {
  const reason = explainNoUsl(points.map(({ n }) => n), cores);
  if (reason !== null) return { type: "refused", reason };
  const { value, draws } = bootstrapRounds(
    rounds,
    (medians) =>
      fitUsl(
        points.flatMap(({ n, beyondCores }, column) =>
          beyondCores ? [] : [{ n, throughput: medians[0]! / medians[column]! }]
        ),
      ),
    { seed, resamples: USL_RESAMPLES },
  );
  const { contention, coherency, peakN } = value;
  // A law that never falls has its peak nowhere: farther than any number.
  const { low, high } = intervalOfDraws(
    draws.map((draw) => draw.peakN ?? Infinity),
  );
  return {
    type: "fit",
    contention,
    coherency,
    peakN,
    ...(Number.isFinite(low) ? { peakLow: low } : {}),
    peakHigh: Number.isFinite(high) ? high : null,
  };
}

/** Finds how far the samples scatter. */
export function findSpread(points: readonly ScalePoint[]): number {
  return Math.max(
    ...points.map(({ summary }) =>
      (summary.q3Ms - summary.q1Ms) / summary.medianMs
    ),
  );
}

// Each is a fit of its own, by many steps.
const USL_RESAMPLES = 300;
