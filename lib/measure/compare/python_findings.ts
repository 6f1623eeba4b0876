/**
 * What Python's models in a comparison show: rules, and their words. Pure.
 *
 * Speed-ups are against `python-sequential`: against JavaScript, the interpreter
 * would weigh more than the model.
 * @module
 */
import { countOf, formatDuration, formatPercent } from "../../base/mod.ts";
import {
  isPythonModel,
  type PythonFacts,
  type PythonModel,
  type SpeedUp,
} from "../../base/record/mod.ts";
import {
  type FoundIn,
  invert,
  rangeInWords,
  ratioInWords,
} from "../../explain/mod.ts";
import { describePython } from "../../run/python/mod.ts";
import { computeSpeedUp } from "../summary.ts";
import { computeStartMs, findResult, type Measured } from "./facts.ts";

/** A model against `python-sequential`. */
interface Arm {
  readonly model: PythonModel;
  readonly python: PythonFacts;
  readonly jobs: number;
  readonly speedup: SpeedUp;
  /** Which part of its time a job is on a core when it is alone; `null` if unknown. */
  readonly aloneShare: number | null;
  /** Which part it is here. */
  readonly share: number | null;
  /** How long starting one took, and all jobs. */
  readonly startMs: number;
  readonly medianMs: number;
}

export const PYTHON_WORDS = {
  measured: because(() => ""),
  threadsWait: because(({ aloneShare }) =>
    `: a job is on a core for ${formatPercent(aloneShare!)} of its time, and ` +
    `a thread that waits keeps nobody from running`
  ),
  waitsInVain: because(({ aloneShare }) =>
    `, though a job is on a core for only ${formatPercent(aloneShare!)} of ` +
    `its time`
  ),
  noGil: because(({ python }) =>
    `: ${nameOf(python)} is free-threaded, so threads run Python code at the ` +
    `same time`
  ),
  noGilInVain: because(({ python }) =>
    `, though ${nameOf(python)} is free-threaded: too few cores, or data ` +
    `that threads share, may be in the way`
  ),
  inSpiteOfGil: because(({ python }) =>
    `, although ${nameOf(python)} has a GIL: jobs wait, or run C code that ` +
    `lets go of it`
  ),
  gil: because(({ python, share }) => {
    const cores = share === null
      ? ""
      : `. Each was on a core for ${formatPercent(share)} of its time; the ` +
        `timeline cannot tell when`;
    const on = python.freeThreaded ? " switched on" : "";
    return `: ${nameOf(python)} has a GIL${on}, so one thread at a time runs ` +
      `Python code${cores}`;
  }),
  waitsOverlap: because(() => ": waits overlap on one thread"),
  plainFunction: because(() =>
    ": the function is a plain def, which never gives the event loop back"
  ),
  noWaits: because(() => ": there is one thread, and these jobs do not wait"),
  notShared: because((arm) =>
    `: each has ${
      arm.model === "python-processes" ? "an interpreter" : "a lock"
    } of its own${startInWords(arm)}`
  ),
  started: because(startInWords),
  languages: ({ speedup }: { speedup: SpeedUp }) =>
    `One after another, Python took ${
      ratioInWords(invert(speedup), "", "as long as JavaScript")
    }: each speed-up is against its own language.`,
  interpreter: (python: PythonFacts) =>
    `Python is ${
      describePython(python)
    }, one interpreter for all rounds: its ` +
    `start, ${formatDuration(python.startMs)}, is part of no sample.`,
};

type Found = FoundIn<typeof PYTHON_WORDS>;

export function* findPython(
  { python, results, jobs }: Measured,
): Iterable<Found> {
  if (python === undefined) return;
  const base = findResult(results, "python-sequential");
  const aloneShare = base?.cpuShare ?? null;
  for (const result of results) {
    const { model, speedup, cpuShare: share = null, summary } = result;
    if (!base || !isPythonModel(model) || model === base.model) continue;
    if (speedup === null) continue;
    const { medianMs } = summary;
    const startMs = computeStartMs(result);
    const own = { model, python, jobs, speedup, aloneShare, share };
    const values = { ...own, startMs, medianMs };
    yield { rule: chooseRule(values), values };
  }
  // The languages against each other, so that nobody takes it for a matter of threads.
  const own = findResult(results, "sequential");
  const speedup = own && base && computeSpeedUp(own.samplesMs, base.samplesMs);
  if (speedup?.shown) yield { rule: "languages", values: { speedup } };
  yield { rule: "interpreter", values: python };
}

function chooseRule(
  { model, python, speedup, aloneShare }: Arm,
): Exclude<Found["rule"], "languages" | "interpreter"> {
  const gains = speedup.shown && speedup.ratio >= GAIN;
  if (model === "python-threads") {
    if (aloneShare === null) return "measured";
    if (aloneShare < WAITS) return gains ? "threadsWait" : "waitsInVain";
    if (!python.gil) return gains ? "noGil" : "noGilInVain";
    return gains ? "inSpiteOfGil" : "gil";
  }
  if (model === "python-asyncio") {
    if (gains) return "waitsOverlap";
    if (!python.isAsync) return "plainFunction";
    return (aloneShare ?? 0) >= COMPUTES ? "noWaits" : "measured";
  }
  const isOwn = python.gil || model === "python-processes";
  return gains && isOwn ? "notShared" : "started";
}

/** Says what a model gained, and why. */
function because(why: (arm: Arm) => string): (arm: Arm) => string {
  return (arm) => {
    const { model, jobs, python, speedup } = arm;
    const subject = model === "python-asyncio"
      ? "Python asyncio"
      : model === "python-threads"
      ? countOf(jobs, "Python thread")
      : model === "python-processes"
      ? `${countOf(jobs, "Python process", "Python processes")} ` +
        `(${python.startMethod})`
      : countOf(jobs, "Python subinterpreter");
    return `${subject} ${gainInWords(speedup)}${why(arm)}.`;
  };
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

function startInWords({ startMs, medianMs }: Arm): string {
  return startMs < 0.05 * medianMs
    ? ""
    : `; starting one took ${formatDuration(startMs)} of the ${
      formatDuration(medianMs)
    }`;
}

function nameOf({ implementation, version }: PythonFacts): string {
  return `${implementation} ${version}`;
}

// Less may be chance of where threads ran; see `shown` for whether it is chance at all.
const GAIN = 1.2;
const COMPUTES = 0.8;
const WAITS = 0.5;
