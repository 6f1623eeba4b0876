/**
 * `crossover`: from which task size on Workers and processes pay.
 *
 * The front: options, results and documentation.
 * @module
 */
import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { SpeedUp, Summary } from "../../base/record/mod.ts";
import type { Task } from "../../run/mod.ts";
import type { CrossingFit } from "../fit/crossing.ts";
import type { RoundOptions } from "../options.ts";
import type { Circumstances } from "../scaffold.ts";

/**
 * A way to run tasks that costs something before it gains anything.
 *
 * - `pool`: in Workers that were started before and wait for tasks.
 * - `workers`: each in a Worker of its own, started for it.
 * - `processes`: each in a subprocess of its own, started for it.
 */
export type CrossoverModel = "pool" | "workers" | "processes";

/** A task size. */
export interface CrossoverSize {
  /** What the work was called with. */
  readonly size: number;
  /** How long one task took by itself, milliseconds: the median. */
  readonly taskMs: number;
  /** All tasks, one after another. */
  readonly sequential: Summary;
}

/** What a model did with tasks of one size. */
export interface CrossoverPoint {
  /** What the work was called with. */
  readonly size: number;
  /** How long one task took by itself, milliseconds. */
  readonly taskMs: number;
  /** Wall times of all tasks, one for each round; small ones are means of several runs. */
  readonly samplesMs: readonly number[];
  /** Against one after another. */
  readonly speedup: SpeedUp;
}

/** What a model did with all sizes. */
export interface CrossoverCurve {
  /** The model. */
  readonly model: CrossoverModel;
  /** One entry a size, shortest task first. */
  readonly points: readonly CrossoverPoint[];
  /** From which task on it pays; `size` is the task's own time in milliseconds. */
  readonly crossing: CrossingFit;
}

/** From which task size on models pay, as plain values. */
export interface Crossover extends Circumstances<"crossover"> {
  /** How many tasks were run at a time. */
  readonly jobs: number;
  /** The sizes, shortest task first. */
  readonly sizes: readonly CrossoverSize[];
  /** One entry a model that ran. */
  readonly curves: readonly CrossoverCurve[];
}

/** A crossover that a notebook shows as a figure. */
export type ShownCrossover = Crossover & Displayable;

/** How a crossover is measured. */
export interface CrossoverOptions extends RoundOptions {
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
  /** Rounds, 3 or more; in each, every model runs every size. @default 7 */
  readonly samples?: number;
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
