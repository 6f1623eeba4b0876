/**
 * The rule that answers "why not N times as fast?": what the threads did in
 * place of running. Pure.
 * @module
 */
import { formatCores, formatDuration, formatPercent } from "../base/mod.ts";
import { lengthOf, type Stretch, type TraceState } from "../base/record/mod.ts";
import { coreTimeIn, reachOf, sumOf, timeIn } from "./busy.ts";
import type { ArmFacts, Facts, LaneFacts, RunFacts } from "./facts.ts";
import type { Claim } from "./finding.ts";
import { lanesInWords, ratioInWords } from "./words.ts";

/** Finds where the time of cores went that could have run code. */
export function findNotNTimes(facts: Facts): Claim | undefined {
  const { run, arm, cores } = facts;
  if (arm !== undefined) return findInArm(arm, facts);
  if (run === undefined) return undefined;
  const lost = findLost(run, cores);
  if (lost === null || lost.average >= NEARLY * lost.atOnce) return undefined;
  // Threads that hardly compute gain nothing from cores.
  if (lost.average < LEAST_AVERAGE) return undefined;
  const { atOnce, average, threads, within } = lost;
  return {
    rule: "why not N times",
    values: lost,
    needs: ["calm", "computing"],
    lanes: threads.map(({ id }) => id),
    sentence: `Why not ${atOnce}×: ${lanesInWords(threads)} had ` +
      `${formatDuration(lengthOf(within))} from the first start to the last ` +
      `end, and ${average.toFixed(1)} of them ran code on average; ${
        describeLosses(lost)
      }.`,
    advice: lost.losses[0]!.advice,
  };
}

/** Finds what limits a model whose speed-up was measured. */
function findInArm(
  { model, jobs, speedup, waitingShare }: ArmFacts,
  { run, cores }: Facts,
): Claim | undefined {
  const title = ARMS[model];
  if (title === undefined || (waitingShare ?? 1) > MAX_WAITING) {
    return undefined;
  }
  if (!speedup?.shown || speedup.ratio < 1.2) return undefined;
  const limit = Math.min(jobs, cores);
  const all = run === undefined ? null : findLost(run, cores);
  // Where the rest went, if much is missing.
  const isMissing = limit >= 2 && speedup.high < NEARLY * limit;
  const lost = isMissing ? all : null;
  if (lost === null && jobs <= cores) return undefined;
  const needs = [
    "computing",
    { difference: speedup },
    { within: speedup, most: limit },
  ] as const;
  return {
    rule: "why not N times",
    values: { model, speedup, jobs, cores, limit, lost },
    sentence: `${title} were ${
      ratioInWords(speedup, "95 % interval ", "as fast as sequential")
    }.`,
    prediction: lost === null
      ? {
        needs,
        of: "The most that there is to gain",
        says: `; with ${formatCores(cores)}, about ${cores}× is the most ` +
          `that ${jobs} jobs can gain`,
      }
      : {
        needs: ["calm", ...needs],
        says: `, not ${limit}×, the most that ${jobs} jobs on ` +
          `${formatCores(cores)} can gain: ${describeLosses(lost)}`,
        advice: lost.losses[0]!.advice,
      },
  };
}

interface Loss {
  readonly words: string;
  readonly share: number;
  readonly advice: string;
}

interface Lost {
  readonly threads: readonly LaneFacts[];
  readonly within: Stretch;
  readonly atOnce: number;
  readonly average: number;
  readonly losses: readonly Loss[];
}

