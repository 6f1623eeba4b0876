/**
 * How many jobs go to a thread in one message.
 *
 * Pure. A message costs 10 to 70 µs however little it carries, so a job of 1 µs
 * should not travel alone. But jobs in one message wait for each other, so
 * there is never more in it than a little work, and never so much that another
 * thread goes without.
 * @module
 */
import { type Job, mayShareMessage } from "./job.ts";
import type { Queue } from "./queue.ts";
import type { PoolSettings } from "./stats.ts";

export interface BatchSituation {
  /** Jobs that wait, the next one included. */
  readonly queued: number;
  /** Threads that take from the same queue. */
  readonly threads: number;
  /** How long one job takes, as far as is known; `null` before the first has come back. Milliseconds. */
  readonly estimateMs: number | null;
  /** How much work may be in one message, milliseconds. */
  readonly batchMs: number;
}

export function chooseBatchSize(situation: BatchSituation): number {
  const { queued, threads, estimateMs, batchMs } = situation;
  if (estimateMs === null) return 1;
  const ofWork = Math.floor(batchMs / Math.max(estimateMs, SHORTEST_MS));
  // Half of a thread's share: towards the end messages shrink, and all end at once.
  const ofShare = Math.ceil(queued / (2 * threads));
  return Math.max(1, Math.min(ofWork, ofShare, MAX_BATCH));
}

/**
 * Corrects what is known of a job's length by one more observation.
 *
 * A longer one counts at once and a shorter one little by little: too small a
 * batch costs microseconds, too large a one makes others wait.
 *
 * Units: milliseconds.
 */
export function updateEstimate(
  estimateMs: number | null,
  observedMs: number,
): number {
  if (estimateMs === null || observedMs >= estimateMs) return observedMs;
  return estimateMs + (observedMs - estimateMs) * LEARNING;
}

// What a job costs that does nothing.
const SHORTEST_MS = 0.001;
const LEARNING = 0.5;
// More save nothing: a message of 256 costs 0.1 µs a job.
const MAX_BATCH = 256;

export function takeBatch(
  queue: Queue<Job>,
  { size, batchMs }: PoolSettings,
): Job[] {
  const first = queue.shift() as Job;
  const jobs = [first];
  if (queue.length === 0 || !first.isSociable) return jobs;
  const count = chooseBatchSize({
    queued: queue.length + 1,
    threads: size,
    estimateMs: first.code.estimateMs,
    batchMs,
  });
  for (let next = queue.first; jobs.length < count; next = queue.first) {
    if (next === null || !mayShareMessage(first, next)) break;
    queue.remove(next);
    jobs.push(next);
  }
  return jobs;
}
