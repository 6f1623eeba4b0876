/**
 * `switches`: how often each thread left its core while a function ran.
 *
 * The front: options, results and documentation.
 * @module
 */
import { addDisplay, type Displayable } from "../../base/mod.ts";
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

/** How context switches are counted. */
export interface SwitchesOptions {
  /** Heading of figures. @default the name of the function */
  readonly title?: string;
}

/** A report that a notebook shows as a figure. */
export type ShownSwitches = SwitchesReport & Displayable;

/**
 * Counts how often each thread left its core while a function runs.
 *
 * A switch is voluntary when the thread waits for something, and involuntary
 * when the system gives its core to somebody else. Threads that start meanwhile
 * count from their start; looking at all of them wakes the main thread ten times
 * a second, which is among its counts. Where threads cannot be read (not Linux, or no
 * `--allow-all`), the counts are of the whole process.
 *
 * Units: numbers of switches; milliseconds of running, and of being ready
 * without a core.
 *
 * @example A function that waits
 * ```ts
 * import assert from "node:assert/strict";
 * const { threads } = await switches(() => new Promise((resolve) => setTimeout(resolve, 20)));
 * assert.ok(threads.length >= 1);
 * ```
 *
 * @param work What runs meanwhile; a promise is awaited.
 * @param options Heading.
 * @returns Counts of each thread; as a cell's value it is a figure.
 * @throws {TypeError} If it is no function, or an option has the wrong type or is unknown.
 * @throws {unknown} What the function throws.
 */
export async function switches(
  work: () => unknown,
  options: SwitchesOptions = {},
): Promise<ShownSwitches> {
  const { measureSwitches } = await import("./engine.ts");
  return addDisplay(await measureSwitches(work, options), async (found) => {
    const { switchesFigure } = await import("./figure.ts");
    return switchesFigure(found);
  });
}
