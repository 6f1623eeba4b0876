/**
 * `scale`: the same work split over more and more Workers.
 *
 * The front: options and documentation.
 * @module
 */

import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { Task } from "../../run/mod.ts";
import type { ScaleModel, Scaling } from "./result.ts";

/** Scaling that a notebook shows as a figure. */
export type ShownScaling = Scaling & Displayable;

/**
 * How scaling is measured.
 *
 * @typeParam Args What the work is called with.
 */
export interface ScaleOptions<Args extends unknown[]> {
  /**
   * One job for each, as for `compare()`. A multiple of all `n` splits evenly.
   * @default as many as `jobs`, numbered from 0
   */
  readonly inputs?: readonly (Args | Exclude<Args[0], readonly unknown[]>)[];
  /**
   * How many jobs, where there are no `inputs`; each is called with its number.
   * @default 12
   */
  readonly jobs?: number;
  /**
   * Numbers of Workers; 1 is always among them.
   * @default 1, 2, … and some past the cores
   */
  readonly n?: readonly number[];
  /**
   * What the jobs are split over.
   * @default "workers"
   */
  readonly model?: ScaleModel;
  /**
   * Timed rounds; in each, every number has its turn. At least 3.
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
 * Splits the same jobs over 1, 2, 3 … Workers, and shows how much faster more
 * of them are, up to the number of cores and past it.
 *
 * The jobs must be counted work, such as "test 10 000 numbers", not "compute for
 * 10 ms": the latter takes as long however many share a core.
 *
 * Units: milliseconds of wall time from handing out all jobs until the last
 * result is there. Workers are started and warm before; processes are not.
 *
 * @example Four jobs over one Worker and two
 * ```ts
 * import assert from "node:assert/strict";
 * const sum = (limit: number) => {
 *   let sum = 0;
 *   for (let i = 0; i < limit; i++) sum += i;
 *   return sum;
 * };
 * const { points, results } = await scale(sum, {
 *   inputs: [1e4, 1e4, 1e4, 1e4],
 *   n: [1, 2],
 *   samples: 3,
 * });
 * assert.deepEqual(points.map(({ n }) => n), [1, 2]);
 * assert.equal(results[0], 49995000);
 * ```
 *
 * @typeParam Args What the work is called with.
 * @typeParam R What it gives.
 * @param work A function that needs nothing from outside, or a task made of one.
 * @param options Jobs, numbers of Workers, and how to measure.
 * @returns All that was measured; as a cell's value it is a figure.
 * @throws {TypeError} If the work uses a variable from outside, or an option has the wrong type or is
 * unknown.
 * @throws {RangeError} If an option is out of range, or time was too short.
 * @throws {Error} If a job fails, or processes are not permitted.
 */
export async function scale<Args extends unknown[], R>(
  work: Task<Args, R> | ((...args: Args) => R | Promise<R>),
  options: ScaleOptions<Args> = {},
): Promise<ShownScaling> {
  const { measureScaling } = await import("./engine.ts");
  return addDisplay(await measureScaling(work, options), async (found) => {
    const { speedUpFigure } = await import("./figure.ts");
    return speedUpFigure(found);
  });
}
