/**
 * How sure a figure is that was computed from rounds: by drawing rounds anew.
 *
 * Pure. A round holds one sample of each arm, taken one after another, so
 * whole rounds are drawn: what disturbed a round stays together.
 * @module
 */

import {
  createRandom,
  type Interval,
  median,
} from "../../base/statistics/mod.ts";

/** Computes a figure from the medians of all arms, and again for each draw. */
export function bootstrapRounds<T>(
  rounds: readonly (readonly number[])[],
  compute: (medians: readonly number[]) => T,
  seed = 1,
): { readonly value: T; readonly draws: readonly T[] } {
  const random = createRandom(seed);
  const arms = rounds[0]?.length ?? 0;
  const computeFrom = (chosen: readonly (readonly number[])[]) =>
    compute(
      Array.from(
        { length: arms },
        (_, arm) => median(chosen.map((row) => row[arm]!)),
      ),
    );
  const draw = () =>
    rounds.map(() => rounds[Math.floor(random() * rounds.length)]!);
  return {
    value: computeFrom(rounds),
    draws: Array.from({ length: RESAMPLES }, () => computeFrom(draw())),
  };
}

/** Gives the interval that holds 95 of 100 draws. */
export function intervalOfDraws(draws: readonly number[]): Interval {
  // No interpolation: between a number and infinity there is nothing.
  const sorted = Float64Array.from(draws).sort();
  const at = (part: number) =>
    sorted[Math.round(part * (sorted.length - 1))] as number;
  return { low: at(0.025), high: at(0.975) };
}

const RESAMPLES = 1000;
