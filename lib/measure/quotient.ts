/**
 * How many times as large one thing is as another, with an interval.
 *
 * Pure.
 * @module
 */
import { formatTimes } from "../base/mod.ts";
import type { Summary } from "../base/record/mod.ts";

/** A value with the ends of its interval; all above 0. */
export interface Ranged {
  /** The value. */
  readonly value: number;
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
}

/**
 * Writes how many times one value is the other.
 *
 * The interval is that from the ends of both: it is wider than it would have to
 * be, and so holds the true quotient in 95 of 100 cases or more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = writeQuotient({ value: 20, low: 16, high: 24 }, { value: 2, low: 2, high: 2 });
 * assert.equal(text, "10.0× (95 % interval 8.00× to 12.0×)");
 * ```
 */
export function writeQuotient(above: Ranged, below: Ranged): string {
  return `${formatTimes(above.value / below.value)} (95 % interval ${
    formatTimes(above.low / below.high)
  } to ${formatTimes(above.high / below.low)})`;
}

/** Writes how many times one median of durations is the other. */
export function describeQuotient(above: Summary, below: Summary): string {
  const range = ({ medianMs, lowMs, highMs }: Summary) => ({
    value: medianMs,
    low: lowMs,
    high: highMs,
  });
  return writeQuotient(range(above), range(below));
}
