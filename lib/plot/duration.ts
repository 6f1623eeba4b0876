/**
 * Durations as people read them: units, digits, and places for axis ticks.
 *
 * Pure: milliseconds in, words and tick places out.
 * @module
 */

/** A unit of time that a figure uses throughout. */
export interface TimeUnit {
  /** What is written after a number. */
  readonly symbol: "µs" | "ms" | "s" | "min";
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
 * Writes a number with three digits that count, and no more than two decimals.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatNumber(1.914), "1.91");
 * assert.equal(formatNumber(1520.4), "1520");
 * ```
 *
 * @param value Any finite number.
 * @returns Decimal digits.
 */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
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

/** The smallest of 1, 2, 2.5, 5, 10, 20 … (or of their fractions) that is not below `least`. */
function chooseStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 2.5, 5, 10].find((factor) =>
    factor * power >= least * 0.999
  );
  return (factor ?? 10) * power;
}

const UNITS = {
  us: { symbol: "µs", ms: 0.001 },
  ms: { symbol: "ms", ms: 1 },
  s: { symbol: "s", ms: 1000 },
  min: { symbol: "min", ms: 60_000 },
} as const satisfies Record<string, TimeUnit>;
