/**
 * Takes the jobs of the next message out of the queue.
 *
 * How many there may be is decided in `batching.ts`.
 * @module
 */
import { chooseBatchSize } from "./batching.ts";
import { type Job, mayShareMessage } from "./job.ts";
import type { Queue } from "./queue.ts";
import type { PoolSettings } from "./stats.ts";

/** Takes them. */
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
