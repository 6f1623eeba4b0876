/**
 * What `compare()` does, loaded when it is first called: runs the same jobs in
 * several ways and measures each.
 *
 * The ways are in `models.ts` and `python_join.ts`; what the rounds mean is
 * worked out in `summary.ts`, and said in `findings.ts`.
 * @module
 */
import {
  checkChoice,
  checkChoices,
  checkName,
  checkNumber,
  checkObject,
  checkOptions,
  checkSome,
  checkText,
} from "../../base/mod.ts";
import {
  type Comparison,
  isPythonModel,
  type Model,
  PYTHON_MODELS,
  type PythonFacts,
} from "../../base/record/mod.ts";
import {
  openOwnLoad,
  type OwnReading,
  subtractLoad,
} from "../../base/stamp/mod.ts";
import { type Task, type TaskText, toTask } from "../../run/mod.ts";
import { explainNoProcesses } from "../../run/process/mod.ts";
import { Recorder } from "../../trace/mod.ts";
import { checkRoundCall, measureInRounds } from "../scaffold.ts";
import { createAgreement } from "./agreement.ts";
import type { CompareOptions } from "./compare.ts";
import { describeFindings } from "./findings.ts";
import { MODELS, OWN_MODELS, type OwnModel } from "./models.ts";
import { adoptEqual } from "./python_agreement.ts";
import type { PythonPart, PythonWork } from "./python_join.ts";
import { findWidestSpread, type Round, summarizeRounds } from "./summary.ts";

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
  const shipped = toTask(what, work);
  checkRoundCall(CALL, options, {
    names: ["inputs", "models", "python", "prediction", "seed"],
    check: () => checkCompareOptions(options),
  });
  const { samples = 6, seed = 1, maxMs = 60_000, signal } = options;
  const title = options.title ??
    (shipped.name === "anonymous" ? UNNAMED : shipped.name);
  const inputs = options.inputs.map((input) =>
    Array.isArray(input) ? input : [input]
  );
  const wanted = options.models ??
    [...OWN_MODELS, ...(options.python === undefined ? [] : PYTHON_MODELS)];
  let facts: PythonFacts | null = null;
  return await measureInRounds({
    type: "comparison",
    settings: {
      purpose: `${what} "${title}"`,
      title,
      samples,
      maxMs,
      seed,
      signal,
    },
    async open(signal) {
      // Loaded late: most comparisons have no Python.
      const { joinPython } = await import("./python_join.ts");
      await using opened = new AsyncDisposableStack();
      const python = opened.use(
        await joinPython(options.python, {
          ...{ wanted, title, signal },
          name: shipped.name,
        }),
      );
      facts = python.arms?.facts ?? null;
      const { models, notes } = await chooseModels(wanted, python, title);
      const all = opened.move();
      return {
        ...{ arms: models, notes },
        measure: createMeasure({
          title,
          shipped,
          inputs,
          python,
          readOwn: await openOwnLoad(),
        }),
        isAlone: (model: Model) => ON_THIS_THREAD.includes(model),
        afterRound: () => python.readProcessor(),
        canRepeat: python.arms === null,
        correctStamp: (start) => python.correctStamp(start),
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
      spread: findWidestSpread(results),
      series: results.map(({ samplesMs }) => samplesMs),
    }),
    describe: describeFindings,
  });
}

interface Jobs {
  readonly title: string;
  readonly shipped: TaskText;
  readonly inputs: readonly (readonly unknown[])[];
  readonly python: PythonPart;
  /** Tells what this process has of the cores. */
  readonly readOwn: () => OwnReading | null;
}

/** Measures a model once; what it gives must be what the first one gave. */
function createMeasure({ title, shipped, inputs, python, readOwn }: Jobs) {
  const agree = createAgreement(title);
  let reference: readonly unknown[] = [];
  return async (model: Model, signal: AbortSignal): Promise<Round> => {
    const run = isPythonModel(model)
      ? { model, ...await python.arms!.run(model, inputs) }
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

async function chooseModels(
  wanted: readonly Model[],
  python: PythonPart,
  title: string,
): Promise<{ readonly models: readonly Model[]; readonly notes: string[] }> {
  const reason = wanted.includes("processes")
    ? await explainNoProcesses()
    : null;
  const own = OWN_MODELS.filter((model) =>
    wanted.includes(model) && !(model === "processes" && reason !== null)
  );
  const models = [...own, ...python.models];
  const notes = [...(reason === null ? [] : [reason]), ...python.notes];
  if (models.length > 0) return { models, notes };
  throw new RangeError(
    [
      `Cannot ${what} "${title}": no model can run, expected at least one`,
      ...notes,
    ].join(". "),
  );
}

function checkCompareOptions<Args extends unknown[]>(
  options: CompareOptions<Args>,
): void {
  checkOptions(what, options);
  const { inputs, models = ALL_MODELS, python, prediction = {} } = options;
  checkSome([what, "inputs"], inputs, "inputs, one a job");
  checkChoices([what, "models"], models, ALL_MODELS);
  if (python !== undefined) checkPythonWork(python);
  checkObject([what, "prediction"], prediction, "speed-ups");
  for (const [model, ratio] of Object.entries(prediction)) {
    checkChoice([what, "a model of prediction"], model, ALL_MODELS);
    checkNumber([what, `prediction.${model}`], ratio, { above: 0 });
  }
}

function checkPythonWork(python: string | PythonWork): void {
  if (typeof python === "string") return;
  checkObject([what, "python"], python, "code, or the code itself as text");
  checkText([what, "python.code"], python.code);
  if (python.python === undefined) return;
  checkName([what, "python.python"], python.python);
}

const what = "compare";
const CALL = { purpose: what, example: "compare(work, { inputs: [1, 2, 3] })" };
const ALL_MODELS = [...OWN_MODELS, ...PYTHON_MODELS];
const ON_THIS_THREAD: readonly Model[] = ["sequential", "async"];
const UNNAMED = "The same jobs, in several ways";
