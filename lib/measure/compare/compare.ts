/**
 * `compare`: the same jobs run in several ways, measured, and shown.
 *
 * The front: options and documentation.
 * @module
 */
import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { Comparison, Model } from "../../base/record/mod.ts";
import type { Task } from "../../run/mod.ts";
import type { RoundOptions } from "../options.ts";

/** A comparison that a notebook shows as a figure. */
export type ShownComparison = Comparison & Displayable;

/** Python code beside the work of a comparison. */
export interface PythonWork {
  /** Code that defines the function. */
  readonly code: string;
  /**
   * Name or path of the interpreter, such as `python3.13t`.
   * @default the first of the usual names that is CPython 3.9 or newer
   */
  readonly python?: string;
}

/**
 * How jobs are compared.
 *
 * @typeParam Args What the work is called with.
 */
export interface CompareOptions<Args extends unknown[]> extends RoundOptions {
  /**
   * One job for each. An array is the list of arguments; anything else is the
   * only argument. So an array as the only argument is written `[[1, 2, 3]]`.
   */
  readonly inputs: readonly (Args | Exclude<Args[0], readonly unknown[]>)[];
  /**
   * Which models run.
   * @default the four of JavaScript, and with `python` the five of Python too
   */
  readonly models?: readonly Model[];
  /**
   * Python code that defines the same function for the Python models: one of the
   * work's name, or else the last it defines; `def` or `async def`.
   * @default no Python
   */
  readonly python?: string | PythonWork;
  /**
   * Rounds, 3 or more; in each, every model runs all jobs once.
   * @default 6, the fewest whose medians have a 95 % interval
   */
  readonly samples?: number;
  /**
   * Speed-ups that the learner predicts, each against `sequential`; of Python's
   * models against `python-sequential`.
   */
  readonly prediction?: Readonly<Partial<Record<Model, number>>>;
  /** Ends it: Workers and processes at once, this thread at its next `await`. */
  readonly signal?: AbortSignal;
}

/**
 * Runs the same jobs in up to nine ways, and shows which was faster and why.
 *
 * In JavaScript: `sequential`, one after another; `async`, together on one
 * thread; `workers`, a Worker each; `processes`, a subprocess each. With paired
 * Python code, given as `python`, also `python-sequential`, `python-threads`,
 * `python-asyncio`, `python-processes` and `python-subinterpreters`, where this
 * machine's CPython has them. The ways take turns, in random order within each
 * round, and must all give the same values.
 *
 * Units: milliseconds of wall time from the first start to the last result;
 * starting Workers and subprocesses is part of it, starting Python is not.
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
 * @throws {TypeError} If an option has the wrong type or is unknown, the work uses a variable from
 * outside, the ways give different values, or one of Python is asked for without Python code.
 * @throws {RangeError} If an option is out of range, or none of the ways can run.
 * @throws {PythonError} If the Python code raises.
 * @throws {Error} If a job fails.
 */
export async function compare<Args extends unknown[], R>(
  work: Task<Args, R> | ((...args: Args) => R | Promise<R>),
  options: CompareOptions<Args>,
): Promise<ShownComparison> {
  const { measureComparison } = await import("./engine.ts");
  return addDisplay(
    await measureComparison(work, options),
    async (comparison) => {
      const { comparisonFigure } = await import("./figure.ts");
      return comparisonFigure(comparison);
    },
  );
}
