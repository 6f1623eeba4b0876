/**
 * What a rule says: one sentence with measured numbers, and what would help.
 *
 * Pure: types only. Rules are one a file beside this one, their order and what
 * goes together is in `rules.ts`.
 * @module
 */
import type { Facts } from "./facts.ts";

/** Which shape a rule knows. */
export type RuleName =
  | "deadlock"
  | "broken deadlock"
  | "loop held"
  | "convoy"
  | "one at a time"
  | "start-up"
  | "oversubscription"
  | "small round trips"
  | "stair-step ends"
  | "why not N times"
  | "outlives"
  | "as measured";

/** Something that a rule found. Units: milliseconds of what was recorded. */
export interface Finding {
  /** Which rule it is of. */
  readonly rule: RuleName;
  /** What is so, with the measured numbers in it. */
  readonly sentence: string;
  /** What would help; empty if nothing in general does. */
  readonly advice: string;
  /** Lanes that show it, such as `worker 2`; none if it is of the whole. */
  readonly lanes: readonly string[];
  /** When it is to be seen; absent if it is of the whole. */
  readonly during?: {
    /** From when. */
    readonly startMs: number;
    /** Until when. */
    readonly endMs: number;
  };
}

/** Looks at facts; says something only if they show it. */
export type Rule = (facts: Facts) => Finding | undefined;
