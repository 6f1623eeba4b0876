/**
 * What samples say: middle and spread of one series, how two compare, and how
 * many times one thing is another.
 *
 * Pure. Medians and intervals are computed in `lib/base/statistics/`.
 * @module
 */
import { formatTimes } from "../base/mod.ts";
import {
  bootstrapMedian,
  bootstrapRatio,
  median,
  quantile,
} from "../base/statistics/mod.ts";
import type { SpeedUp, Summary } from "../base/record/mod.ts";

/** Describes samples by their middle and spread. */
export function summarize(samplesMs: readonly number[], seed = 1): Summary {
  const { low, high } = bootstrapMedian(samplesMs, { seed });
  return {
    medianMs: median(samplesMs),
    lowMs: low,
    highMs: high,
    q1Ms: quantile(samplesMs, 0.25),
    q3Ms: quantile(samplesMs, 0.75),
    minMs: quantile(samplesMs, 0),
    maxMs: quantile(samplesMs, 1),
    count: samplesMs.length,
  };
}

/** Compares samples with those of a baseline. */
export function computeSpeedUp(
  baselineMs: readonly number[],
  samplesMs: readonly number[],
  seed = 1,
): SpeedUp {
  const ratio = median(baselineMs) / median(samplesMs);
  const { low, high } = bootstrapRatio(baselineMs, samplesMs, { seed });
  const shown = (low > 1 || high < 1) && Math.abs(ratio - 1) >= MIN_DIFFERENCE;
  return { ratio, low, high, shown };
}

/** Finds the widest spread: distance of the quartiles divided by the median. */
export function widestSpread(
  summaries: readonly Pick<Summary, "q1Ms" | "q3Ms" | "medianMs">[],
): number {
  const spreads = summaries.map(({ q1Ms, q3Ms, medianMs }) =>
    medianMs > 0 ? (q3Ms - q1Ms) / medianMs : 0
  );
  return Math.max(0, ...spreads);
}

/** A value with the ends of its interval; all above 0. */
export interface Ranged {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Writes how many times one value is the other. Its interval is from the ends of both:
 * wider than it would have to be, it holds the quotient in 95 of 100 cases or more.
 */
export function writeQuotient(above: Ranged, below: Ranged): string {
  return `${formatTimes(above.value / below.value)} (95 % interval ${
    formatTimes(above.low / below.high)
  } to ${formatTimes(above.high / below.low)})`;
}

/** Writes how many times one median of durations is the other. */
export function describeQuotient(above: Summary, below: Summary): string {
  const [one, other] = [above, below].map(({ medianMs, lowMs, highMs }) => ({
    value: medianMs,
    low: lowMs,
    high: highMs,
  }));
  return writeQuotient(one!, other!);
}

const MIN_DIFFERENCE = 0.02;
