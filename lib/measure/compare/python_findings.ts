/**
 * Says in short sentences what Python's models in a comparison show.
 *
 * Pure: one rule a kind of sentence, as in `lib/measure/compare/findings.ts`, which
 * asks for them. Speed-ups are against `python-sequential`: against JavaScript,
 * the interpreter would weigh more than the model.
 * @module
 */

import type {
  Comparison,
  ModelResult,
  PythonFacts,
  PythonModel,
  SpeedUp,
} from "../../base/record/mod.ts";
import { computeStartMs, findResult } from "./evidence.ts";
import { computeSpeedUp } from "./summary.ts";
import { formatDuration, formatPercent, formatTimes } from "../../base/mod.ts";
import { describePython } from "../../run/python/mod.ts";

/** A comparison before anything is said of it. */
type Measured = Omit<Comparison, "findings" | "type">;

/** What each rule looks at. */
interface Case {
  readonly facts: PythonFacts;
  readonly jobs: number;
  /** The model. */
  readonly result: ModelResult;
  /** The model against `python-sequential`. */
  readonly speedup: SpeedUp;
  /** Which part of its time a job is on a core when it is alone; `null` if unknown. */
  readonly aloneShare: number | null;
}

/** Applies all rules. */
export function describePythonFindings(measured: Measured): string[] {
  const { python: facts, results, jobs } = measured;
  if (facts === undefined) return [];
  const base = findResult(results, "python-sequential");
  const sentences = base
    ? results.flatMap((result) => {
      const rule = RULES[result.model as PythonModel];
      if (rule === undefined) return [];
      const { speedup } = result;
      if (speedup === null) return [];
      const aloneShare = base.cpuShare ?? null;
      return [rule({ facts, jobs, result, speedup, aloneShare })];
    })
    : [];
  return [...sentences, ...describeLanguages(results), describeFrame(facts)];
}

/** Threads: what the GIL does, or that there is none. */
function describeThreads(found: Case): string {
  const { facts, jobs, result, speedup, aloneShare } = found;
  const named = `${facts.implementation} ${facts.version}`;
  const said = `${countOf(jobs, "Python thread")} ${gainInWords(speedup)}`;
  const gains = speedup.shown && speedup.ratio >= GAIN;
  if (aloneShare === null) return `${said}.`;
  if (aloneShare < WAITS) {
    return gains
      ? `${said}: a job is on a core for ${
        formatPercent(aloneShare)
      } of its time, ` +
        `and a thread that waits keeps nobody from running.`
      : `${said}, though a job is on a core for only ${
        formatPercent(aloneShare)
      } of its time.`;
  }
  if (facts.gil) {
    if (gains) {
      return `${said}, although ${named} has a GIL: jobs wait, or run C code that lets go of it.`;
    }
    const share = result.cpuShare ?? null;
    const cores = share === null
      ? ""
      : ` Each was on a core for ${formatPercent(share)} of its time; ` +
        `the timeline cannot tell when.`;
    const switched = facts.freeThreaded ? " switched on" : "";
    return `${said}: ${named} has a GIL${switched}, so one thread at a time runs Python code.${cores}`;
  }
  return gains
    ? `${said}: ${named} is free-threaded, so threads run Python code at the same time.`
    : `${said}, though ${named} is free-threaded: too few cores, or data that threads share, may be in the way.`;
}

/** Asyncio: one thread, whose jobs take turns where they await. */
function describeAsyncio({ facts, speedup, aloneShare }: Case): string {
  const said = `Python asyncio ${gainInWords(speedup)}`;
  const gains = speedup.shown && speedup.ratio >= GAIN;
  if (gains) return `${said}: waits overlap on one thread.`;
  if (!facts.isAsync) {
    return `${said}: the function is a plain def, which never gives the event loop back.`;
  }
  return aloneShare !== null && aloneShare >= COMPUTES
    ? `${said}: there is one thread, and these jobs do not wait.`
    : `${said}.`;
}

/** Processes and subinterpreters: each has a lock of its own, and has to be started. */
function describeOwnLock({ facts, jobs, result, speedup }: Case): string {
  const isProcess = result.model === "python-processes";
  const what = isProcess
    ? `Python process (${facts.startMethod})`
    : "Python subinterpreter";
  const said = `${countOf(jobs, what)} ${gainInWords(speedup)}`;
  const own = isProcess ? "an interpreter" : "a lock";
  const reason = speedup.shown && speedup.ratio >= GAIN
    ? facts.gil || isProcess ? `: each has ${own} of its own` : ""
    : "";
  const startMs = computeStartMs(result) ?? 0;
  const { medianMs } = result.summary;
  return startMs < 0.05 * medianMs
    ? `${said}${reason}.`
    : `${said}${reason}; starting one took ${formatDuration(startMs)} of the ` +
      `${formatDuration(medianMs)}.`;
}

/** The two languages against each other, so that nobody takes it for a matter of threads. */
function describeLanguages(results: readonly ModelResult[]): string[] {
  const own = findResult(results, "sequential");
  const python = findResult(results, "python-sequential");
  if (!own || !python) return [];
  const speedup = computeSpeedUp(own.samplesMs, python.samplesMs);
  if (!speedup.shown) return [];
  const { ratio, low, high } = speedup;
  return [
    `One after another, Python took ${
      formatTimes(1 / ratio)
    } as long as JavaScript ` +
    `(${formatTimes(1 / high)} to ${
      formatTimes(1 / low)
    }): each speed-up is against its own language.`,
  ];
}

function describeFrame(facts: PythonFacts): string {
  return `Python is ${
    describePython(facts)
  }, one interpreter for all rounds: ` +
    `its start, ${formatDuration(facts.startMs)}, is part of no sample.`;
}

/** Such as `took 1.0× as long as one after another in Python (0.98× to 1.1×)`. */
function gainInWords({ ratio, low, high, shown }: SpeedUp): string {
  if (!shown) {
    return `against one after another in Python: no difference shown ` +
      `(${formatTimes(low)} to ${formatTimes(high)})`;
  }
  return ratio >= 1
    ? `ran ${formatTimes(ratio)} as fast as one after another in Python ` +
      `(${formatTimes(low)} to ${formatTimes(high)})`
    : `took ${formatTimes(1 / ratio)} as long as one after another in Python ` +
      `(${formatTimes(1 / high)} to ${formatTimes(1 / low)})`;
}

function countOf(count: number, what: string): string {
  if (count === 1) return `1 ${what}`;
  // The plural of "process (fork)" is in front of the bracket.
  const [, noun = what, rest = ""] = /^(.*?)( \(.*\))?$/.exec(what) ?? [];
  return `${count} ${noun}${noun.endsWith("s") ? "es" : "s"}${rest}`;
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
