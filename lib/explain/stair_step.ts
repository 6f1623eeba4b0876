/**
 * The rule of the stair-step ends: work dealt out in advance, so that some
 * threads are done while others have much left. Pure.
 * @module
 */
import { formatCores, formatDuration } from "../base/mod.ts";
import { addUp, anyMs, countActive, reachOf, timeIn, WANTING } from "./busy.ts";
import type { Facts, LaneFacts } from "./facts.ts";
import type { Claim } from "./finding.ts";

/** Finds cores that were left without work at the end, for lack of sharing. */
export function findStairStep(
  { run, cores, isNoisy }: Facts,
): Claim | undefined {
  if (run === undefined) return undefined;
  // Busy others make equal parts end at unequal times: then it has to be plainer.
  const least = isNoisy ? LEAST_NOISY_SHARE : LEAST_SHARE;
  const threads = run.threads.filter((lane) => timeIn(lane, WANTING) > 0);
  const atOnce = Math.min(threads.length, Math.floor(cores));
  const reach = reachOf(threads, WANTING);
  if (atOnce < 2 || reach === null) return undefined;
  const steps = countActive(threads, WANTING);
  const fullEndMs = steps.findLast(([, count], i) =>
    i > 0 && steps[i - 1]![1] >= atOnce && count < atOnce
  )?.[0];
  // Never were as many at work as could be: that is another shape.
  if (fullEndMs === undefined) return undefined;
  const tail = { startMs: fullEndMs, endMs: reach.endMs };
  const tailMs = tail.endMs - tail.startMs;
  // While nobody has work all wait for something: no other split would change that.
  if (anyMs(threads, WANTING, tail) < LEAST_WORK * tailMs) return undefined;
  const idleMs = addUp(steps, (count) => atOnce - count, tail);
  const lengthMs = reach.endMs - reach.startMs;
  const isLong = idleMs >= least * atOnce * lengthMs && tailMs >= LEAST_MS;
  if (!isLong || !areUnequal(threads, least)) return undefined;
  const ends = threads.map((lane) => ({
    id: lane.id,
    endMs: reachOf([lane], WANTING)!.endMs,
  })).sort((one, other) => one.endMs - other.endMs);
  const [first, last] = [ends[0]!, ends.at(-1)!];
  const evenMs = reach.endMs - idleMs / atOnce;
  return {
    rule: "stair-step ends",
    values: { first, last, tailMs, evenMs, atOnce },
    lanes: ends.map(({ id }) => id),
    needs: ["computing"],
    sentence: `${run.prefix}Stair-step ends: ${first.id} was done at ${
      formatDuration(first.endMs)
    } and ${last.id} at ${formatDuration(last.endMs)}, and for ${
      formatDuration(tailMs)
    } fewer threads had work than the ${formatCores(atOnce)} could run.`,
    prediction: {
      needs: ["calm", "computing"],
      of: "Where an even split would end",
      says: `; split evenly, all would end at about ${formatDuration(evenMs)}`,
    },
    advice: "Cut the work into more and smaller jobs, the longest first, " +
      "and let each thread take the next one when it is free, as " +
      "pool().map() does.",
  };
}

/** Equal parts that began at different times end so, too: nothing is wrong with the split. */
function areUnequal(threads: readonly LaneFacts[], least: number): boolean {
  const lengths = threads.map((lane) => timeIn(lane, WANTING));
  const longest = Math.max(...lengths);
  return longest - Math.min(...lengths) >= least * longest;
}

// Less of the cores than this could not be won back by a better split: jobs
// have some length, and starts are not all at once.
const LEAST_SHARE = 0.15;
// Others on one of two cores double the time of one part: a quarter is idle then.
const LEAST_NOISY_SHARE = 0.4;
// Of the time after the first ends, in which somebody has to work.
const LEAST_WORK = 0.5;
// Waking a thread takes up to 0.1 ms, starting one 10: ends below tell nothing.
const LEAST_MS = 5;
