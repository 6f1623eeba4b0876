/**
 * `switches`: how often each thread left its core while a function ran.
 *
 * Joins the counts of `switches_source.ts` with the numbers of
 * `switches_counts.ts`; the picture in `lib/measure/switches/figure.ts` is loaded when it
 * is first shown.
 * @module
 */

import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { SwitchesReport } from "./result.ts";

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
