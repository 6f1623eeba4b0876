/**
 * What `race.replay()` does, loaded when it is first called.
 *
 * What it is called with is described in `lib/race.ts`; the walk itself is in
 * `replay.ts`, the real threads are in `threads.ts`.
 * @module
 */

import { hasWorkers } from "../platform/mod.ts";
import { checkReplay } from "./checks.ts";
import { loadThreads, type RaceProgram, readProgram } from "./program.ts";
import { replayHere, type Walk } from "./replay.ts";
import type { RaceRun } from "./result.ts";
import { readSchedule } from "./schedule_text.ts";

/** How a schedule is replayed. */
export interface ReplayOptions {
  /** Whether it runs on real threads; asynchronous functions never do. @default true */
  readonly workers?: boolean;
  /** Turns after which it is taken to go on for ever. @default 1000 */
  readonly maxTurns?: number;
  /** Ends replaying; its promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Runs one schedule here, and then on real threads. */
export async function replaySchedule<S extends object>(
  program: RaceProgram<S>,
  schedule: string,
  options: ReplayOptions,
): Promise<RaceRun> {
  checkReplay(schedule, options);
  const { workers = true, maxTurns = 1000, signal } = options;
  signal?.throwIfAborted();
  const plan = await readProgram(program);
  const walk: Walk = { plan, makers: await loadThreads(plan), maxTurns };
  const { length } = plan.threads;
  const here = await replayHere(walk, readSchedule(schedule, length));
  const isReal = workers && plan.kind === "threads" &&
    hasWorkers();
  const run: RaceRun = { ...here, ranOn: isReal ? "workers" : "one thread" };
  if (isReal) {
    const { openTeam } = await import("./threads.ts");
    await using team = await openTeam(walk, signal);
    const difference = await team.run(readSchedule(here.schedule, length));
    if (difference !== null) {
      throw new Error(
        `Cannot replay "${here.schedule}" on real threads: ${difference}, ` +
          `expected the same steps as before: no chance, no clock, no outside events`,
      );
    }
  }
  return run;
}
