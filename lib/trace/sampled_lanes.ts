/**
 * Ends the sampler, and tells it which of the threads that it saw is which lane.
 * @module
 */
import type { SeenThread } from "./core_guest.ts";
import type { CoreSampler } from "./core_sampler.ts";
import type { SampledThreads } from "./core_samples.ts";
import { laneOfThread, readThreadId } from "./thread_name.ts";
import { describeThrown } from "./tracer.ts";
import type { StartedProcess } from "./watched_process.ts";

/** Ends a sampler and gives what it saw; `null` if nothing, and then `missing` says why. */
export async function stopSampler(
  sampler: CoreSampler,
  processes: readonly StartedProcess[],
  missing: string[],
): Promise<SampledThreads | null> {
  const laneByPid = numberLanes(processes);
  const unnumbered = processes.filter(({ pid }) => pid === null);
  // Not always the process's first thread: `deno test` runs on another one.
  const ownTid = readThreadId();
  const laneOf = (thread: SeenThread): string | undefined => {
    if (thread.tid === ownTid) return MAIN;
    if (thread.pid === Deno.pid) return laneOfThread(thread.tid);
    // Deno hides the number of some processes: they are met in the order of starting.
    if (!laneByPid.has(thread.pid)) {
      const next = unnumbered.shift();
      if (next !== undefined) laneByPid.set(thread.pid, next.lane);
    }
    return laneByPid.get(thread.pid);
  };
  try {
    return await sampler.stop(laneOf);
  } catch (error) {
    missing.push(`Cores are missing: ${describeThrown(error)}`);
    return null;
  }
}

/** Lanes of processes whose number is known. */
export function numberLanes(
  processes: readonly StartedProcess[],
): Map<number, string> {
  return new Map(
    processes.flatMap(({ pid, lane }) => pid === null ? [] : [[pid, lane]]),
  );
}

const MAIN = "main";
