/**
 * The four ways to run several jobs of JavaScript, side by side in one table.
 *
 * Those of Python are in `lib/measure/compare/python_arms.ts`.
 *
 * Starting Workers and processes is part of a run, as it is for whoever uses
 * them; it shows as `starting` spans.
 * @module
 */

import type { Recorder } from "../../trace/recorder.ts";
import type { Model, PythonModel } from "../../base/record/mod.ts";
import { watchThread } from "../../run/guest.ts";
import {
  loadTask,
  runWatched,
  type TaskText,
} from "../../run/here/main_thread.ts";
import { runInProcess } from "../../run/process/process.ts";
import { type RemoteJobOptions, runInWorker } from "../../run/worker/worker.ts";

/** What a run of all jobs takes besides the jobs. */
export interface RunOptions {
  /**
   * Ends the run; its promise then rejects with the signal's reason. Code that
   * computes on this thread cannot be ended: it is seen when that code awaits.
   */
  readonly signal: AbortSignal;
  /** Gets the spans of all jobs. */
  readonly recorder: Recorder;
}

/**
 * Runs a task once for each input.
 *
 * @param task The task.
 * @param inputs The arguments of each job.
 * @param options Signal and recorder.
 * @returns What the jobs returned, in the order of the inputs.
 * @throws {Error} What the first job to fail threw; the other jobs have ended by then.
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
      const lane = {
        lane: "main",
        kind: "main",
        label: `job ${index + 1}`,
      } as const;
      const job = runWatched(makeTask, args, {
        watch: watchJob(),
        recorder,
        lane,
      });
      results.push(await orAbort(job, signal));
    }
    return results;
  },

  async: async (task, inputs, { signal, recorder }) => {
    signal.throwIfAborted();
    const makeTask = await loadTask(task);
    const watchJob = watchThread();
    const jobs = inputs.map((args, index) => {
      const name = `job ${index + 1}`;
      const lane = { lane: name, kind: "task", label: name } as const;
      return runWatched(makeTask, args, { watch: watchJob(), recorder, lane });
    });
    return await orAbort(Promise.all(jobs), signal);
  },

  workers: (task, inputs, options) =>
    runRemotely(runInWorker, task, inputs, options),
  processes: (task, inputs, options) =>
    runRemotely(runInProcess, task, inputs, options),
};

type RunRemoteJob = (
  task: TaskText,
  args: readonly unknown[],
  options: RemoteJobOptions,
) => Promise<unknown>;

/** Runs all jobs at once; when one fails, ends the others before it says so. */
async function runRemotely(
  runJob: RunRemoteJob,
  task: TaskText,
  inputs: readonly (readonly unknown[])[],
  { signal, recorder }: RunOptions,
): Promise<unknown[]> {
  const failed = new AbortController();
  const both = AbortSignal.any([signal, failed.signal]);
  let failure: { readonly error: unknown } | null = null;
  const results = await Promise.all(inputs.map(async (args, index) => {
    try {
      return await runJob(task, args, {
        signal: both,
        recorder,
        number: index + 1,
      });
    } catch (error) {
      failure ??= { error };
      failed.abort();
    }
  }));
  if (failure !== null) throw (failure as { error: unknown }).error;
  return results;
}

/** Waits for work that cannot be ended, but no longer than until the signal. */
async function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  // Aborted before we listened: no event comes any more.
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
