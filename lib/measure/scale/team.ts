/**
 * Runs shares of jobs, on threads that were started before or in processes.
 *
 * A share is one message there and one back, however many jobs it has. Which
 * jobs are in a share is decided in `scale_counts.ts`.
 * @module
 */

import {
  runHere,
  type TaskText,
  toModuleAddress,
} from "../../run/here/main_thread.ts";
import { runInProcess } from "../../run/process/process.ts";
import type { Task } from "../../run/task.ts";
import { pool } from "../../run/pool/pool.ts";
import { Recorder } from "../../trace/recorder.ts";

/** Arguments of some jobs. */
export type Share = readonly (readonly unknown[])[];

/** Threads, ready to compute; dispose of them. */
export interface Team extends AsyncDisposable {
  /**
   * Runs each share on a thread of its own, all at once.
   *
   * @param shares No more than there are threads.
   * @param signal Ends them, also those that compute; the promise then rejects with its reason.
   * @returns The results of each share.
   * @throws {Error} What the first job to fail threw.
   */
  run(shares: readonly Share[], signal: AbortSignal): Promise<unknown[][]>;
}

/**
 * Starts threads that wait for shares.
 *
 * @param task What the jobs call.
 * @param n How many; with 0 there is no team, and nothing starts.
 * @returns The team.
 */
export async function startTeam(task: TaskText, n: number): Promise<Team> {
  // A share travels alone: those that go together would run one after another.
  const threads = pool({ size: Math.max(1, n), batchMs: 0, name: task.name });
  if (n > 0) await threads.ready();
  const { name, source } = makeShareTask(task);
  const work: Task<[Share], unknown[]> = {
    name,
    source,
    run: (share) => runHere({ name, source }, [share]),
  };
  return {
    run: (shares, signal) =>
      Promise.all(
        shares.map((share) => threads.run(work, [share], { signal })),
      ),
    [Symbol.asyncDispose]: () => threads[Symbol.asyncDispose](),
  };
}

/**
 * Runs each share in a process of its own, started for it and ended with it.
 *
 * @param task What the jobs call.
 * @param shares The shares.
 * @param signal Ends the processes; the promise then rejects with its reason.
 * @returns The results of each share.
 * @throws {Error} What the first job to fail threw; the other processes have ended by then.
 */
export async function runInProcesses(
  task: TaskText,
  shares: readonly Share[],
  signal: AbortSignal,
): Promise<unknown[][]> {
  const shareTask = makeShareTask(task);
  const failed = new AbortController();
  const both = AbortSignal.any([signal, failed.signal]);
  const recorder = new Recorder();
  const ended = await Promise.allSettled(shares.map(async (share, index) => {
    try {
      const options = { signal: both, recorder, number: index + 1 };
      return await runInProcess<unknown[]>(shareTask, [share], options);
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  }));
  // The first to fail gave the reason for which the others were ended.
  if (failed.signal.aborted) throw failed.signal.reason;
  return ended.map((end) => (end as PromiseFulfilledResult<unknown[]>).value);
}

/** A task that runs many jobs, one after another. */
function makeShareTask({ name, source }: TaskText): TaskText {
  return {
    name,
    source: `import makeTask from ${JSON.stringify(toModuleAddress(source))};
export default (wait, each) => {
  const run = makeTask(wait, each);
  return async (share) => {
    const results = [];
    for (const args of share) results.push(await run(...args));
    return results;
  };
};
`,
  };
}
