/**
 * `compare`: the same jobs run in several ways, measured, and shown.
 *
 * Joins the measuring in `lib/parallel/` with the picture in `lib/plot/`.
 * @module
 */
import { DISPLAY, type Displayable } from "./display.ts";
import { type CompareOptions, measureComparison } from "./parallel/compare.ts";
import type { Comparison } from "./parallel/comparison.ts";
import type { Task } from "./parallel/task.ts";
import { showComparison } from "./plot/comparison.ts";

/** A comparison that a notebook shows as a figure. */
export type ShownComparison = Comparison & Displayable;

/**
 * Runs the same jobs one after another, with async/await, in Workers and in
 * subprocesses, and shows which was faster and why.
 *
 * Units: milliseconds of wall time from the first start to the last result;
 * starting Workers and subprocesses is part of it.
 *
 * @example Two jobs, two ways
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const double = (x: number) => 2 * x;
 * const comparison = await compare(double, {
 *   inputs: [1, 2],
 *   models: ["sequential", "async"],
 *   samples: 3,
 * });
 * assert.deepEqual(comparison.results[1]!.results, [2, 4]);
 * ```
 *
 * @typeParam Args What the work is called with.
 * @typeParam R What it gives.
 * @param work A function that needs nothing from outside, or a task made of one.
 * @param options The inputs, one a job, and how to measure.
 * @returns All that was measured; as a cell's value it is a figure.
 * @throws {TypeError} If the work uses a variable from outside.
 * @throws {RangeError} If an option is out of range.
 * @throws {Error} If a job fails, or the models give different results.
 */
export async function compare<Args extends unknown[], R>(
  work: Task<Args, R> | ((...args: Args) => R | Promise<R>),
  options: CompareOptions<Args>,
): Promise<ShownComparison> {
  const comparison = await measureComparison(work, options);
  const shown = showComparison(comparison);
  // Hidden from the console, which should print the figures only.
  return Object.defineProperty({ ...comparison }, DISPLAY, {
    value: shown[DISPLAY],
  }) as ShownComparison;
}
