/**
 * The rule of oversubscription: more threads with work than there are cores. Pure.
 * @module
 */
import {
  countOf,
  formatCores,
  formatDuration,
  formatPercent,
} from "../base/mod.ts";
import { MAX_OTHER_SHARE } from "../base/stamp/mod.ts";
import {
  addUp,
  anyMs,
  coreTimeIn,
  countActive,
  sumOf,
  timeIn,
  WANTING,
} from "./busy.ts";
import type { ArmFacts, Facts, LaneFacts, RunFacts } from "./facts.ts";
import type { Claim } from "./finding.ts";
import { lanesInWords } from "./words.ts";

/** Finds threads that take turns on the cores. */
export function findOversubscription(facts: Facts): Claim | undefined {
  const { run, arm, cores } = facts;
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
  // Turns alone make it no longer than that; a short job is mostly cold code.
  const isCold = aloneMs < COLD_MS &&
    sharedMs > BEYOND_TURNS * aloneMs * jobs / cores;
  const one = model === "workers" ? "Worker" : "process";
  const cold = isCold ? `, and each new ${one} runs its code cold` : "";
  return {
    rule: "oversubscription",
    values: { model, jobs, aloneMs, sharedMs, cores, isCold },
    needs: ["alone", "computing"],
    sentence: `A job ran for ${formatDuration(sharedMs)} in ${model} and for ${
      formatDuration(aloneMs)
    } alone: ${jobs} jobs take turns on ${formatCores(cores)}${cold}.`,
    advice: `More than ${cores} at once gain nothing while they compute: a ` +
      `pool of ${cores} does the same with fewer starts.`,
  };
}

function findInRun(run: RunFacts, facts: Facts): Claim | undefined {
  const { cores, otherCpuShare } = facts;
  const wantedMs = anyMs(run.threads, WANTING);
  const threads = run.threads.filter((lane) =>
    timeIn(lane, WANTING) >= LEAST_SHARE * wantedMs
  );
  const steps = countActive(threads, WANTING);
  const overMs = addUp(steps, (count) => count > cores ? 1 : 0);
  if (overMs < Math.max(LEAST_MS, LEAST_OVER * wantedMs)) return undefined;
  const waiting = findWaiting(run, threads, facts);
  if (waiting === null) return undefined;
  const others = (otherCpuShare ?? 0) > MAX_OTHER_SHARE ? otherCpuShare : null;
  return {
    rule: "oversubscription",
    values: { threads, cores, overMs, anyMs: wantedMs, waiting, others },
    // Threads that fill the cores compute, however small the share of each.
    needs: waiting.areFilled ? [] : ["computing"],
    lanes: threads.map(({ id }) => id),
    sentence: `${run.prefix}Oversubscription: ${lanesInWords(threads)} on ${
      formatCores(cores)
    }. For ${formatDuration(overMs)} of ${
      formatDuration(wantedMs)
    }, more had work than there are cores; ${waiting.words}.${
      // Cores that others had are part of the reason.
      others === null
        ? ""
        : ` Other programs used ${
          formatPercent(others)
        } of the cores meanwhile.`}`,
    advice: `For computing, ${formatCores(cores)} need no more than ` +
      `${countOf(cores, "thread")}: make the pool that small, and leave ` +
      `many at once to tasks that wait.`,
  };
}

/**
 * How long threads waited for a core: sampled; or counted, as they filled the
 * cores; or, if neither is known, as long as more wanted one than there are.
 */
interface Waiting {
  readonly from: "samples" | "counts" | "spans";
  readonly areFilled: boolean;
  /** Part of the time: ready of all; on a core of what the cores have; wanting in vain. */
  readonly share: number;
  readonly words: string;
}

/** Finds how long they waited for a core; `null` if they did not, or others had it. */
function findWaiting(
  { isSampled }: RunFacts,
  threads: readonly LaneFacts[],
  { cores, otherCpuShare }: Facts,
): Waiting | null {
  const steps = countActive(threads, WANTING);
  const times = threads.map((lane) => coreTimeIn(lane));
  const ranMs = times.reduce((sum, { ranMs }) => sum + ranMs, 0);
  const couldMs = addUp(steps, (count) => Math.min(count, cores));
  const isKnown = times.every(({ unknownMs }) => unknownMs === 0);
  // They did not fill what others left of the cores: they slept in calls.
  const filled = ranMs / (couldMs * (1 - (otherCpuShare ?? 0)));
  if (isKnown && filled < FILLED) return null;
  const areFilled = isKnown && filled >= FILLED;
  if (isSampled) {
    const ms = sumOf(threads, (lane) => timeIn(lane, ["runnable"]));
    const ofMs = ms + ranMs;
    const share = ms / ofMs;
    if (!isKnown || share < LEAST_READY) return null;
    const words = `${
      formatPercent(share)
    } of their time they were ready and had to wait for one (${
      formatDuration(ms)
    } of ${formatDuration(ofMs)})`;
    return { from: "samples", areFilled, share, words };
  }
  // More than there is cannot have been counted.
  if (areFilled && ranMs <= 1.1 * couldMs) {
    const share = Math.min(1, ranMs / couldMs);
    const words = `they were on a core for ${formatDuration(ranMs)}, which ` +
      `is ${formatPercent(share)} of what the cores have, so each had to ` +
      `wait for its turns`;
    return { from: "counts", areFilled, share, words };
  }
  const overMs = addUp(steps, (count) => Math.max(0, count - cores));
  const share = overMs / addUp(steps, (count) => count);
  const words = `if none of them slept in a call, they waited for one for ${
    formatPercent(share)
  } of their time (cores were not sampled)`;
  return { from: "spans", areFilled: false, share, words };
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
