/**
 * What comparing concurrency models yields: the same jobs, run in several ways.
 *
 * Pure: types, and which models there are. `compare.ts` measures them.
 * @module
 */

import type { HonestyStamp } from "../stamp/honesty.ts";
import type { Span } from "./span.ts";

/**
 * A way to run several jobs.
 *
 * - `sequential`: one after another on the main thread.
 * - `async`: all started at once on the main thread, awaited together.
 * - `workers`: each in a Web Worker of its own.
 * - `processes`: each in a subprocess of its own.
 *
 * Those of Python are in {@link PythonModel}.
 */
export type Model =
  | "sequential"
  | "async"
  | "workers"
  | "processes"
  | PythonModel;

/**
 * A way to run the paired Python function for several jobs, in one interpreter
 * that is there before time counts.
 *
 * - `python-sequential`: one after another on its main thread.
 * - `python-threads`: each in a thread of its own, by `threading`.
 * - `python-asyncio`: all in one event loop, gathered.
 * - `python-processes`: each in a process of its own, by `multiprocessing`.
 * - `python-subinterpreters`: each in an interpreter of its own, on a thread of
 *   its own; from Python 3.12 on.
 */
export type PythonModel =
  | "python-sequential"
  | "python-threads"
  | "python-asyncio"
  | "python-processes"
  | "python-subinterpreters";

/**
 * The middle and the spread of a set of samples.
 *
 * Units: milliseconds; `count` is a number of samples.
 */
export interface Summary {
  /** The middle sample: half took longer. */
  readonly medianMs: number;
  /** Lower end of the 95 % interval of the median; of fewer than six samples, the shortest. */
  readonly lowMs: number;
  /** Upper end; of fewer than six samples, the longest. */
  readonly highMs: number;
  /** A quarter of the samples is below it. */
  readonly q1Ms: number;
  /** A quarter of the samples is above it. */
  readonly q3Ms: number;
  /** The shortest sample. */
  readonly minMs: number;
  /** The longest sample. */
  readonly maxMs: number;
  /** How many samples there are. */
  readonly count: number;
}

/**
 * How many times faster a model was than one after another in its own language:
 * than `sequential`, or `python-sequential`.
 *
 * Units: a ratio; 2 is twice as fast, 0.5 half as fast.
 */
export interface SpeedUp {
  /** Median of the baseline divided by the median of the model. */
  readonly ratio: number;
  /** Lower end of the 95 % interval of the ratio. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
  /**
   * Whether the samples show a difference: the interval does not span 1, and
   * the ratio is at least 2 % away from 1.
   */
  readonly shown: boolean;
}

/** What one model did with the jobs. */
export interface ModelResult {
  /** The model. */
  readonly model: Model;
  /** Wall times of all jobs together, one for each timed round, in the order taken; none left out. */
  readonly samplesMs: readonly number[];
  /** The samples described. */
  readonly summary: Summary;
  /**
   * The model against `sequential`, and one of Python against
   * `python-sequential`; `null` where that was not run.
   */
  readonly speedup: SpeedUp | null;
  /** What happened in the round nearest the median; times count from that round's start. */
  readonly spans: readonly Span[];
  /** What the jobs returned, in the order of the inputs. */
  readonly results: readonly unknown[];
  /**
   * Which part of its time a job's thread was on a core, 0 to 1; `null` if
   * unknown. Measured for `sequential`, `async` and Python; absent elsewhere.
   */
  readonly cpuShare?: number | null;
}

/** The interpreter that ran the Python models. */
export interface PythonFacts {
  /** Its version, such as `3.13.1`. */
  readonly version: string;
  /** What kind of Python it is, such as `CPython`. */
  readonly implementation: string;
  /** Whether a global interpreter lock was on. */
  readonly gil: boolean;
  /** Whether it was built to run without that lock. */
  readonly freeThreaded: boolean;
  /** How long it took to start, milliseconds; part of no sample. */
  readonly startMs: number;
  /** How `multiprocessing` made processes: `fork`, `spawn` or `forkserver`. */
  readonly startMethod: string;
  /** Whether the function is an `async def`. */
  readonly isAsync: boolean;
}

/** Everything that a comparison found, as plain values. */
export interface Comparison {
  /** Which measurement it is of. */
  readonly type: "comparison";
  /** What was compared, for a heading. */
  readonly title: string;
  /** How many jobs each model ran. */
  readonly jobs: number;
  /**
   * One entry a model that ran, in the order `sequential`, `async`, `workers`,
   * `processes`, and then those of Python in the order of {@link PythonModel}.
   */
  readonly results: readonly ModelResult[];
  /** The circumstances. */
  readonly stamp: HonestyStamp;
  /** The interpreter of the Python models; absent where none ran. */
  readonly python?: PythonFacts;
  /** Speed-ups the learner predicted; `null` if none were. */
  readonly prediction: Readonly<Partial<Record<Model, number>>> | null;
  /** Short sentences with measured numbers that say what the figure shows. */
  readonly findings: readonly string[];
}

/** All models of Python, in the order in which they are shown. */
export const PYTHON_MODELS: readonly PythonModel[] = [
  "python-sequential",
  "python-threads",
  "python-asyncio",
  "python-processes",
  "python-subinterpreters",
];

/** Tells which model a model's speed-up is against: one after another, in its own language. */
export function baselineOf(model: Model): "sequential" | "python-sequential" {
  return isPythonModel(model) ? "python-sequential" : "sequential";
}

/** Tells whether a model runs Python. */
export function isPythonModel(model: Model): model is PythonModel {
  return (PYTHON_MODELS as readonly Model[]).includes(model);
}
