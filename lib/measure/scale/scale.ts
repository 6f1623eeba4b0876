/**
 * `scale`: the same work split over more and more Workers.
 *
 * The front: options, results and documentation.
 * @module
 */
import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { SpeedUp, Summary } from "../../base/record/mod.ts";
import type { Task } from "../../run/mod.ts";
import type { RoundOptions } from "../options.ts";
import type { Circumstances } from "../scaffold.ts";

/** What the work is split over. */
export type ScaleModel = "workers" | "processes";

/** A part of the whole with its 95 % interval. */
export interface Part {
  /** The part; 0.1 is a tenth. */
  readonly part: number;
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
}

/** What one number of Workers did. */
export interface ScalePoint {
  /** How many Workers or processes. */
  readonly n: number;
  /** Wall times of the whole work, one for each round, in the order taken; none left out. */
  readonly samplesMs: readonly number[];
  /** The samples described. */
  readonly summary: Summary;
  /** Against one Worker. */
  readonly speedup: SpeedUp;
  /** The largest speed-up there can be, see `idealSpeedUp()`. */
  readonly ideal: number;
  /** The part that this point by itself would call serial (Karp and Flatt); `null` for one Worker. */
  readonly karpFlatt: Part | null;
  /** Whether there are more Workers than cores. */
  readonly beyondCores: boolean;
}

/** How work scales, as plain values. */
export interface Scaling extends Circumstances<"scaling"> {
  /** What the work was split over. */
  readonly model: ScaleModel;
  /** How many jobs the whole work is. */
  readonly jobs: number;
  /** Cores that may be used: a quota counts, also a part of a core. */
  readonly cores: number;
  /** One entry a number of Workers, rising. */
  readonly points: readonly ScalePoint[];
  /** Serial part by Amdahl's law over points at or below the cores; `null` if there is none. */
  readonly amdahl: Part | null;
  /**
   * Which part of its time the work was on a core with one Worker, 0 to 1; `null` if unknown,
   * absent where it was not measured.
   */
  readonly cpuShare?: number | null;
  /** What the jobs returned, in their order. */
  readonly results: readonly unknown[];
}

/** Scaling that a notebook shows as a figure. */
export type ShownScaling = Scaling & Displayable;

/**
 * How scaling is measured.
 *
 * @typeParam Args What the work is called with.
 */
export interface ScaleOptions<Args extends unknown[]> extends RoundOptions {
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
  /** Rounds, 3 or more; in each, every number has its turn. @default 7 */
  readonly samples?: number;
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
