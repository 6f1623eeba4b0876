/**
 * All rules, most telling first, and which findings do not go together.
 *
 * Pure. Each rule is in a file of its own.
 * @module
 */
import { findConvoy } from "./convoy.ts";
import { findBrokenDeadlock, findDeadlocked } from "./deadlock.ts";
import type { Facts } from "./facts.ts";
import type { Claim, Finding, Rule, RuleName } from "./finding.ts";
import { explainUnknown, type Grounds, listUnmet } from "./gate.ts";
import { findLimited } from "./limited.ts";
import { findLoopHeld } from "./loop_held.ts";
import { findNotNTimes } from "./not_n_times.ts";
import { findOneAtATime } from "./one_at_a_time.ts";
import { findOthers } from "./others.ts";
import { findOutliving } from "./outlives.ts";
import { findOversubscription } from "./oversubscription.ts";
import { findSmallRoundTrips } from "./small_round_trips.ts";
import { findStairStep } from "./stair_step.ts";
import { findStarved } from "./starved.ts";
import { findLostWakeUp, findStuck } from "./waiting.ts";

/** The rules, in the order in which their findings are shown; `null`: of comparisons only. */
const BY_NAME: Readonly<
  Record<Exclude<RuleName, "as measured">, Rule | null>
> = {
  "others had the cores": findOthers,
  "deadlock": findDeadlocked,
  "broken deadlock": findBrokenDeadlock,
  "lost wake-up": findLostWakeUp,
  "stuck": findStuck,
  "loop held": findLoopHeld,
  "starved": findStarved,
  "convoy": findConvoy,
  "limited": findLimited,
  "one at a time": findOneAtATime,
  "start-up": null,
  "oversubscription": findOversubscription,
  "small round trips": findSmallRoundTrips,
  "stair-step ends": findStairStep,
  "why not N times": findNotNTimes,
  "outlives": findOutliving,
};

export const RULES: readonly Rule[] = Object.values(BY_NAME)
  .filter((rule) => rule !== null);

/** Applies all rules to what is known of one thing. */
export function applyRules(facts: Facts): Finding[] {
  const found = RULES.flatMap((rule) =>
    admit(rule(facts), facts.grounds) ?? []
  );
  const silent = new Set(found.flatMap(({ rule }) => SILENCES[rule] ?? []));
  const shown = found.filter(({ rule }) => !silent.has(rule))
    .slice(0, MAX_SHOWN);
  // A shape of the same run says better what would help than the sum of all losses.
  return shown.map((one, i) =>
    one.rule === "why not N times" && i > 0 && facts.run !== undefined
      ? { ...one, advice: "" }
      : one
  );
}

/** Puts what a rule found into words, as far as what they rest on is so. */
export function admit(
  claim: Claim | undefined,
  grounds = NOTHING_KNOWN,
): Finding | undefined {
  if (claim === undefined) return undefined;
  const { needs = [], prediction, ...found } = claim;
  if (listUnmet(needs, grounds).length > 0) return undefined;
  const finding = { advice: "", lanes: [], ...found };
  if (prediction === undefined) return finding;
  const { sentence } = finding;
  const { says, of, advice = finding.advice } = prediction;
  const unmet = listUnmet(prediction.needs, grounds);
  if (unmet.length === 0) {
    const whole = sentence.replace(/\.$/, `${says}.`);
    return { ...finding, sentence: whole, advice };
  }
  return of === undefined
    ? finding
    : { ...finding, sentence: `${sentence} ${explainUnknown(of, unmet)}` };
}

/** Joins the findings of several things, such as the models of a comparison. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((one, other) =>
    ORDER.indexOf(one.rule) - ORDER.indexOf(other.rule)
  ).slice(0, MAX_SHOWN);
}

/** Puts a finding into words: what is so, and what would help. */
export function inWords({ sentence, advice }: Finding): string {
  return advice === "" ? sentence : `${sentence} ${advice}`;
}

/** What a finding makes untrue, or says already and better. */
const SILENCES: Readonly<Partial<Record<RuleName, readonly RuleName[]>>> = {
  // Who waits for ever has no use for speed.
  "deadlock": [
    "stuck",
    "starved",
    "limited",
    "convoy",
    "one at a time",
    "oversubscription",
    "small round trips",
    "stair-step ends",
    "why not N times",
  ],
  // A lock that is never free is why they went one at a time.
  "convoy": ["one at a time"],
  "lost wake-up": ["stuck", "starved", "limited"],
  "stuck": ["starved", "limited"],
  "limited": ["one at a time", "why not N times"],
  // Noise is the answer then.
  "others had the cores": [
    "small round trips",
    "stair-step ends",
    "why not N times",
  ],
  "one at a time": ["oversubscription", "stair-step ends", "why not N times"],
  "small round trips": ["why not N times"],
};

const ORDER = Object.keys(BY_NAME);
const NOTHING_KNOWN: Grounds = { others: [], noise: [], computing: null };
// More than a reader takes in below a figure.
const MAX_SHOWN = 3;
