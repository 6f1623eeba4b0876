/**
 * Durations in words, down to nanoseconds.
 *
 * Pure. Figures of longer runs use `lib/plot/duration.ts` alone; what is
 * measured here may be a single call of an inlined function.
 * @module
 */

import { formatDuration, formatNumber } from "../plot/duration.ts";

/**
 * Writes a duration with three digits that count, and its unit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatTime(0.0000123), "12.3 ns");
 * assert.equal(formatTime(12.3), "12.3 ms");
 * ```
 *
 * @param ms The duration, milliseconds.
 * @returns Such as `1.91 µs`.
 */
export function formatTime(ms: number): string {
  // 999.5 ns are written as a microsecond: three digits do not tell them apart.
  return ms > 0 && ms < 0.0009995
    ? `${formatNumber(ms * 1e6)} ns`
    : formatDuration(ms);
}

/**
 * Writes an interval of durations in one unit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatTimes(0.0121, 0.0125), "12.1–12.5 µs");
 * ```
 *
 * @param lowMs Its lower end, milliseconds.
 * @param highMs Its upper end, milliseconds.
 * @returns Both ends, and the unit once where it is the same.
 */
export function formatTimes(lowMs: number, highMs: number): string {
  const [low = "", lowUnit] = formatTime(lowMs).split(" ");
  const [high = "", highUnit] = formatTime(highMs).split(" ");
  return lowUnit === highUnit
    ? `${low}–${high} ${highUnit}`
    : `${low} ${lowUnit} – ${high} ${highUnit}`;
}

/**
 * Writes a part of a whole.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([percent(0.123), percent(0.0012)], ["12 %", "0.1 %"]);
 * ```
 *
 * @param share The part, 0 to 1.
 * @returns Such as `12 %`.
 */
export function percent(share: number): string {
  const percents = share * 100;
  return `${
    percents > 0 && percents < 10 ? percents.toFixed(1) : Math.round(percents)
  } %`;
}
