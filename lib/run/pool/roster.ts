/**
 * Which threads of pools live, and what each has to do: for those who ask
 * without a trace.
 * @module
 */
import { toLane } from "../../trace/mod.ts";
import type { Thread } from "./thread.ts";

export interface PoolThread {
  readonly lane: string;
  readonly doing: string;
}

export function listPoolThreads(): readonly PoolThread[] {
  return [...living].sort((one, other) => one.number - other.number)
    .map((thread) => ({
      lane: toLane(thread.number),
      doing: describe(thread),
    }));
}

export function enlist(thread: Thread): void {
  living.add(thread);
}

export function discharge(thread: Thread): void {
  living.delete(thread);
}

function describe({ isReady, jobs }: Thread): string {
  const [job, ...others] = jobs;
  if (!isReady) return "starts";
  if (job === undefined) return "has no job";
  const more = others.length === 0 ? "" : `, ${others.length} more wait for it`;
  return `runs job ${job.code.name}${more}`;
}

const living = new Set<Thread>();