/** Splits the time of all threads by what they did; `null` if it is too little to tell. */
function findLost(run: RunFacts, cores: number): Lost | null {
  const threads = run.threads.filter((lane) =>
    timeIn(lane, ["running", "alive"]) > 0
  );
  const atOnce = Math.min(threads.length, Math.floor(cores));
  const within = reachOf(threads, AT_WORK);
  if (atOnce < 2 || within === null) return null;
  const lengthMs = lengthOf(within);
  const runMs = sumOf(threads, (lane) => coreTimeIn(lane, within).ranMs);
  if (runMs < LEAST_MS) return null;
  // Whether it was on a core is what the question is about.
  const unknownMs = sumOf(
    threads,
    (lane) => coreTimeIn(lane, within).unknownMs,
  );
  if (unknownMs > MAX_UNKNOWN * runMs) return null;
  const wholeMs = threads.length * lengthMs;
  const shareOf = (measure: (lane: LaneFacts) => number) =>
    sumOf(threads, measure) / wholeMs;
  const known = LOSSES.map(({ states, ...loss }) => ({
    ...loss,
    share: shareOf((lane) => timeIn(lane, states, within)),
  }));
  const called = shareOf((lane) =>
    timeIn(lane, ["alive"], within) + timeIn(lane, ["running"], within)
  );
  const offCore = called - runMs / wholeMs;
  const idle = shareOf((lane) =>
    within.endMs - (reachOf([lane], AT_WORK)?.endMs ?? within.endMs)
  );
  const rest = 1 - called - idle -
    known.reduce((all, { share }) => all + share, 0);
  const losses = [
    ...known,
    { ...OFF_CORE, share: offCore },
    { ...IDLE, share: idle },
    { ...REST, share: Math.max(0, rest) },
  ].sort((one, other) => other.share - one.share);
  const average = runMs / lengthMs;
  // They ran nearly all of the time, only slower: that is not to be seen here.
  if (losses[0]!.share < LEAST_LOSS) return null;
  return { threads, within, atOnce, average, losses };
}

function describeLosses({ losses }: Lost): string {
  const parts = losses.filter(({ share }, i) => i === 0 || share >= WORTH)
    .slice(0, MAX_PARTS)
    .map(({ share, words }) => `${formatPercent(share)} ${words}`);
  return `of the threads' time went ${parts.join(", ")}`;
}

const AT_WORK: readonly TraceState[] = [
  "starting",
  "running",
  "alive",
  "runnable",
  "serialising",
];
const LOSSES = [
  {
    states: ["starting"],
    words: "into starting",
    advice: "Start threads before the work, as a pool does, or give each " +
      "more of it.",
  },
  {
    states: ["serialising"],
    words: "into copying",
    advice: "Send less: transfer buffers, or share memory.",
  },
  {
    states: ["messaging"],
    words: "into handing over, waits for the other side included",
    advice: "Keep the main thread free to take results, and put several jobs " +
      "into one message.",
  },
  {
    states: ["blocked"],
    words: "into waiting for locks and the like",
    advice: "Hold locks for less time, or give each part a lock of its own.",
  },
  {
    states: ["runnable"],
    words: "into waiting for a core",
    advice: "Something else had the cores: use fewer threads, or end what " +
      "runs beside.",
  },
] as const;
const OFF_CORE = {
  words: "into code that was called and had no core: it slept in a call, or " +
    "others had the cores",
  advice: "See which it is: sleeping calls can wait together, in tasks.",
};
const IDLE = {
  words: "into idling after the last job",
  advice: "Cut the work into more and smaller jobs, so that all end together.",
};
const REST = {
  words: "into waiting for a job",
  advice: "Have the next job ready before the last one is done, as a pool's " +
    "queue has.",
};
const ARMS: Readonly<Partial<Record<ArmFacts["model"], string>>> = {
  workers: "Workers",
  processes: "Processes",
};
// Nearer than this to the most there can be, nothing is worth a question.
const NEARLY = 0.85;
const MAX_UNKNOWN = 0.1;
// Less work than this is over before the second thread has started.
const LEAST_MS = 10;
const LEAST_LOSS = 0.1;
const LEAST_AVERAGE = 0.5;
const WORTH = 0.05;
const MAX_PARTS = 3;
const MAX_WAITING = 0.2;
