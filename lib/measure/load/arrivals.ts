/**
 * When requests arrive: evenly, or by chance.
 *
 * Pure; chance comes from a seed.
 * @module
 */

import { createRandom } from "../../base/statistics/mod.ts";

/** How requests arrive. */
export interface ArrivalOptions {
  /** How many each second, on average. */
  readonly ratePerS: number;
  /** For how long, milliseconds. */
  readonly durationMs: number;
  /** One by one at equal distances, or independently of one another. */
  readonly arrivals: "poisson" | "even";
  /** What chance is drawn from. */
  readonly seed: number;
}

/**
 * Plans when requests are due.
 *
 * Units: milliseconds since the start.
 */
export function planArrivals(options: ArrivalOptions): readonly number[] {
  const { ratePerS, durationMs, arrivals, seed } = options;
  const gapMs = 1000 / ratePerS;
  if (arrivals === "even") {
    const count = Math.ceil(durationMs / gapMs - 1e-9);
    return Array.from({ length: count }, (_, index) => index * gapMs);
  }
  const random = createRandom(seed);
  const plan: number[] = [];
  // Independent arrivals: the time to the next is exponential, whatever came before.
  let atMs = -Math.log(1 - random()) * gapMs;
  while (atMs < durationMs) {
    plan.push(atMs);
    atMs -= Math.log(1 - random()) * gapMs;
  }
  return plan;
}
