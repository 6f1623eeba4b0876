/**
 * When to stop: is the code warm, is a sample long enough, are there enough?
 *
 * Pure: times in, decisions out. `measure.ts` acts on them.
 * @module
 */

import { median } from "../../base/statistics/mod.ts";

/** What decides whether there are enough samples. */
export interface SamplingRule {
  /** Exactly how many; `null` for as many as it takes. */
  readonly samples: number | null;
  /** Half the width of the interval of the median, as a part of the median, that is good enough. */
  readonly precision: number;
  /** How long sampling may take, milliseconds. */
  readonly budgetMs: number;
}

/** Tells whether the last calls took as long as those before them. */
export function isWarm(timesMs: readonly number[]): boolean {
  if (timesMs.length < 2 * WINDOW) return false;
  const last = median(timesMs.slice(-WINDOW));
  const before = median(timesMs.slice(-2 * WINDOW, -WINDOW));
  return Math.abs(last - before) <= MAX_CHANGE * before;
}

/** Decides how many calls make a sample that the clock can tell. */
export function chooseCalls(callMs: number, stepMs: number): number {
  if (!(callMs > 0)) return MAX_CALLS;
  if (!isTooShort(callMs, stepMs)) return 1;
  // The tiny part keeps 100.00000001 from becoming 101.
  const calls = Math.ceil(AIMED_STEPS * stepMs / callMs - 1e-6);
  return Math.min(MAX_CALLS, Math.max(1, calls));
}

/** Tells whether a sample is too short for the clock. */
export function isTooShort(sampleMs: number, stepMs: number): boolean {
  return sampleMs < MIN_STEPS * stepMs;
}

/**
 * Estimates how far off the median may be, as a part of it.
 *
 * Source: the interval between two order statistics, with the normal
 * approximation of their ranks. Cheap enough to ask after every sample; what is
 * reported is the bootstrap interval of `stats.ts`.
 */
export function relativeHalfWidth(samplesMs: readonly number[]): number {
  const count = samplesMs.length;
  if (count < 6) return Infinity;
  const sorted = samplesMs.toSorted((one, other) => one - other);
  const reach = 0.98 * Math.sqrt(count);
  const low = sorted[Math.max(0, Math.floor(count / 2 - reach))]!;
  const high = sorted[Math.min(count - 1, Math.ceil(count / 2 + reach) - 1)]!;
  return (high - low) / 2 / median(sorted);
}

/** Tells whether there are enough samples of all functions. */
export function isEnough(
  samplesMs: readonly (readonly number[])[],
  elapsedMs: number,
  rule: SamplingRule,
): boolean {
  const fewest = Math.min(...samplesMs.map(({ length }) => length));
  if (rule.samples !== null) return fewest >= rule.samples;
  if (elapsedMs >= rule.budgetMs) return fewest >= LEAST_SAMPLES;
  if (fewest >= MOST_SAMPLES) return elapsedMs >= MIN_MS;
  // Checked now and then only, as sorting takes time too.
  if (fewest < DEFAULT_SAMPLES || fewest % 5 !== 0) return false;
  return elapsedMs >= MIN_MS &&
    samplesMs.every((own) => relativeHalfWidth(own) <= rule.precision);
}

const WINDOW = 5;
const MAX_CHANGE = 0.02;
const MIN_STEPS = 1000;
// More than needed, as some calls are quicker than those that were seen.
const AIMED_STEPS = 2000;
const MAX_CALLS = 10_000_000;
const DEFAULT_SAMPLES = 30;
const LEAST_SAMPLES = 5;
const MOST_SAMPLES = 500;
// In less, what other programs used cannot be told: the system counts in 10 ms.
const MIN_MS = 250;
