/**
 * `threads`: who lives in this process, and what each does.
 *
 * The system is asked in `engine.ts`, which is loaded when it is called.
 * @module
 */
import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { Circumstances } from "../scaffold.ts";

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
export interface LivingThreads extends Circumstances<"threads"> {
  /** Main thread first, then by kind and number. */
  readonly threads: readonly LivingThread[];
  /** For how long they were watched. Units: milliseconds. */
  readonly watchedMs: number;
  /** Sentences: what is missing, why, and how to get it. */
  readonly missing: readonly string[];
}

/** How threads are looked at. */
export interface ThreadsOptions {
  /**
   * For how long they are watched, in milliseconds: 0 to 60000.
   * @default 100
   */
  readonly watchMs?: number;
}

/** Threads that a notebook shows as a figure. */
export type ShownThreads = LivingThreads & Displayable;

/**
 * Lists the threads of this process and what each of them does: the main thread,
 * Workers, threads of pools, and those of V8 and Deno.
 *
 * All but main and pools' threads are known on Linux under `--allow-all` only.
 * What a job or a Worker computes, `trace()` shows.
 *
 * Units: milliseconds of processor time; parts of the time watched.
 *
 * @example Two threads of a pool, one of which has work
 * ```ts
 * import assert from "node:assert/strict";
 * import { pool } from "../../run/pool/pool.ts";
 * await using crew = pool(2);
 * await crew.ready();
 * const gate = new Int32Array(new SharedArrayBuffer(4));
 * const job = crew.run(function wait(gate: Int32Array) {
 *   Atomics.wait(gate, 0, 0);
 * }, [gate]);
 * const { threads: all } = await threads();
 * Atomics.store(gate, 0, 1);
 * Atomics.notify(gate, 0);
 * await job;
 * const crewed = all.filter(({ kind }) => kind === "pool");
 * assert.deepEqual(crewed.map(({ doing }) => doing).sort(), ["has no job", "runs job wait"]);
 * ```
 *
 * @param options For how long.
 * @returns One entry a thread; as a cell's value it is a figure.
 * @throws {TypeError} If an option has the wrong type, or there is no such option.
 * @throws {RangeError} If the time is out of range.
 */
export async function threads(
  options: ThreadsOptions = {},
): Promise<ShownThreads> {
  const { listThreads } = await import("./engine.ts");
  return addDisplay(await listThreads(options), async (found) => {
    const { threadsFigure } = await import("./figure.ts");
    return threadsFigure(found);
  });
}
