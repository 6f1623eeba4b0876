/**
 * The rule that answers "why not N times as fast?": what the threads did in
 * place of running.
 *
 * Pure.
 * @module
 */
import {
  formatCores,
  formatDuration,
  formatPercent,
  formatTimes,
} from "../base/mod.ts";
import type { SpeedUp, TraceState } from "../base/record/mod.ts";
import { coreTimeIn, reachOf, type Stretch, timeIn } from "./busy.ts";
import type { ArmFacts, Facts, LaneFacts, RunFacts } from "./facts.ts";
import { type Claim, claim, type Evidence, type Words } from "./finding.ts";
import { findBest } from "./scaled_words.ts";
import { lanesInWords } from "./words.ts";

/** Finds where the time of cores went that could have run code. */
export function findNotNTimes(facts: Facts): Claim | undefined {
  const { run, arm, scaling, cores } = facts;
  if (scaling !== undefined) return findBest(scaling);
  if (arm !== undefined) return findInArm(arm, facts);
  if (run === undefined) return undefined;
  const lost = findLost(run, cores);
  if (lost === null || lost.average >= NEARLY * lost.atOnce) return undefined;
  // Threads that hardly compute gain nothing from cores.
  if (lost.average < LEAST_AVERAGE) return undefined;
  return claim("why not N times", sayLost, lost, {
    needs: ["calm", "computing"],
    lanes: lost.threads.map(({ id }) => id),
    during: lost.within,
  });
}

function sayLost(lost: Lost): Words {
  const { atOnce, average, threads, within } = lost;
  return {
    sentence: `Why not ${atOnce}×: ${lanesInWords(threads)} had ` +
      `${formatDuration(within.endMs - within.startMs)} from the first start ` +
      `to the last end, and ${
        average.toFixed(1)
      } of them ran code on average; ` +
      `${describeLosses(lost)}.`,
    advice: lost.losses[0]!.advice,
    evidence: listLossEvidence(lost),
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
  const needs = [
    "computing",
    { difference: speedup },
    { within: speedup, most: limit },
  ] as const;
  const lost = run === undefined ? null : findLost(run, cores);
  const values = { model, title, speedup, jobs, cores, limit };
  if (lost !== null && limit >= 2 && speedup.high < NEARLY * limit) {
    return claim("why not N times", sayArm, { ...values, lost }, {
      predicts: ["calm", ...needs],
    });
  }
  if (jobs <= cores) return undefined;
  return claim("why not N times", sayArm, { ...values, lost: null }, {
    predicts: needs,
  });
}

interface Limited {
  readonly model: ArmFacts["model"];
  readonly title: string;
  readonly speedup: SpeedUp;
  readonly jobs: number;
  readonly cores: number;
  /** The most that there is to gain. */
  readonly limit: number;
  /** Where the rest went; `null` if little is missing, or it is not known. */
  readonly lost: Lost | null;
}

function sayArm(found: Limited): Words {
  const { model, title, speedup, jobs, cores, limit, lost } = found;
  const value = formatTimes(speedup.ratio);
  const interval = `${formatTimes(speedup.low)} to ${
    formatTimes(speedup.high)
  }`;
  return {
    sentence: `${title} were ${value} as fast as sequential (95 % interval ` +
      `${interval}).`,
    prediction: lost === null
      ? {
        of: "The most that there is to gain",
        says:
          `; with ${formatCores(cores)}, about ${cores}× is the most that ` +
          `${jobs} jobs can gain`,
      }
      : {
        says: `, not ${limit}×, the most that ${jobs} jobs on ` +
          `${formatCores(cores)} can gain: ${describeLosses(lost)}`,
        advice: lost.losses[0]!.advice,
      },
    advice: "",
    evidence: [
      {
        what: `speed-up of ${model}`,
        value: `${value} (${interval})`,
        from: "medians of the rounds against sequential",
      },
      { what: "cores", value: String(cores), from: "the stamp" },
      ...lost === null ? [] : listLossEvidence(lost),
    ],
  };
}

function listLossEvidence({ within, average }: Lost): readonly Evidence[] {
  return [
    {
      what: "from the first start to the last end",
      value: formatDuration(within.endMs - within.startMs),
      from: "spans of the threads",
    },
    {
      what: "threads that ran code, on average",
      value: average.toFixed(1),
      from: "spans of the threads",
    },
  ];
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
  const within = reachOf({ spans: threads.flatMap(spansOf) }, AT_WORK);
  if (atOnce < 2 || within === null) return null;
  const lengthMs = within.endMs - within.startMs;
  const runMs = sum(threads, (lane) => coreTimeIn(lane, within).ranMs);
  if (runMs < LEAST_MS) return null;
  // Whether it was on a core is what the question is about.
  const unknownMs = sum(threads, (lane) => coreTimeIn(lane, within).unknownMs);
  if (unknownMs > MAX_UNKNOWN * runMs) return null;
  const wholeMs = threads.length * lengthMs;
  const known = LOSSES.map(({ states, words, advice }) => ({
    words,
    advice,
    share: sum(threads, (lane) => timeIn(lane, states, within)) / wholeMs,
  }));
  const alive = sum(threads, (lane) => timeIn(lane, ["alive"], within));
  const offCore = alive - runMs +
    sum(threads, (lane) => timeIn(lane, ["running"], within));
  const idle = sum(
    threads,
    (lane) => within.endMs - (reachOf(lane, AT_WORK)?.endMs ?? within.endMs),
  ) / wholeMs;
  const rest = 1 - runMs / wholeMs - idle - offCore / wholeMs -
    known.reduce((all, { share }) => all + share, 0);
  const losses = [
    ...known,
    { ...OFF_CORE, share: offCore / wholeMs },
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

function sum(
  lanes: readonly LaneFacts[],
  measure: (lane: LaneFacts) => number,
): number {
  return lanes.reduce((all, lane) => all + measure(lane), 0);
}

function spansOf({ spans }: LaneFacts) {
  return spans;
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
