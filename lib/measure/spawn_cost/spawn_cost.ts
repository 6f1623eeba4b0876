/**
 * `spawnCost`: what it costs to start a promise, a Worker, a process.
 *
 * The front: options, results and documentation.
 * @module
 */
import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { Summary } from "../../base/record/mod.ts";
import type { RoundOptions } from "../options.ts";
import type { Circumstances } from "../scaffold.ts";

/**
 * What is started.
 *
 * - `promise`: an async function on this thread.
 * - `web worker`: a Worker of the Web platform.
 * - `node worker`: a Worker of `node:worker_threads`.
 * - `true`: a process that does nothing.
 * - `python3`, `deno`: a process with an interpreter. Where a notebook may not
 *   start programs, `deno` is a copy of its session.
 */
export type SpawnKind =
  | "promise"
  | "web worker"
  | "node worker"
  | "true"
  | "python3"
  | "deno";

/**
 * A moment on the way, counted from asking for the start.
 *
 * - `constructor`: asking has returned; until then this thread was held.
 * - `firstMessage`: it says that it is there.
 * - `firstResult`: it has answered its first question; of `true`: it has ended.
 * - `roundTrip`: counted from itself: a question and its answer, once it is warm.
 */
export type SpawnStage =
  | "constructor"
  | "firstMessage"
  | "firstResult"
  | "roundTrip";

/** Times of one start. Units: milliseconds; `null` where a kind has no such moment. */
export type SpawnSample = Readonly<Record<SpawnStage, number | null>>;

/** How the cost of starting is measured. */
export interface SpawnCostOptions extends RoundOptions {
  /** What is started. @default all that can be */
  readonly kinds?: readonly SpawnKind[];
  /** How often each is started, 3 times or more. @default 20 */
  readonly samples?: number;
}

/** What starting one kind costs. */
export interface SpawnCost {
  /** What is started. */
  readonly kind: SpawnKind;
  /** One entry a start, in the order taken; none left out. */
  readonly samples: readonly SpawnSample[];
  /** Each stage described; `null` where the kind has none. */
  readonly stages: Readonly<Record<SpawnStage, Summary | null>>;
}

/** What starting things costs, as plain values. */
export interface SpawnCosts extends Circumstances<"spawn cost"> {
  /** One entry a kind that could be started, cheapest first. */
  readonly costs: readonly SpawnCost[];
}

/** Costs of starting that a notebook shows as a figure. */
export type ShownSpawnCosts = SpawnCosts & Displayable;

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
