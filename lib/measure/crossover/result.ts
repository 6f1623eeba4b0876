/**
 * What measuring a crossover yields: from which task size on a model pays. Pure:
 * types only.
 * @module
 */

import type { SpeedUp, Summary } from "../../base/record/mod.ts";
import type { CrossingFit } from "../fit/crossing.ts";
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
