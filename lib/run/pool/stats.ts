/**
 * What a pool tells of itself, and what it was told.
 *
 * Pure: types only.
 * @module
 */

import type { GuestKind } from "./messages.ts";

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
