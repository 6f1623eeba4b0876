/**
 * `spawnCost`: what it costs to start a promise, a Worker, a process.
 *
 * The front: options and documentation.
 * @module
 */

import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { SpawnCosts, SpawnKind } from "./result.ts";

/** Costs of starting that a notebook shows as a figure. */
export type ShownSpawnCosts = SpawnCosts & Displayable;

/** How the cost of starting is measured. */
export interface SpawnCostOptions {
  /**
   * What is started.
   * @default all that can be
   */
  readonly kinds?: readonly SpawnKind[];
  /**
   * How often each is started; at least 3.
   * @default 20
   */
  readonly samples?: number;
  /**
   * Heading of the figure.
   * @default "What does it cost to start something?"
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
 * Starts promises, Workers and processes, over and over in random order, and
 * shows what each costs: until asking has returned, until the first word, until
 * the first result, and to and fro once it is there.
 *
 * Units: milliseconds.
 *
 * @example What a Worker costs
 * ```ts
 * import assert from "node:assert/strict";
 * const { costs } = await spawnCost({ kinds: ["promise", "web worker"], samples: 3 });
 * assert.deepEqual(costs.map(({ kind }) => kind), ["promise", "web worker"]);
 * assert.equal(costs[1]!.samples.length, 3);
 * ```
 *
 * @param options What is started, and how often.
 * @returns All that was measured; as a cell's value it is a figure.
 * @throws {TypeError} If an option has the wrong type or is unknown.
 * @throws {RangeError} If an option is out of range, or time was too short.
 */
export async function spawnCost(
  options: SpawnCostOptions = {},
): Promise<ShownSpawnCosts> {
  const { measureSpawnCosts } = await import("./engine.ts");
  return addDisplay(await measureSpawnCosts(options), async (found) => {
    const { spawnCostFigure } = await import("./figure.ts");
    return spawnCostFigure(found);
  });
}
