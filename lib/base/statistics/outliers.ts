/**
 * Outliers: samples far from the bulk, marked and never dropped.
 *
 * Pure. A sample that took ten times as long did happen; whoever reads the
 * numbers decides what it means.
 * @module
 */

import { quantile } from "./stats.ts";

/** Limits beyond which a sample is an outlier, in the unit of the samples. */
export interface TukeyFences {
  readonly low: number;
  readonly high: number;
  readonly farLow: number;
  readonly farHigh: number;
}

/** A sample far from the bulk. */
export interface Outlier {
  /** Which sample, counted from 0 in the order taken. */
  readonly index: number;
  /** On which side of the bulk it lies. */
  readonly side: "low" | "high";
  /** Whether it lies beyond the outer fence. */
  readonly severe: boolean;
}

/**
 * Finds the fences around the bulk of samples.
 *
 * Source: Tukey, "Exploratory Data Analysis" (1977): 1.5 and 3 times the
 * distance of the quartiles, beyond the quartiles.
 */
export function tukeyFences(samples: readonly number[]): TukeyFences {
  const q1 = quantile(samples, 0.25);
  const q3 = quantile(samples, 0.75);
  const width = q3 - q1;
  return {
    low: q1 - 1.5 * width,
    high: q3 + 1.5 * width,
    farLow: q1 - 3 * width,
    farHigh: q3 + 3 * width,
  };
}

/**
 * Lists the samples beyond the fences.
 *
 * Samples whose distance from the median is below one part in a thousand are
 * none, however alike the others are: a clock has steps.
 */
export function findOutliers(samples: readonly number[]): readonly Outlier[] {
  if (samples.length < MIN_SAMPLES) return [];
  const { low, high, farLow, farHigh } = tukeyFences(samples);
  const middle = quantile(samples, 0.5);
  return samples.flatMap((sample, index): Outlier[] => {
    if (sample >= low && sample <= high) return [];
    if (Math.abs(sample - middle) <= Math.abs(middle) * MIN_DISTANCE) return [];
    return [{
      index,
      side: sample < low ? "low" : "high",
      severe: sample < farLow || sample > farHigh,
    }];
  });
}

// Quartiles of fewer samples say nothing.
const MIN_SAMPLES = 5;
const MIN_DISTANCE = 0.001;
