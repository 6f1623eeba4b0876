/**
 * How tasks of one size are run, by each model and one after another.
 *
 * @module
 */

import { loadTask, type TaskText } from "../../run/here/main_thread.ts";
import { runInProcess } from "../../run/process/process.ts";
import { type RemoteJobOptions, runInWorker } from "../../run/worker/worker.ts";
import { Recorder } from "../../trace/recorder.ts";
import type { CrossoverModel } from "./result.ts";
import { startTeam } from "../scale/team.ts";

/** Runs some tasks of one size, and settles when all are done. */
export type RunTasks = (size: number, signal: AbortSignal) => Promise<unknown>;

/** All ways to run tasks; dispose of them. */
export interface Runners extends AsyncDisposable {
  /** By model; `sequential` is on this thread. */
  readonly run: Readonly<Record<CrossoverModel | "sequential", RunTasks>>;
}

/**
 * Makes all ways to run tasks; starts the Workers of the pool if it is wanted.
 *
 * @param task What the tasks call.
 * @param jobs How many tasks a time.
 * @param models Which models are used.
 * @returns The ways.
 */
export async function startRunners(
  task: TaskText,
  jobs: number,
  models: readonly CrossoverModel[],
): Promise<Runners> {
  const makeTask = await loadTask(task);
  // Unwatched: what watching costs would be most of a small task.
  const run = makeTask(
    (value) => Promise.resolve(value),
    (iterable) => iterable,
  );
  const team = await startTeam(task, models.includes("pool") ? jobs : 0);
  const numbers = Array.from({ length: jobs }, (_, index) => index + 1);
  return {
    run: {
      async sequential(size, signal) {
        for (const _ of numbers) {
          signal.throwIfAborted();
          const returned = run(size);
          // Most tasks compute: waiting a turn for nothing would be counted as theirs.
          if (returned instanceof Promise) await orAbort(returned, signal);
        }
      },
      pool: (size, signal) => team.run(numbers.map(() => [[size]]), signal),
      workers: (size, signal) =>
        runAll(
          (options) => runInWorker(task, [size], options),
          numbers,
          signal,
        ),
      processes: (size, signal) =>
        runAll(
          (options) => runInProcess(task, [size], options),
          numbers,
          signal,
        ),
    },
    [Symbol.asyncDispose]: () => team[Symbol.asyncDispose](),
  };
}

/** Waits for all, also when one fails: then the others are ended first. */
async function runAll(
  runOne: (options: RemoteJobOptions) => Promise<unknown>,
  numbers: readonly number[],
  signal: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const both = AbortSignal.any([signal, failed.signal]);
  const recorder = new Recorder();
  await Promise.allSettled(
    numbers.map((number) =>
      runOne({ signal: both, recorder, number }).catch((error) =>
        failed.abort(error)
      )
    ),
  );
  if (failed.signal.aborted) throw failed.signal.reason;
}

/** Waits for what cannot be ended, but no longer than until the signal. */
async function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
