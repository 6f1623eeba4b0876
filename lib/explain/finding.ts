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
  /** When it is to be seen; absent if it is of the whole. */
  readonly during?: {
    /** From when. */
    readonly startMs: number;
    /** Until when. */
    readonly endMs: number;
  };
  /** The numbers that it rests on, and where each comes from. */
  readonly evidence?: readonly Evidence[];
}

/** A number that a finding rests on. */
export interface Evidence {
  /** What it is, such as `speed-up of workers`. */
  readonly what: string;
  /** The number with its unit, and its interval if it has one. */
  readonly value: string;
  /** Where it comes from, such as `medians of 6 rounds`. */
  readonly from: string;
}

/** A number that a finding rests on. */
export function seen(what: string, value: string, from: string): Evidence {
  return { what, value, from };
}

/** How a rule says what it found. */
export interface Words extends Pick<Finding, "sentence"> {
  /** @default nothing in general helps */
  readonly advice?: string;
  readonly evidence: readonly Evidence[];
  /** Words on how it would be otherwise, or why it is so, if what the claim predicts may be said. */
  readonly prediction?: {
    /** What it is of, for a sentence that says that it is unknown; absent if nobody misses it. */
    readonly of?: string;
    /** Added to the end of the sentence, such as `; split evenly, all would end at 70 ms`. */
    readonly says: string;
    /** What would help if it is so; takes the place of the finding's own advice. */
    readonly advice?: string;
  };
}

/** What a rule found, before it passes the gate (`gate.ts`). */
export interface Claim
  extends Pick<Finding, "rule" | "values" | "lanes" | "during"> {
  /** Puts the values into words. */
  readonly say: () => Words;
  /** What all of it rests on; if that is not so, nothing is said. */
  readonly needs?: readonly Need[];
  /** What its prediction rests on. */
  readonly predicts?: readonly Need[];
}

/** Makes a claim of what a rule found: its values, and how the rule says them. */
export function claim<Values extends object>(
  rule: RuleName,
  values: Values,
  more: Partial<Omit<Claim, "rule" | "values" | "say">>,
  say: (values: Values) => Words,
): Claim {
  return { rule, values, say: () => say(values), lanes: [], ...more };
}

/** Looks at facts; finds something only if they show it. */
export type Rule = (facts: Facts) => Claim | undefined;
