/**
 * The four ways to run several jobs of JavaScript; those of Python are in `python.ts`.
 *
 * Starting Workers and processes is part of a run, as it is for whoever uses
 * them; it shows as `starting` spans.
 * @module
 */
import type { Recorder } from "../../trace/mod.ts";
import {
  loadTask,
  runInProcess,
  runInWorker,
  runWatched,
  type TaskText,
  watchThread,
} from "../../run/mod.ts";
import type { Model, PythonModel } from "../../base/record/mod.ts";
import { orAbort, runAtOnce } from "../jobs.ts";

/** What a run of all jobs takes besides the jobs. */
export interface RunOptions {
  /**
   * Ends the run; its promise then rejects with the signal's reason. Code that
   * computes on this thread cannot be ended: it is seen when that code awaits.
   */
  readonly signal: AbortSignal;
  readonly recorder: Recorder;
}

/**
 * Runs a task once for each input, and gives what the jobs returned in the order
 * of the inputs. When one fails, the others have ended by the time it rejects.
 */
export type RunModel = (
  task: TaskText,
  inputs: readonly (readonly unknown[])[],
  options: RunOptions,
) => Promise<unknown[]>;

/** A model that runs JavaScript. */
export type OwnModel = Exclude<Model, PythonModel>;

/** All of them, in the order in which they are shown. */
export const OWN_MODELS: readonly OwnModel[] = [
  "sequential",
  "async",
  "workers",
  "processes",
];

/** How each model runs jobs. */
export const MODELS: Readonly<Record<OwnModel, RunModel>> = {
  sequential: async (task, inputs, { signal, recorder }) => {
    const makeTask = await loadTask(task);
    const watchJob = watchThread();
    const results: unknown[] = [];
    for (const [index, args] of inputs.entries()) {
      signal.throwIfAborted();
      const label = `job ${index + 1}`;
      const lane = { lane: "main", kind: "main", label } as const;
      const watched = { watch: watchJob(), recorder, lane };
      results.push(await orAbort(runWatched(makeTask, args, watched), signal));
    }
    return results;
  },

  async: async (task, inputs, { signal, recorder }) => {
    signal.throwIfAborted();
    const makeTask = await loadTask(task);
    const watchJob = watchThread();
    const jobs = inputs.map((args, index) => {
      const label = `job ${index + 1}`;
      const lane = { lane: label, kind: "task", label } as const;
      return runWatched(makeTask, args, { watch: watchJob(), recorder, lane });
    });
    return await orAbort(Promise.all(jobs), signal);
  },

  workers: (task, inputs, options) =>
    runAtOnce(inputs, (args, own) => runInWorker(task, args, own), options),
  processes: (task, inputs, options) =>
    runAtOnce(inputs, (args, own) => runInProcess(task, args, own), options),
};
