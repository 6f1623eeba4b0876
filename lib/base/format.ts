/**
 * Durations as people read them: units, digits, and places for axis ticks.
 *
 * Pure: milliseconds in, words and tick places out. The one place where a
 * duration becomes text: findings, tables and figures all call it.
 * @module
 */

/** A unit of time that a figure uses throughout. */
export interface TimeUnit {
  /** What is written after a number. */
  readonly symbol: "ns" | "µs" | "ms" | "s" | "min";
  /** How long one is, milliseconds. */
  readonly ms: number;
}

/**
 * Chooses the unit in which the longest of some durations reads well.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(chooseUnit(412).symbol, "ms");
 * assert.equal(chooseUnit(4200).symbol, "s");
 * ```
 *
 * @param longestMs The longest duration.
 * @returns The unit for all of them.
 */
export function chooseUnit(longestMs: number): TimeUnit {
  // 999.5 ns are written as a microsecond: three digits do not tell them apart.
  if (longestMs > 0 && longestMs < 0.0009995) return UNITS.ns;
  if (longestMs < 1) return UNITS.us;
  if (longestMs < 2000) return UNITS.ms;
  return longestMs < 180_000 ? UNITS.s : UNITS.min;
}

/**
 * Writes a duration with three digits that count, and its unit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatDuration(412.34), "412 ms");
 * assert.equal(formatDuration(0.0351), "35.1 µs");
 * assert.equal(formatDuration(0.0000123), "12.3 ns");
 * ```
 *
 * @param ms The duration, milliseconds.
 * @param unit The unit; without one, the unit that suits this duration.
 * @returns Such as `1.91 s`.
 */
export function formatDuration(ms: number, unit?: TimeUnit): string {
  const suited = chooseUnit(Math.abs(ms));
  // In a unit a hundred times too large, digits that tell would be lost.
  const used = unit === undefined || Math.abs(ms) < unit.ms / 100
    ? suited
    : unit;
  return `${formatNumber(ms / used.ms)} ${used.symbol}`;
}

/**
 * Writes an interval of durations, in one unit where that is the same.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatInterval(0.0121, 0.0125), "12.1–12.5 µs");
 * ```
 *
 * @param lowMs Its lower end, milliseconds.
 * @param highMs Its upper end, milliseconds.
 * @returns Both ends, and the unit once where it is the same.
 */
export function formatInterval(lowMs: number, highMs: number): string {
  const [low = "", lowUnit] = formatDuration(lowMs).split(" ");
  const [high = "", highUnit] = formatDuration(highMs).split(" ");
  return lowUnit === highUnit
    ? `${low}–${high} ${highUnit}`
    : `${low} ${lowUnit} – ${high} ${highUnit}`;
}

/**
 * Writes a number with three digits that count, and no more than two decimals
 * but where it would be nothing without.
 *
 * From ten thousand on the rest is zeros: no measurement here has more digits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatNumber(1.914), "1.91");
 * assert.equal(formatNumber(1520.4), "1520");
 * assert.deepEqual([2066939, 0.00123].map(formatNumber), ["2070000", "0.0012"]);
 * ```
 *
 * @param value Any finite number.
 * @returns Decimal digits.
 */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 9999.5) return String(Number(value.toPrecision(3)));
  // Two digits that count: a speed-up of 0.0012 is not "0.00".
  if (value !== 0 && size < 0.0995) return String(Number(value.toPrecision(2)));
  // Limits lie below 10 and 100, so that 9.996 becomes 10.0 and not 10.00.
  const decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return value === 0 ? "0" : value.toFixed(decimals);
}

/**
 * Writes a number like {@link formatNumber}, without zeros that say nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatShort(1.5), "1.5");
 * ```
 *
 * @param value Any finite number.
 * @returns Decimal digits.
 */
export function formatShort(value: number): string {
  return String(Number(formatNumber(value)));
}

/**
 * Writes a round duration, as at a tick: no zeros that say nothing.
 *
 * Ticks of an axis are in one unit, given by the longest of them. That is at most
 * seconds, as what is round in them is not so in minutes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatTick(0.01), "10 µs");
 * assert.deepEqual([0, 500, 1000].map((ms) => formatTick(ms, 1000)), ["0", "0.5 s", "1 s"]);
 * ```
 *
 * @param ms The duration, milliseconds.
 * @param longestMs The longest that is written beside it.
 * @returns Such as `10 µs`.
 */
export function formatTick(ms: number, longestMs: number = ms): string {
  const longest = Math.abs(longestMs);
  const { symbol, ms: unitMs } = longest >= 999.9
    ? UNITS.s
    : chooseUnit(longest);
  return ms === 0 ? "0" : `${Number((ms / unitMs).toPrecision(6))} ${symbol}`;
}

/**
 * Writes a part of a whole.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([formatPercent(0.123), formatPercent(0.0012)], ["12 %", "0.1 %"]);
 * ```
 *
 * @param share The part, 0 to 1.
 * @returns Such as `12 %`.
 */
export function formatPercent(share: number): string {
  const percents = share * 100;
  return `${
    percents > 0 && percents < 10 ? percents.toFixed(1) : Math.round(percents)
  } %`;
}

/** Places on a time axis and what is written there. */
export interface TimeTicks {
  /** Where the ticks are, milliseconds. */
  readonly valuesMs: readonly number[];
  /** Writes a tick's label, unit included. */
  readonly format: (ms: number) => string;
}

/**
 * Places round ticks on a time axis from zero.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { valuesMs, format } = placeTicks(830, 5);
 * assert.deepEqual(valuesMs.map(format), ["0", "200 ms", "400 ms", "600 ms", "800 ms"]);
 * ```
 *
 * @param endMs Where the axis ends, milliseconds.
 * @param most How many ticks there is room for.
 * @returns The ticks, zero first.
 */
export function placeTicks(endMs: number, most: number): TimeTicks {
  const unit = chooseUnit(endMs);
  const end = endMs / unit.ms;
  const step = chooseStep(end / Math.max(1, most));
  const count = Math.floor(end / step + 1e-9);
  const decimals =
    [0, 1, 2, 3, 4, 5].find((digits) =>
      Math.abs(step - Number(step.toFixed(digits))) < step / 1000
    ) ?? 6;
  return {
    valuesMs: Array.from({ length: count + 1 }, (_, i) => i * step * unit.ms),
    format: (ms) =>
      ms === 0 ? "0" : `${(ms / unit.ms).toFixed(decimals)} ${unit.symbol}`,
  };
}

/**
 * Chooses how far ticks are apart.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([0.3, 1.2, 21].map(chooseStep), [0.5, 2, 25]);
 * ```
 *
 * @param least How far at least.
 * @returns The smallest of 1, 2, 2.5, 5, 10, 20 … (or of their fractions) that is not below.
 */
export function chooseStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 2.5, 5, 10].find((factor) =>
    factor * power >= least * 0.999
  );
  return (factor ?? 10) * power;
}

const UNITS = {
  ns: { symbol: "ns", ms: 0.000001 },
  us: { symbol: "µs", ms: 0.001 },
  ms: { symbol: "ms", ms: 1 },
  s: { symbol: "s", ms: 1000 },
  min: { symbol: "min", ms: 60_000 },
} as const satisfies Record<string, TimeUnit>;
