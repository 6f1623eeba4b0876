/**
 * What a thread and the pool that it belongs to know of each other.
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
