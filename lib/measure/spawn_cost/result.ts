/**
 * What measuring the cost of starting things yields. Pure: types only.
 * @module
 */

import type { Summary } from "../../base/record/mod.ts";
import type { Circumstances } from "../scaffold.ts";

/**
 * What is started.
 *
 * - `promise`: an async function on this thread.
 * - `web worker`: a Worker of the Web platform.
 * - `node worker`: a Worker of `node:worker_threads`.
 * - `true`: a process that does nothing.
 * - `python3`, `deno`: a process with an interpreter.
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
