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

/** How rounds are drawn. */
export interface RoundsOptions {
  /** What chance comes from. @default 1 */
  readonly seed?: number;
  /** How often. @default 1000 */
  readonly resamples?: number;
}

/**
 * A figure and what it would have been with other rounds.
 *
 * @typeParam T The figure.
 */
export interface Bootstrap<T> {
  /** From the rounds as they are. */
  readonly value: T;
  /** From each draw. */
  readonly draws: readonly T[];
}

/**
 * Computes a figure from the medians of all arms, and again for each draw.
 *
 * @example The ratio of two arms
 * ```ts
 * import assert from "node:assert/strict";
 * const rounds = [[20, 10], [22, 11], [18, 9]];
 * const { value, draws } = bootstrapRounds(rounds, ([one, other]) => one! / other!);
 * assert.equal(value, 2);
 * assert.equal(draws.length, 1000);
 * ```
 *
 * @typeParam T The figure.
 * @param rounds A row a round, a column an arm; at least one row.
 * @param compute Gets one median for each arm.
 * @param options Seed and number of draws.
 * @returns The figure, and its draws.
 */
export function bootstrapRounds<T>(
  rounds: readonly (readonly number[])[],
  compute: (medians: readonly number[]) => T,
  options: RoundsOptions = {},
): Bootstrap<T> {
  const { seed = 1, resamples = 1000 } = options;
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
    draws: Array.from({ length: resamples }, () => computeFrom(draw())),
  };
}

/**
 * Gives the interval that holds 95 of 100 draws.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const draws = Array.from({ length: 1001 }, (_, index) => index);
 * assert.deepEqual(intervalOfDraws(draws), { low: 25, high: 975 });
 * ```
 *
 * @param draws At least one number; infinite ones may be among them.
 * @returns The interval; an end is infinite if so many draws are.
 */
export function intervalOfDraws(draws: readonly number[]): Interval {
  // No interpolation: between a number and infinity there is nothing.
  const sorted = Float64Array.from(draws).sort();
  const at = (part: number) =>
    sorted[Math.round(part * (sorted.length - 1))] as number;
  return { low: at(0.025), high: at(0.975) };
}
