/**
 * Who lives in a process, as plain values.
 *
 * Pure: types only.
 * @module
 */
import type { HonestyStamp } from "../../base/stamp/mod.ts";

/**
 * What a thread is for.
 *
 * - `main`: runs the program, or the notebook's cells.
 * - `pool`: runs jobs of `pool()` or `worker()`.
 * - `worker`: a Worker that somebody made with `new Worker()`, or a library did.
 * - `V8`: compiles and collects garbage, beside the program.
 * - `Deno`: waits for files, the network and timers on behalf of the program.
 * - `other`: somebody else's, such as a watcher of files.
 */
export type LivingKind =
  | "main"
  | "pool"
  | "worker"
  | "V8"
  | "Deno"
  | "other";

/** A thread of this process. */
export interface LivingThread {
  /** The system's number of it; `null` if unknown. */
  readonly id: number | null;
  /** As traces call it, such as `worker 1`; else as the system does. */
  readonly name: string;
  /** What it is for. */
  readonly kind: LivingKind;
  /** What it does, as far as is known, in few words. */
  readonly doing: string;
  /** Time on a core since it began. Units: milliseconds; `null` if unknown. */
  readonly cpuMs: number | null;
  /** Part of the time watched that it was on a core, 0 to 1; `null` if unknown. */
  readonly onCore: number | null;
  /** Part of the time watched that it was ready for a core and had none, 0 to 1; `null` if unknown. */
  readonly ready: number | null;
}

/** The threads of this process. */
export interface LivingThreads {
  /** Which measurement it is of. */
  readonly type: "threads";
  /** Heading. */
  readonly title: string;
  /** Main thread first, then by kind and number. */
  readonly threads: readonly LivingThread[];
  /** For how long they were watched. Units: milliseconds. */
  readonly watchedMs: number;
  /** Sentences: what is missing, why, and how to get it. */
  readonly missing: readonly string[];
  /** The circumstances. */
  readonly stamp: HonestyStamp;
  /** Short sentences with measured numbers. */
  readonly findings: readonly string[];
}
