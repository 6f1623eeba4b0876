/**
 * What a pool and its threads know of each other, and what a pool was told and
 * tells of itself.
 *
 * Pure: types only.
 * @module
 */
import type { Job } from "./job.ts";
import type { GuestKind } from "./messages.ts";
import type { Thread } from "./thread.ts";
import type { JobMoments } from "./stamps.ts";

export interface ThreadOwner {
  finish(job: Job, value: unknown): void;
  /** A job has thrown, or cannot be done. */
  fail(job: Job, error: unknown): void;
  /** Jobs are about to settle whose steps were timed; those of one message of results. */
  timed(jobs: readonly Job[], moments: readonly JobMoments[]): void;
  started(thread: Thread): void;
  free(thread: Thread): void;
  /** It has ended by itself; `unbegun` are jobs that it had and did not begin. */
  ended(thread: Thread, unbegun: readonly Job[]): void;
  /** A host wants it stopped, and what it works on. */
  stopped(): void;
}

export interface ThreadOptions {
  readonly kind: GuestKind;
  readonly number: number;
  readonly name: string;
  readonly memoryMb: number;
}

/** A pool's settings, none left out. */
export interface PoolSettings {
  readonly kind: GuestKind;
  readonly size: number;
  readonly maxQueue: number;
  readonly name: string;
  readonly memoryMb: number;
  readonly batchMs: number;
  readonly signal: AbortSignal | undefined;
}

/** What a pool is doing, and has done. */
export interface PoolStats {
  /** How many threads it may have. */
  readonly size: number;
  /** How many it has. */
  readonly threads: number;
  /** How many of them have a job. */
  readonly busy: number;
  /** Jobs that wait for a thread. */
  readonly queued: number;
  /** Jobs that threads have: running, or in one message with one that is. */
  readonly running: number;
  /** Jobs that have returned. */
  readonly finished: number;
  /** Jobs that have thrown, were stopped, or could not be done. */
  readonly failed: number;
  /** Threads started so far; more than `size` if some had to be replaced. */
  readonly started: number;
}
