/**
 * What counting context switches yields: how often each thread left its core.
 * Pure: types only.
 * @module
 */

import type { Circumstances } from "../scaffold.ts";

/** What a thread is for. */
export type ThreadKind = "main" | "worker" | "helper" | "process";

/** What one thread did meanwhile. */
export interface ThreadSwitches {
  /** Its name, such as `main thread` or `worker-1`. */
  readonly name: string;
  /** What it is for; `process` is all threads together. */
  readonly kind: ThreadKind;
  /** How many threads the numbers are of: helpers are counted together. */
  readonly threads: number;
  /** Times it gave its core away, to wait for something. */
  readonly voluntary: number;
  /** Times its core was taken from it, while it had more to do. */
  readonly involuntary: number;
  /** How long it ran, milliseconds; `null` if unknown. */
  readonly runMs: number | null;
  /** How long it was ready to run and had no core, milliseconds; `null` if unknown. */
  readonly waitMs: number | null;
  /** Whether it had ended before the end: then its last moments are missing. */
  readonly endedEarly: boolean;
}

/** Context switches during a piece of work. */
export interface SwitchesReport extends Circumstances<"switches"> {
  /** How long the work took, milliseconds. */
  readonly durationMs: number;
  /** One entry a thread: main thread, Workers, helpers; or one for the whole process. */
  readonly threads: readonly ThreadSwitches[];
  /** Sentences: what is missing, why, and how to get it. */
  readonly missing: readonly string[];
}
