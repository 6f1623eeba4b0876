/**
 * What `compare()` does, loaded when it is first called: runs the same jobs in
 * several ways and measures each.
 *
 * The ways are in `models.ts` and `python.ts`; what the rounds mean is
 * worked out in `rounds.ts`, and said in `findings.ts`.
 * @module
 */
import {
  checkChoice,
  checkName,
  checkNumber,
  checkObject,
  checkText,
} from "../../base/mod.ts";
import {
  baselineOf,
  type Comparison,
  isPythonModel,
  type Model,
  type ModelResult,
  PYTHON_MODELS,
  type PythonFacts,
  type Span,
} from "../../base/record/mod.ts";
import {
  computeCpuShare,
  openOwnLoad,
  type OwnLoad,
  type OwnReading,
  subtractLoad,
  sumLoads,
} from "../../base/stamp/mod.ts";
import { type Task, type TaskText } from "../../run/mod.ts";
import { explainNoProcesses } from "../../run/process/mod.ts";
import { Recorder } from "../../trace/mod.ts";
import { listArguments, settleWork, type Share } from "../jobs.ts";
import { type Check, choices, list, optional } from "../options.ts";
import { chooseAble, measureInRounds } from "../scaffold.ts";
import { computeSpeedUp, summarize, widestSpread } from "../summary.ts";
import { adoptEqual, createAgreement } from "./agreement.ts";
import type { CompareOptions } from "./compare.ts";
import { describeFindings } from "./findings.ts";
import { MODELS, OWN_MODELS, type OwnModel } from "./models.ts";
import type { PythonArms } from "./python.ts";

/**
 * Runs jobs sequentially, with `async`, in Workers and in processes, and with
 * paired Python code in the ways that Python has; see `compare()`.
 *
 * A sample is the time from asking for the first job until the last result is
 * there and what was started has ended. All models must return the same values.
 * Python's samples are taken inside of one interpreter, by the same clock of the
 * system; starting that is part of none. With Python no rounds are taken twice:
 * what it has used is known for all its rounds together only.
 */
export async function measureComparison<Args extends unknown[], R>(
  work: Task<Args, R> | ((...args: Args) => R | Promise<R>),
  options: CompareOptions<Args>,
): Promise<Comparison> {
  const { shipped, settings } = settleWork(CALL, work, options, OPTIONS);
  const { purpose } = settings;
  const inputs = listArguments(options.inputs);
  const wanted = options.models ??
    [...OWN_MODELS, ...(options.python === undefined ? [] : PYTHON_MODELS)];
  let facts: PythonFacts | null = null;
  return await measureInRounds({
    type: "comparison",
    settings,
    async open(signal) {
      // Loaded late: most comparisons have no Python.
      const { joinPython } = await import("./python.ts");
      await using opened = new AsyncDisposableStack();
      const { arms: python, explainNot } = await joinPython(options.python, {
        ...{ wanted, purpose, signal, name: shipped.name },
      });
      if (python !== null) opened.use(python);
      facts = python?.facts ?? null;
      const { able, notes } = await chooseAble({
        ...{ purpose, all: ALL_MODELS, wanted, none: "no model can run" },
      }, (model) => {
        if (isPythonModel(model)) return explainNot(model);
        return model === "processes" ? explainNoProcesses() : null;
      });
      const all = opened.move();
      return {
        arms: able,
        notes,
        measure: createMeasure({
          ...{ title: settings.title, shipped, inputs, python },
          readOwn: await openOwnLoad(),
        }),
        isAlone: (model: Model) => ON_THIS_THREAD.includes(model),
        afterRound: python?.readProcessor,
        canRepeat: python === null,
        correctStamp: python?.correctStamp,
        [Symbol.asyncDispose]: () => all.disposeAsync(),
      };
    },
    result: ({ rounds, arms, seed }) => ({
      jobs: inputs.length,
      results: summarizeRounds(rounds, arms, seed),
      prediction: options.prediction ?? null,
      ...(facts === null ? {} : { python: facts }),
    }),
    stamp: ({ results }) => ({
      spread: widestSpread(results.map(({ summary }) => summary)),
      series: results.map(({ samplesMs }) => samplesMs),
    }),
    describe: describeFindings,
  });
}

interface Jobs {
  readonly title: string;
  readonly shipped: TaskText;
  readonly inputs: Share;
  readonly python: PythonArms | null;
  /** Tells what this process has of the cores. */
  readonly readOwn: () => OwnReading | null;
}

