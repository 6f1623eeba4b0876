/**
 * What a rule finds: its values, and the words that it has for them.
 *
 * Pure. Rules are one a file beside this one, each with its words; their order and
 * what goes together is in `rules.ts`.
 * @module
 */
import type { Facts } from "./facts.ts";
import type { Need } from "./gate.ts";

/** Which shape a rule knows. */
export type RuleName =
  | "others had the cores"
  | "deadlock"
  | "broken deadlock"
  | "lost wake-up"
  | "stuck"
  | "loop held"
  | "starved"
  | "convoy"
  | "limited"
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
  /** What it found: numbers, names; empty of what has no rule of its own. */
  readonly values: object;
  /** What is so, with the measured numbers in it. */
  readonly sentence: string;
  /** What would help; empty if nothing in general does. */
  readonly advice: string;
  /** Lanes that show it, such as `worker 2`; none if it is of the whole. */
  readonly lanes: readonly string[];
}

/** What a rule found, in its words, before it passes the gate (`gate.ts`). */
export interface Claim
  extends
    Omit<Finding, "advice" | "lanes">,
    Partial<Pick<Finding, "advice" | "lanes">> {
  /** What all of it rests on; if that is not so, nothing is said. */
  readonly needs?: readonly Need[];
  /** Words on how it would be otherwise, or why it is so, if that may be said. */
  readonly prediction?: {
    /** What they rest on. */
    readonly needs: readonly Need[];
    /** What it is of, for a sentence that says that it is unknown; absent if nobody misses it. */
    readonly of?: string;
    /** Added to the end of the sentence, such as `; split evenly, all would end at 70 ms`. */
    readonly says: string;
    /** What would help if it is so; takes the place of the finding's own advice. */
    readonly advice?: string;
  };
}

/** Looks at facts; finds something only if they show it. */
export type Rule = (facts: Facts) => Claim | undefined;
