/**
 * `memory`: what Workers, processes and promises take, and what they give back.
 *
 * The front: options and documentation.
 * @module
 */

import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { MemoryCosts, MemoryModel } from "./result.ts";

/** Memory that a notebook shows as a figure. */
export type ShownMemoryCosts = MemoryCosts & Displayable;

/** How memory is measured. */
export interface MemoryOptions {
  /**
   * What takes it.
   * @default `workers`, and `processes` where they are permitted
   */
  readonly models?: readonly MemoryModel[];
  /**
   * How many are there at once; two numbers or more. Of promises, 20 000 times as many.
   * @default 1, 2, 4, 8
   */
  readonly k?: readonly number[];
  /**
   * Rounds, each with new processes; at least 3.
   * @default 3
   */
  readonly samples?: number;
  /**
   * Heading of the figure.
   * @default "How much memory does each take?"
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
}

/**
 * Starts more and more idle Workers, processes, or tasks that wait for a promise,
 * and shows how much memory each one more takes, and how much comes back when
 * they end.
 *
 * A single difference would mix what the first one loads for all with what each
 * one takes: so it is the slope over several numbers. Under `--allow-all` on
 * Linux, pages that processes share are divided among them (PSS); elsewhere
 * they count for each (RSS), and the findings say so.
 *
 * Units: bytes.
 *
 * @example Two numbers of Workers
 * ```ts
 * import assert from "node:assert/strict";
 * const { costs } = await memory({ models: ["workers"], k: [1, 2] });
 * assert.deepEqual(costs[0]!.points.map(({ k }) => k), [1, 2]);
 * ```
 *
 * @example A task that waits, beside a Worker
 * ```ts
 * import assert from "node:assert/strict";
 * const { costs } = await memory({ models: ["workers", "promises"], k: [1, 2] });
 * assert.ok(costs[1]!.each.bytes < costs[0]!.each.bytes);
 * ```
 *
 * @param options What takes memory, how many, how often.
 * @returns All that was measured; as a cell's value it is a figure.
 * @throws {TypeError} If an option has the wrong type or is unknown.
 * @throws {RangeError} If an option is out of range, or time was too short.
 */
export async function memory(
  options: MemoryOptions = {},
): Promise<ShownMemoryCosts> {
  const { measureMemory } = await import("./engine.ts");
  return addDisplay(await measureMemory(options), async (found) => {
    const { memoryFigure } = await import("./figure.ts");
    return memoryFigure(found);
  });
}
