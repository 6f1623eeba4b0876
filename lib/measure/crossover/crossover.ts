/**
 * `crossover`: from which task size on Workers and processes pay.
 *
 * The front: options and documentation.
 * @module
 */

import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { Task } from "../../run/mod.ts";
import type { Crossover, CrossoverModel } from "./result.ts";

/** A crossover that a notebook shows as a figure. */
export type ShownCrossover = Crossover & Displayable;

/** How a crossover is measured. */
export interface CrossoverOptions {
  /** What the work is called with: numbers that make it compute longer and longer. */
  readonly sizes: readonly number[];
  /**
   * Which models run.
   * @default all three; `processes` only where they are permitted
   */
  readonly models?: readonly CrossoverModel[];
  /**
   * How many tasks at a time.
   * @default as many as cores, 2 to 8
   */
  readonly jobs?: number;
  /**
   * Timed rounds; in each, every model runs every size. At least 3.
   * @default 7
   */
  readonly samples?: number;
  /**
   * Heading of the figure.
   * @default the name of the work, if it has one
   */
  readonly title?: string;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /**
   * How long it may take, milliseconds. With 3 rounds or more done by then,
   * those are what counts; else it is an error.
   * @default 60000
   */
  readonly maxMs?: number;
  /**
   * Decides the order within each round, and the resampling.
   * @default 1
   */
  readonly seed?: number;
}

/**
 * Runs a few tasks of growing size, one after another and in several at once,
 * and shows from which size on the second is faster.
 *
 * Units: milliseconds; a task's size on the axis is the time it takes by itself.
 *
 * @example Two sizes
 * ```ts
 * import assert from "node:assert/strict";
 * const sum = (limit: number) => {
 *   let sum = 0;
 *   for (let i = 0; i < limit; i++) sum += i;
 *   return sum;
 * };
 * const { curves } = await crossover(sum, { sizes: [10, 1e4], models: ["pool"], samples: 3 });
 * assert.equal(curves[0]!.points.length, 2);
 * ```
 *
 * @typeParam R What the work gives.
 * @param work A function of a number that needs nothing from outside, or a task made of one.
 * @param options Sizes, models, and how to measure.
 * @returns All that was measured; as a cell's value it is a figure.
 * @throws {TypeError} If the work uses a variable from outside, or an option has the wrong type or is
 * unknown.
 * @throws {RangeError} If an option is out of range, or time was too short.
 * @throws {Error} If a task fails.
 */
export async function crossover<R>(
  work: Task<[size: number], R> | ((size: number) => R | Promise<R>),
  options: CrossoverOptions,
): Promise<ShownCrossover> {
  const { measureCrossover } = await import("./engine.ts");
  return addDisplay(await measureCrossover(work, options), async (found) => {
    const { crossoverFigure } = await import("./figure.ts");
    return crossoverFigure(found);
  });
}
