/**
 * What Python's models in a comparison show, in sentences. Pure.
 *
 * Speed-ups are against `python-sequential`: against JavaScript, the interpreter
 * would weigh more than the model.
 * @module
 */
import { countOf, formatDuration, formatPercent } from "../../base/mod.ts";
import type {
  ModelResult,
  PythonFacts,
  PythonModel,
  SpeedUp,
} from "../../base/record/mod.ts";
import { invert, rangeInWords, ratioInWords } from "../../explain/mod.ts";
import { describePython } from "../../run/python/mod.ts";
import { computeSpeedUp } from "../summary.ts";
import { computeStartMs, findResult, type Measured } from "./facts.ts";

/** What each rule looks at. */
interface Case {
  readonly facts: PythonFacts;
  readonly jobs: number;
  readonly result: ModelResult;
  /** Whether it is faster than `python-sequential`, and by how much in words. */
  readonly gains: boolean;
  readonly gain: string;
  /** Which part of its time a job is on a core when it is alone; `null` if unknown. */
  readonly aloneShare: number | null;
}

export function describePythonFindings(measured: Measured): string[] {
  const { python: facts, results, jobs } = measured;
  if (facts === undefined) return [];
  const base = findResult(results, "python-sequential");
  const sentences = results.flatMap((result) => {
    const rule = RULES[result.model as PythonModel];
    const { speedup } = result;
    if (!base || rule === undefined || speedup === null) return [];
    const aloneShare = base.cpuShare ?? null;
    const gains = speedup.shown && speedup.ratio >= GAIN;
    const gain = gainInWords(speedup);
    return [`${rule({ facts, jobs, result, gains, gain, aloneShare })}.`];
  });
  return [
    ...sentences,
    ...describeLanguages(results),
    `Python is ${describePython(facts)}, one interpreter for all rounds: its ` +
    `start, ${formatDuration(facts.startMs)}, is part of no sample.`,
  ];
}

/** Threads: what the GIL does, or that there is none. */
function describeThreads(found: Case): string {
  const { facts, jobs, result, gains, gain, aloneShare } = found;
  const named = `${facts.implementation} ${facts.version}`;
  const said = `${countOf(jobs, "Python thread")} ${gain}`;
  if (aloneShare === null) return said;
  if (aloneShare < WAITS) {
    const share = `${formatPercent(aloneShare)} of its time`;
    return gains
      ? `${said}: a job is on a core for ${share}, and a thread that waits ` +
        `keeps nobody from running`
      : `${said}, though a job is on a core for only ${share}`;
  }
  if (!facts.gil) {
    return gains
      ? `${said}: ${named} is free-threaded, so threads run Python code at ` +
        `the same time`
      : `${said}, though ${named} is free-threaded: too few cores, or data ` +
        `that threads share, may be in the way`;
  }
  if (gains) {
    return `${said}, although ${named} has a GIL: jobs wait, or run C code ` +
      `that lets go of it`;
  }
  const share = result.cpuShare ?? null;
  const cores = share === null
    ? ""
    : `. Each was on a core for ${formatPercent(share)} of its time; the ` +
      `timeline cannot tell when`;
  const switched = facts.freeThreaded ? " switched on" : "";
  return `${said}: ${named} has a GIL${switched}, so one thread at a time ` +
    `runs Python code${cores}`;
}

/** Asyncio: one thread, whose jobs take turns where they await. */
function describeAsyncio({ facts, gains, gain, aloneShare }: Case): string {
  const said = `Python asyncio ${gain}`;
  if (gains) return `${said}: waits overlap on one thread`;
  if (!facts.isAsync) {
    return `${said}: the function is a plain def, which never gives the ` +
      `event loop back`;
  }
  return (aloneShare ?? 0) >= COMPUTES
    ? `${said}: there is one thread, and these jobs do not wait`
    : said;
}

/** Processes and subinterpreters: each has a lock of its own, and has to be started. */
function describeOwnLock({ facts, jobs, result, gains, gain }: Case): string {
  const isProcess = result.model === "python-processes";
  const count = isProcess
    ? `${countOf(jobs, "Python process", "Python processes")} ` +
      `(${facts.startMethod})`
    : countOf(jobs, "Python subinterpreter");
  const own = isProcess ? "an interpreter" : "a lock";
  const reason = gains && (facts.gil || isProcess)
    ? `: each has ${own} of its own`
    : "";
  const startMs = computeStartMs(result);
  const { medianMs } = result.summary;
  const start = startMs < 0.05 * medianMs
    ? ""
    : `; starting one took ${formatDuration(startMs)} of the ${
      formatDuration(medianMs)
    }`;
  return `${count} ${gain}${reason}${start}`;
}

/** The two languages against each other, so that nobody takes it for a matter of threads. */
function describeLanguages(results: readonly ModelResult[]): string[] {
  const own = findResult(results, "sequential");
  const python = findResult(results, "python-sequential");
  if (!own || !python) return [];
  const speedup = computeSpeedUp(own.samplesMs, python.samplesMs);
  if (!speedup.shown) return [];
  const slower = ratioInWords(invert(speedup), "", "as long as JavaScript");
  return [
    `One after another, Python took ${slower}: each speed-up is against its ` +
    `own language.`,
  ];
}

/** Such as `took 1.0× as long as one after another in Python (0.98× to 1.1×)`. */
function gainInWords(speedup: SpeedUp): string {
  const other = "one after another in Python";
  if (!speedup.shown) {
    return `against ${other}: no difference shown (${rangeInWords(speedup)})`;
  }
  return speedup.ratio >= 1
    ? `ran ${ratioInWords(speedup, "", `as fast as ${other}`)}`
    : `took ${ratioInWords(invert(speedup), "", `as long as ${other}`)}`;
}

const RULES: Readonly<
  Partial<Record<PythonModel, (found: Case) => string>>
> = {
  "python-threads": describeThreads,
  "python-asyncio": describeAsyncio,
  "python-processes": describeOwnLock,
  "python-subinterpreters": describeOwnLock,
};
// Less may be chance of where threads ran; see `shown` for whether it is chance at all.
const GAIN = 1.2;
const COMPUTES = 0.8;
const WAITS = 0.5;
