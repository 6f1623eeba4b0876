/**
 * `switchCost`: what it costs to hand over to another task, thread or process.
 *
 * The front: options and documentation.
 * @module
 */
import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { SwitchCosts, SwitchKind } from "./result.ts";

/** Costs of handing over that a notebook shows as a figure. */
export type ShownSwitchCosts = SwitchCosts & Displayable;

/** How the cost of handing over is measured. */
export interface SwitchCostOptions {
  /**
   * Between whom.
   * @default all; `process` only where it is permitted
   */
  readonly kinds?: readonly SwitchKind[];
  /**
   * Whether both sides share one core. Else most of the time is that of a core
   * which wakes up. Needs Linux, and the right to run `bash`, `taskset` and Deno.
   * @default where it can be done
   */
  readonly oneCore?: boolean;
  /**
   * Timed rounds; in each, every kind hands over many times. At least 3.
   * @default 11
   */
  readonly samples?: number;
  /**
   * Heading of the figure.
   * @default "What does it cost to hand over?"
   */
  readonly title?: string;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /**
   * How long it may take, milliseconds. With 3 rounds or more done by then,
   * those are what counts; else it is an error.
   * @default 60000
   */
  readonly maxMs?: number;
  /**
   * Decides the order within each round, and the resampling.
   * @default 1
   */
  readonly seed?: number;
}

/**
 * Has two tasks, two threads and two processes hand over to one another, many
 * times, and shows what one time costs.
 *
 * Tasks do so by `await`, threads by `Atomics.wait()` and `Atomics.notify()` on
 * shared memory, processes by a byte through a pipe each way.
 *
 * Units: milliseconds for one hand-over; a round trip is two.
 *
 * @example Tasks against threads
 * ```ts
 * import assert from "node:assert/strict";
 * const { costs } = await switchCost({ kinds: ["await", "thread"], samples: 3 });
 * assert.deepEqual(costs.map(({ kind }) => kind), ["await", "thread"]);
 * ```
 *
 * @param options Between whom, and how often.
 * @returns All that was measured; as a cell's value it is a figure.
 * @throws {TypeError} If an option has the wrong type or is unknown.
 * @throws {RangeError} If an option is out of range, or time was too short.
 */
export async function switchCost(
  options: SwitchCostOptions = {},
): Promise<ShownSwitchCosts> {
  const { measureSwitchCosts } = await import("./engine.ts");
  return addDisplay(await measureSwitchCosts(options), async (found) => {
    const { switchCostFigure } = await import("./figure.ts");
    return switchCostFigure(found);
  });
}
