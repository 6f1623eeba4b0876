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
import { type Claim, claim, type Words } from "./finding.ts";
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
  // Turns alone make it no longer than that; a short job is mostly cold code.
  const isCold = aloneMs < COLD_MS &&
    sharedMs > BEYOND_TURNS * aloneMs * jobs / cores;
  const values = { model, jobs, aloneMs, sharedMs, cores, isCold };
  return claim("oversubscription", sayShared, values, {
    needs: ["alone", "computing"],
  });
}

interface SharedCores {
  readonly model: "workers" | "processes";
  readonly jobs: number;
  /** How long a job takes alone, and where it shares cores. */
  readonly aloneMs: number;
  readonly sharedMs: number;
  readonly cores: number;
  /** Whether cold code is part of the reason. */
  readonly isCold: boolean;
}

function sayShared(found: SharedCores): Words {
  const { model, jobs, aloneMs, sharedMs, cores, isCold } = found;
  const [shared, alone] = [formatDuration(sharedMs), formatDuration(aloneMs)];
  const one = model === "workers" ? "Worker" : "process";
  const cold = isCold ? `, and each new ${one} runs its code cold` : "";
  return {
    sentence: `A job ran for ${shared} in ${model} and for ${alone} alone: ` +
      `${jobs} jobs take turns on ${formatCores(cores)}${cold}.`,
    advice: `More than ${cores} at once gain nothing while they compute: a ` +
      `pool of ${cores} does the same with fewer starts.`,
    evidence: [
      {
        what: `time of a job in ${model} and alone`,
        value: `${shared}, ${alone}`,
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
  const waiting = findWaiting(run, threads, facts);
  if (waiting === null) return undefined;
  const during = reachOf(
    { spans: threads.flatMap(({ spans }) => spans) },
    WANTING,
  );
  const { prefix, isSampled } = run;
  const others = facts.otherCpuShare ?? 0;
  return claim("oversubscription", sayRun, {
    ...{ prefix, isSampled, threads, cores, overMs, anyMs, waiting },
    // Cores that others had are part of the reason.
    otherShare: others > MAX_OTHER ? others : null,
  }, {
    // Threads that fill the cores compute, however small the share of each.
    needs: waiting.areFilled ? [] : ["computing"],
    lanes: threads.map(({ id }) => id),
    ...(during === null ? {} : { during }),
  });
}

interface Crowd {
  readonly prefix: string;
  readonly isSampled: boolean;
  readonly threads: readonly LaneFacts[];
  readonly cores: number;
  /** For how long more had work than there are cores, and for how long any had. */
  readonly overMs: number;
  readonly anyMs: number;
  readonly waiting: Waiting;
  readonly otherShare: number | null;
}

function sayRun(found: Crowd): Words {
  const { prefix, isSampled, threads, cores, otherShare } = found;
  const [over, any] = [
    formatDuration(found.overMs),
    formatDuration(found.anyMs),
  ];
  const others = otherShare === null
    ? ""
    : ` Other programs used ${
      formatPercent(otherShare)
    } of the cores meanwhile.`;
  return {
    sentence: `${prefix}Oversubscription: ${lanesInWords(threads)} on ` +
      `${
        formatCores(cores)
      }. For ${over} of ${any}, more had work than there ` +
      `are cores; ${waitingInWords(found.waiting)}.${others}`,
    advice: `For computing, ${formatCores(cores)} need no more than ` +
      `${cores} ${cores === 1 ? "thread" : "threads"}: make the pool that ` +
      `small, and leave many at once to tasks that wait.`,
    evidence: [{
      what: "time in which more had work than there are cores",
      value: `${over} of ${any}`,
      from: isSampled ? "spans, cores sampled" : "spans of the threads",
    }],
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
  /** Sampled: how long they were ready, and ready or running. Counted: on a core. */
  readonly ms: number;
  readonly ofMs: number;
}

function waitingInWords({ from, share, ms, ofMs }: Waiting): string {
  switch (from) {
    case "samples":
      return `${
        formatPercent(share)
      } of their time they were ready and had to ` +
        `wait for one (${formatDuration(ms)} of ${formatDuration(ofMs)})`;
    case "counts":
      return `they were on a core for ${formatDuration(ms)}, which is ${
        formatPercent(share)
      } of what the cores have, so each had to wait for its turns`;
    case "spans":
      return `if none of them slept in a call, they waited for one for ${
        formatPercent(share)
      } of their time (cores were not sampled)`;
    default:
      return from satisfies never;
  }
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
    const ms = threads.reduce(
      (sum, lane) => sum + timeIn(lane, ["runnable"]),
      0,
    );
    const share = ms / (ms + ranMs);
    if (!isKnown || share < LEAST_READY) return null;
    return { from: "samples", areFilled, share, ms, ofMs: ms + ranMs };
  }
  // More than there is cannot have been counted.
  if (areFilled && ranMs <= 1.1 * couldMs) {
    const share = Math.min(1, ranMs / couldMs);
    return { from: "counts", areFilled, share, ms: ranMs, ofMs: couldMs };
  }
  const ofMs = addUp(steps, (count) => count);
  const ms = addUp(steps, (count) => Math.max(0, count - cores));
  return { from: "spans", areFilled: false, share: ms / ofMs, ms, ofMs };
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
