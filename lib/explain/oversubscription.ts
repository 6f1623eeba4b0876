/**
 * The rule of oversubscription: more threads with work than there are cores.
 *
 * Pure.
 * @module
 */
import { formatCores, formatDuration, formatPercent } from "../base/mod.ts";
import {
  addUp,
  coreTimeIn,
  countActive,
  reachOf,
  timeIn,
  WANTING,
} from "./busy.ts";
import type { ArmFacts, Facts, LaneFacts, RunFacts } from "./facts.ts";
import type { Claim, Finding } from "./finding.ts";
import { findBeyondCores } from "./scaled_words.ts";
import { lanesInWords } from "./words.ts";

/** Finds threads that take turns on the cores. */
export function findOversubscription(facts: Facts): Claim | undefined {
  const { run, arm, scaling, cores } = facts;
  if (scaling !== undefined) return findBeyondCores(scaling);
  if (arm !== undefined) return findSharedCores(arm, cores);
  return run === undefined ? undefined : findInRun(run, facts);
}

/** Finds that jobs which share cores run longer each. */
function findSharedCores(
  { model, jobs, aloneMs, sharedMs }: ArmFacts,
  cores: number,
): Claim | undefined {
  if (model !== "workers" && model !== "processes") return undefined;
  // Below a millisecond, a cold start weighs more than a shared core.
  if (jobs <= cores || aloneMs === null || aloneMs < 1) return undefined;
  if (sharedMs === null || sharedMs < 1.3 * aloneMs) return undefined;
  const one = model === "workers" ? "Worker" : "process";
  // Turns alone make it no longer than that; a short job is mostly cold code.
  const isCold = aloneMs < COLD_MS &&
    sharedMs > BEYOND_TURNS * aloneMs * jobs / cores;
  const cold = isCold ? `, and each new ${one} runs its code cold` : "";
  return {
    rule: "oversubscription",
    sentence: `A job ran for ${formatDuration(sharedMs)} in ${model} and for ` +
      `${formatDuration(aloneMs)} alone: ${jobs} jobs take turns on ` +
      `${formatCores(cores)}${cold}.`,
    advice: `More than ${cores} at once gain nothing while they compute: a ` +
      `pool of ${cores} does the same with fewer starts.`,
    needs: ["alone", "computing"],
    lanes: [],
    evidence: [
      {
        what: `time of a job in ${model} and alone`,
        value: `${formatDuration(sharedMs)}, ${formatDuration(aloneMs)}`,
        from: "spans of the round nearest the median, median of the jobs",
      },
      { what: "cores", value: String(cores), from: "the stamp" },
    ],
  };
}

function findInRun(run: RunFacts, facts: Facts): Claim | undefined {
  const { cores } = facts;
  const all = countActive(run.threads, WANTING);
  const anyMs = addUp(all, (count) => count > 0 ? 1 : 0);
  const threads = run.threads.filter((lane) =>
    timeIn(lane, WANTING) >= LEAST_SHARE * anyMs
  );
  const steps = countActive(threads, WANTING);
  const overMs = addUp(steps, (count) => count > cores ? 1 : 0);
  if (overMs < LEAST_MS || overMs < LEAST_OVER * anyMs) return undefined;
  const waiting = describeWaiting(run, threads, facts);
  if (waiting === null) return undefined;
  return {
    rule: "oversubscription",
    sentence: `${run.prefix}Oversubscription: ${lanesInWords(threads)} on ` +
      `${formatCores(cores)}. For ${formatDuration(overMs)} of ` +
      `${formatDuration(anyMs)}, more had work than there are cores; ` +
      `${waiting.words}.${nameOthers(facts)}`,
    advice: `For computing, ${formatCores(cores)} need no more than ` +
      `${cores} ${cores === 1 ? "thread" : "threads"}: make the pool that ` +
      `small, and leave many at once to tasks that wait.`,
    // Threads that fill the cores compute, however small the share of each.
    needs: waiting.areFilled ? [] : ["computing"],
    lanes: threads.map(({ id }) => id),
    evidence: [
      {
        what: "time in which more had work than there are cores",
        value: `${formatDuration(overMs)} of ${formatDuration(anyMs)}`,
        from: run.isSampled ? "spans, cores sampled" : "spans of the threads",
      },
    ],
    ...reach(threads),
  };
}

/** Cores that others had are part of the reason. */
function nameOthers({ otherCpuShare }: Facts): string {
  return (otherCpuShare ?? 0) > MAX_OTHER
    ? ` Other programs used ${
      formatPercent(otherCpuShare!)
    } of the cores meanwhile.`
    : "";
}

/** How long they waited for a core; `null` if they did not, or others had it. */
function describeWaiting(
  { isSampled }: RunFacts,
  threads: readonly LaneFacts[],
  { cores, otherCpuShare }: Facts,
): { readonly words: string; readonly areFilled: boolean } | null {
  const steps = countActive(threads, WANTING);
  const times = threads.map((lane) => coreTimeIn(lane));
  const ranMs = times.reduce((sum, { ranMs }) => sum + ranMs, 0);
  const couldMs = addUp(steps, (count) => Math.min(count, cores));
  const isKnown = times.every(({ unknownMs }) => unknownMs === 0);
  const readyMs = threads.reduce(
    (sum, lane) => sum + timeIn(lane, ["runnable"]),
    0,
  );
  // They did not fill what others left of the cores: they slept in calls.
  const filled = ranMs / (couldMs * (1 - (otherCpuShare ?? 0)));
  if (isKnown && filled < FILLED) return null;
  const areFilled = isKnown && filled >= FILLED;
  if (isSampled) {
    const share = readyMs / (readyMs + ranMs);
    if (!isKnown || share < LEAST_READY) return null;
    const words =
      `${formatPercent(share)} of their time they were ready and had to wait ` +
      `for one (${formatDuration(readyMs)} of ${
        formatDuration(readyMs + ranMs)
      })`;
    return { words, areFilled };
  }
  // More than there is cannot have been counted.
  if (areFilled && ranMs <= 1.1 * couldMs) {
    const words = `they were on a core for ${formatDuration(ranMs)}, which ` +
      `is ${
        formatPercent(Math.min(1, ranMs / couldMs))
      } of what the cores have, so ` +
      `each had to wait for its turns`;
    return { words, areFilled };
  }
  const wantedMs = addUp(steps, (count) => count);
  const lackMs = addUp(steps, (count) => Math.max(0, count - cores));
  const words = `if none of them slept in a call, they waited for one for ` +
    `${
      formatPercent(lackMs / wantedMs)
    } of their time (cores were not sampled)`;
  return { words, areFilled: false };
}

function reach(threads: readonly LaneFacts[]): Pick<Finding, "during"> {
  const spans = threads.flatMap((lane) => lane.spans);
  const during = reachOf({ spans }, WANTING);
  return during === null ? {} : { during };
}

// Threads with less of the work do not crowd the others out.
const LEAST_SHARE = 0.05;
// A short crowd, as at the start, costs nothing worth a sentence.
const LEAST_OVER = 0.2;
const LEAST_MS = 20;
const LEAST_READY = 0.15;
// The rest may be the runtime's own, and the steps of its count.
const FILLED = 0.85;
const BEYOND_TURNS = 1.5;
// Compilers have long made code fast that runs for longer.
const COLD_MS = 20;
const MAX_OTHER = 0.06;
