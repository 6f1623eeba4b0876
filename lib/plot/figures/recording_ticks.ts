/**
 * Round places on a time axis that need not begin at zero.
 *
 * Pure, and uses nothing from outside itself: see `recording_draw.ts`.
 * @module
 */

/**
 * Places round ticks in a window of time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(windowTicks(10.1, 10.5, 3), [[10.2, "10.2 ms"], [10.4, "10.4 ms"]]);
 * ```
 *
 * @param fromMs Where the window begins, milliseconds.
 * @param toMs Where it ends, milliseconds.
 * @param most How many ticks there is room for.
 * @returns Places in milliseconds, and what is written there.
 */
export function windowTicks(
  fromMs: number,
  toMs: number,
  most: number,
): readonly (readonly [atMs: number, text: string])[] {
  const [unitMs, symbol] = toMs < 1
    ? [0.001, "µs"] as const
    : toMs < 2000
    ? [1, "ms"] as const
    : toMs < 180_000
    ? [1000, "s"] as const
    : [60_000, "min"] as const;
  const least = (toMs - fromMs) / unitMs / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 2.5, 5, 10].find((one) => one * power >= least * 0.999);
  const step = (factor ?? 10) * power;
  let decimals = 0;
  while (
    decimals < 9 &&
    Math.abs(step - Number(step.toFixed(decimals))) > step / 1000
  ) decimals++;
  const first = Math.ceil(fromMs / unitMs / step - 1e-9);
  const last = Math.floor(toMs / unitMs / step + 1e-9);
  const ticks: [number, string][] = [];
  for (let i = first; i <= last; i++) {
    const text = i === 0 ? "0" : `${(i * step).toFixed(decimals)} ${symbol}`;
    ticks.push([Number((i * step * unitMs).toPrecision(12)), text]);
  }
  return ticks;
}
