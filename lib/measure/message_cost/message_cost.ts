/**
 * `messageCost`: what it costs to send bytes to a Worker or a process.
 *
 * The front: options and documentation.
 * @module
 */

import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { MessageCosts, MessageMode } from "./result.ts";

/** Costs of messages that a notebook shows as a figure. */
export type ShownMessageCosts = MessageCosts & Displayable;

/** How the cost of messages is measured. */
export interface MessageCostOptions {
  /**
   * Sizes of the buffers, bytes.
   * @default 64 B to 16 MiB, seven of them
   */
  readonly sizes?: readonly number[];
  /**
   * How the bytes get there; `process` and `pipe` start a process.
   * @default the three of a Worker
   */
  readonly modes?: readonly MessageMode[];
  /**
   * How many small messages a burst has.
   * @default 500
   */
  readonly burst?: number;
  /**
   * Timed rounds; in each, every size is sent in every way, several times. At least 3.
   * @default 11
   */
  readonly samples?: number;
  /**
   * Heading of the figure.
   * @default "What does it cost to send bytes?"
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
 * Sends buffers of growing size to a Worker, copied, transferred and shared, and
 * shows how long each takes, where size begins to matter, and what a burst of
 * messages gains over one at a time. With more `modes`, also to a process: as a
 * value, as `process(fn)` does, and as bytes through a pipe.
 *
 * Units: milliseconds from posting until the short answer is there.
 *
 * @example Two sizes
 * ```ts
 * import assert from "node:assert/strict";
 * const { costs } = await messageCost({ sizes: [64, 65_536], samples: 3, burst: 50 });
 * assert.deepEqual(costs.map(({ mode }) => mode), ["clone", "transfer", "share"]);
 * assert.deepEqual(costs[0]!.points.map(({ bytes }) => bytes), [64, 65_536]);
 * ```
 *
 * @example A Worker against a process
 * ```ts
 * import assert from "node:assert/strict";
 * const modes = ["clone", "process", "pipe"] as const;
 * const { costs } = await messageCost({ sizes: [64, 4096], modes, samples: 3, burst: 10 });
 * assert.deepEqual(costs.map(({ mode }) => mode), ["clone", "process", "pipe"]);
 * ```
 *
 * @param options Sizes, ways, and how to measure.
 * @returns All that was measured; as a cell's value it is a figure.
 * @throws {TypeError} If an option has the wrong type or is unknown.
 * @throws {RangeError} If an option is out of range, or time was too short.
 */
export async function messageCost(
  options: MessageCostOptions = {},
): Promise<ShownMessageCosts> {
  const { measureMessageCosts } = await import("./engine.ts");
  return addDisplay(await measureMessageCosts(options), async (found) => {
    const { messageCostFigure } = await import("./figure.ts");
    return messageCostFigure(found);
  });
}