/** Measures a model once; what it gives must be what the first one gave. */
function createMeasure({ title, shipped, inputs, python, readOwn }: Jobs) {
  const agree = createAgreement(title);
  let reference: readonly unknown[] = [];
  return async (model: Model, signal: AbortSignal): Promise<Round> => {
    const run = isPythonModel(model)
      ? { model, ...await python!.run(model, inputs) }
      : await runTimed(model, shipped, { inputs, signal, readOwn });
    const results = agree(
      model,
      isPythonModel(model) ? adoptEqual(run.results, reference) : run.results,
    );
    if (reference.length === 0) reference = results;
    return { ...run, results };
  };
}

async function runTimed(
  model: OwnModel,
  work: TaskText,
  { inputs, signal, readOwn }: Pick<Jobs, "inputs" | "readOwn"> & {
    readonly signal: AbortSignal;
  },
): Promise<Round> {
  // A copy, so that no job sees what another did to its arguments.
  const copies = structuredClone(inputs);
  const recorder = new Recorder();
  const before = readOwn();
  const startMs = recorder.nowMs();
  const results = await MODELS[model](work, copies, { signal, recorder });
  const sampleMs = recorder.nowMs() - startMs;
  const round = { model, sampleMs, spans: recorder.spans, results };
  return ON_THIS_THREAD.includes(model)
    ? { ...round, own: subtractLoad(before, readOwn()) }
    : round;
}

/** One run of all jobs by one model. */
export interface Round {
  readonly model: Model;
  readonly sampleMs: number;
  readonly spans: readonly Span[];
  /** What the jobs returned. */
  readonly results: readonly unknown[];
  /** Which part of its time a job's thread was on a core; of Python models. */
  readonly cpuShare?: number | null;
  /** What this process had of the cores; of what runs on this thread alone. */
  readonly own?: OwnLoad | null;
}

export function summarizeRounds(
  rounds: readonly (readonly Round[])[],
  models: readonly Model[],
  seed: number,
): ModelResult[] {
  const runsOf = (model: Model) =>
    rounds.flat().filter((run) => run.model === model);
  const samplesOf = (model: Model) =>
    runsOf(model).map(({ sampleMs }) => sampleMs);
  return models.map((model) => {
    const [runs, samplesMs] = [runsOf(model), samplesOf(model)];
    const summary = summarize(samplesMs, seed);
    const [nearest] = runs.toSorted((one, other) =>
      Math.abs(one.sampleMs - summary.medianMs) -
      Math.abs(other.sampleMs - summary.medianMs)
    ) as [Round];
    const baseline = baselineOf(model);
    const speedup = models.includes(baseline)
      ? computeSpeedUp(samplesOf(baseline), samplesMs, seed)
      : null;
    const { spans, results, own, cpuShare } = nearest;
    return {
      model,
      samplesMs,
      summary,
      speedup,
      spans,
      results,
      ...(cpuShare === undefined ? {} : { cpuShare }),
      // Of Python, that of the round shown; of this thread, that of all together.
      ...(own === undefined ? {} : {
        cpuShare: computeCpuShare(
          sumLoads(runs.map(({ own = null }) => own)),
        ),
      }),
    };
  });
}

const CALL = {
  purpose: "compare",
  example: "compare(work, { inputs: [1, 2, 3] })",
  title: "The same jobs, in several ways",
  samples: 6,
};
const ALL_MODELS: readonly Model[] = [...OWN_MODELS, ...PYTHON_MODELS];
const ON_THIS_THREAD: readonly Model[] = ["sequential", "async"];

const checkPython: Check = ([what, field], work) => {
  if (typeof work === "string") return;
  checkObject([what, field], work, "code, or the code itself as text");
  const { code, python = "python" } = work as Partial<Record<string, unknown>>;
  checkText([what, `${field}.code`], code);
  checkName([what, `${field}.python`], python);
};
const checkPrediction: Check = ([what, field], prediction) => {
  checkObject([what, field], prediction, "speed-ups");
  for (const [model, ratio] of Object.entries(prediction as object)) {
    checkChoice([what, `a model of ${field}`], model, ALL_MODELS);
    checkNumber([what, `${field}.${model}`], ratio, { above: 0 });
  }
};
const OPTIONS = {
  inputs: list("inputs, one a job", () => {}, 1),
  models: choices(ALL_MODELS),
  python: optional(checkPython),
  prediction: optional(checkPrediction),
};
