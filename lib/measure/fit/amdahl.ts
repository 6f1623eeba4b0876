/**
 * How much of a piece of work is serial, judged by its speed-ups. Pure.
 * @module
 */
import { checkNumber } from "../../base/mod.ts";

/**
 * Computes the speed-up that Amdahl's law allows.
 *
 * Units: a ratio.
 * Source: Amdahl (1967); `S = 1 / (s + (1 - s) / n)`.
 *
 * @example A tenth that is serial costs a lot
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(amdahlSpeedUp(0.1, 10).toFixed(2), "5.26");
 * ```
 *
 * @param serial The part of the work that only one can do, 0 to 1.
 * @param n How many work.
 * @returns How many times faster than one they are.
 * @throws {TypeError} If something is no number.
 * @throws {RangeError} If `serial` is not from 0 to 1, or `n` below 1.
 */
export function amdahlSpeedUp(serial: number, n: number): number {
  const what = "compute Amdahl's speed-up";
  checkNumber([what, "serial"], serial, { least: 0, most: 1 });
  checkNumber([what, "n"], n, { least: 1, most: Infinity });
  return 1 / (serial + (1 - serial) / n);
}

/**
 * Finds the serial part with which Amdahl's law is nearest to speed-ups; `null` if none
 * is of more than one. Least squares over relative times: 1 % counts the same at all `n`.
 */
export function fitAmdahl(
  points: readonly { readonly n: number; readonly speedup: number }[],
): number | null {
  let above = 0;
  let below = 0;
  for (const { n, speedup } of points) {
    const x = (1 - 1 / n) * speedup;
    above += x * (1 - speedup / n);
    below += x * x;
  }
  return below > 0 ? Math.min(1, Math.max(0, above / below)) : null;
}

/**
 * Computes the serial part that one speed-up by itself would mean.
 *
 * Read it over several `n`: flat means that a part of the work is serial;
 * rising means that working together costs more the more take part.
 *
 * Source: Karp and Flatt (1990), "Measuring Parallel Processor Performance".
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(karpFlatt(4.7, 8)?.toFixed(2), "0.10");
 * ```
 *
 * @param speedup Time with one divided by time with `n`.
 * @param n How many work.
 * @returns The part; below 0 if more was gained than `n` can give. `null` for `n` of 1.
 * @throws {TypeError} If something is no number.
 * @throws {RangeError} If the speed-up is not above 0, or `n` below 1.
 */
export function karpFlatt(speedup: number, n: number): number | null {
  const what = "compute serial part";
  checkNumber([what, "speedup"], speedup, { above: 0 });
  checkNumber([what, "n"], n, { least: 1 });
  return n > 1 ? (1 / speedup - 1 / n) / (1 - 1 / n) : null;
}
