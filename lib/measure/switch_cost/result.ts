/**
 * What measuring the cost of handing over yields. Pure: types only.
 * @module
 */
import type { SpeedUp, Summary } from "../../base/record/mod.ts";
import type { Circumstances } from "../scaffold.ts";

/**
 * Between whom.
 *
 * - `await`: two tasks of this thread.
 * - `thread`: two threads that share memory.
 * - `process`: two processes with a pipe each way.
 */
export type SwitchKind = "await" | "thread" | "process";

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
  /** One entry a kind: tasks, threads, processes. */
  readonly costs: readonly SwitchCost[];
}
