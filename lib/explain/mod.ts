/**
 * What the shape of a run is called, and what would help: facts in, findings out.
 *
 * The rules are one a file behind this door; `rules.ts` lists them.
 * @module
 */
export { describeContention } from "./convoy.ts";
export type { Facts, LaneFacts, RunFacts } from "./facts.ts";
export type { Claim, Finding, RuleName } from "./finding.ts";
export { countCores, groundsOf, listUnmet, type Need } from "./gate.ts";
export { findOneAtATime } from "./one_at_a_time.ts";
export {
  factsOfJobs,
  factsOfRecording,
  type ReportedJob,
} from "./recording_facts.ts";
export { admit, applyRules, inWords, sortFindings } from "./rules.ts";
export { type FoundIn, say, teller } from "./say.ts";
export { capitalize, invert, rangeInWords, ratioInWords } from "./words.ts";
