/**
 * How tasks of one size are run, in each way and one after another.
 * @module
 */
import {
  loadTask,
  runInProcess,
  runInWorker,
  type TaskText,
} from "../../run/mod.ts";
import { orAbort, runAtOnce, startTeam } from "../jobs.ts";
import type { CrossoverModel } from "./crossover.ts";

/** Runs some tasks of one size, and settles when all are done. */
export type RunTasks = (size: number, signal: AbortSignal) => Promise<unknown>;

/** All ways to run tasks; dispose of them. */
export interface Ways extends AsyncDisposable {
  /** By model; `sequential` is on this thread. */
  readonly run: Readonly<Record<CrossoverModel | "sequential", RunTasks>>;
}

/** Makes all ways; starts the Workers of the pool if that is wanted. */
export async function openWays(
  task: TaskText,
  jobs: number,
  models: readonly CrossoverModel[],
): Promise<Ways> {
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
        runAtOnce(numbers, (_, own) => runInWorker(task, [size], own), {
          signal,
        }),
      processes: (size, signal) =>
        runAtOnce(numbers, (_, own) => runInProcess(task, [size], own), {
          signal,
        }),
    },
    [Symbol.asyncDispose]: () => team[Symbol.asyncDispose](),
  };
}
