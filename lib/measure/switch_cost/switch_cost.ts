/**
 * `switchCost`: what it costs to hand over to another task, thread or process.
 *
 * The front: options, results and documentation.
 * @module
 */
import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { SpeedUp, Summary } from "../../base/record/mod.ts";
import type { RoundOptions } from "../options.ts";
import type { Circumstances } from "../scaffold.ts";

/**
 * Between whom.
 *
 * - `await`: two tasks of this thread.
 * - `thread`: two threads that share memory.
 * - `process`: two processes with a pipe each way, or with a loopback socket
 *   where programs may not be started, as in a notebook.
 */
export type SwitchKind = "await" | "thread" | "process";

/** How the cost of handing over is measured. */
export interface SwitchCostOptions extends RoundOptions {
  /** Between whom. @default all that can be */
  readonly kinds?: readonly SwitchKind[];
  /**
   * Whether both sides share one core. Else most of the time is that of a core
   * which wakes up. Needs Linux, and the right to run `bash`, `taskset` and Deno.
   * @default where it can be done
   */
  readonly oneCore?: boolean;
  /** Rounds, 3 or more; in each, every kind hands over many times. @default 11 */
  readonly samples?: number;
}

/** What one hand-over costs. Units: milliseconds. */
export interface SwitchCost {
  /** Between whom. */
  readonly kind: SwitchKind;
  /** How often they handed over in each round. */
  readonly count: number;
  /** One entry a round, in the order taken: the mean of that round; none left out. */
  readonly samplesMs: readonly number[];
  /** The samples described. */
  readonly summary: Summary;
  /** How many times as much the kind before costs; `null` for the first. */
  readonly against: SpeedUp | null;
}

/** What handing over costs, as plain values. */
export interface SwitchCosts extends Circumstances<"switch cost"> {
  /** Whether both sides shared a core; tasks always do. */
  readonly oneCore: boolean;
  /** What joins two processes; a socket is never on one core. */
  readonly line: "pipe" | "socket";
  /** One entry a kind: tasks, threads, processes. */
  readonly costs: readonly SwitchCost[];
}

/** Costs of handing over that a notebook shows as a figure. */
export type ShownSwitchCosts = SwitchCosts & Displayable;

/**
 * Has two tasks, two threads and two processes hand over to one another, many
 * times, and shows what one time costs.
 *
 * Tasks do so by `await`, threads by `Atomics.wait()` and `Atomics.notify()` on
 * shared memory, processes by a byte through a pipe each way, or through a socket.
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
