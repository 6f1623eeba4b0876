/**
 * Runs the same jobs in several ways and measures each.
 *
 * Yields plain values, see `comparison.ts`; what they say in words is worked
 * out in `findings.ts`, the picture in `lib/plot/`.
 * @module
 */

import { adoptEqual } from "./python_agreement.ts";
import type { PythonPart, PythonWork } from "./python_join.ts";
import { finishStamp } from "../../base/stamp/mod.ts";
import {
  type Comparison,
  isPythonModel,
  type Model,
  PYTHON_MODELS,
} from "../../base/record/mod.ts";
import { createRandom, shuffle } from "../../base/statistics/mod.ts";
import { MIN_ROUNDS, startDeadline } from "../rounds.ts";
import { takeCalmer } from "../calmer.ts";
import {
  openOwnLoad,
  type OwnReading,
  subtractLoad,
  sumLoads,
} from "../../base/stamp/mod.ts";
import { Recorder } from "../../trace/recorder.ts";
import { createAgreement } from "./agreement.ts";
import { checkCompareOptions } from "./compare_checks.ts";
import { describeFindings } from "./findings.ts";
import type { TaskText } from "../../run/here/main_thread.ts";
import { MODELS, OWN_MODELS, type OwnModel } from "./models.ts";
import { explainNoProcesses } from "../../run/process/permissions.ts";
import { findWidestSpread, type Round, summarizeRounds } from "./summary.ts";
import { type Task, toTask } from "../../run/task.ts";

/**
 * How jobs are compared.
 *
 * @typeParam Args What the work is called with.
 */
export interface CompareOptions<Args extends unknown[]> {
  /**
   * One job for each. An array is the list of arguments; anything else is the
   * only argument. So an array as the only argument is written `[[1, 2, 3]]`.
   */
  readonly inputs: readonly (Args | Exclude<Args[0], readonly unknown[]>)[];
  /**
   * Which models run.
   * @default the four of JavaScript, and with `python` the five of Python too
   */
  readonly models?: readonly Model[];
  /**
   * Python code that defines the same function for the Python models: one of the
   * work's name, or else the last it defines; `def` or `async def`.
   * @default no Python
   */
  readonly python?: string | PythonWork;
  /**
   * Timed rounds; in each, every model runs all jobs once. At least 3.
   * @default 6, the fewest whose medians have a 95 % interval
   */
  readonly samples?: number;
  /**
   * Heading of figures.
   * @default the name of the work, if it has one
   */
  readonly title?: string;
  /**
   * Speed-ups that the learner predicts, each against `sequential`; of Python's
   * models against `python-sequential`.
   */
  readonly prediction?: Readonly<Partial<Record<Model, number>>>;
  /** Ends the comparison: Workers and processes at once, this thread at its next `await`. */
  readonly signal?: AbortSignal;
  /**
   * How long the comparison may take, in milliseconds. With 3 rounds or more
   * done by then, those are what counts; else it is an error.
   * @default 60000
   */
  readonly maxMs?: number;
  /**
   * Decides the order of models within each round, and the resampling.
   * @default 1
   */
  readonly seed?: number;
}

/**
 * Runs jobs sequentially, with `async`, in Workers and in processes, and
 * measures each; with paired Python code, in the ways that Python has, too.
 *
 * First comes a round that does not count, to load and compile; then rounds in
 * each of which every model has its turn, in random order, so that a machine
 * that gets slower does so for all. All models must return the same values.
 * Where other programs were busy, the rounds are taken once more if there is
 * time, and the calmer ones count; not with Python.
 *
 * Units: milliseconds. A sample is the time from asking for the first job until
 * the last result is there and what was started has ended. Python's samples are
 * taken inside of one interpreter, by the same clock of the system; starting
 * that is part of none.
 *
 * Python's values count as equal to those of JavaScript if they are the same
 * numbers to 9 digits, whatever their type, and `None` is `null` or `undefined`.
 *
 * @example Compare two models
 * ```ts
 * import assert from "node:assert/strict";
 * const square = (n: number) => n * n;
 * const comparison = await measureComparison(square, {
 *   inputs: [2, 3],
 *   models: ["sequential", "async"],
 * });
 * assert.deepEqual(comparison.results.map(({ results }) => results), [[4, 9], [4, 9]]);
 * ```
 *
 * @typeParam Args What the work is called with.
 * @typeParam R What it returns, awaited.
 * @param work A task, or a function that `task()` accepts.
 * @param options Inputs, and how to measure.
 * @returns Samples, spans, results and findings of each model.
 * @throws {RangeError} If an option is out of range, or there is too little time.
 * @throws {TypeError} If an option has the wrong type or is unknown, the work cannot be shipped,
 * the models return different values, or Python models are asked for without Python code.
 * @throws {PythonError} If the Python code raises.
 */
export async function measureComparison<Args extends unknown[], R>(
  work: Task<Args, R> | ((...args: Args) => R | Promise<R>),
  options: CompareOptions<Args>,
): Promise<Comparison> {
  const shipped = toTask("compare", work);
  checkCompareOptions(options);
  const { samples = 6, seed = 1, maxMs = 60_000 } = options;
  const title = options.title ??
    (shipped.name === "anonymous" ? UNNAMED : shipped.name);
  const inputs = options.inputs.map((input) =>
    Array.isArray(input) ? input : [input]
  );
  const wanted = options.models ??
    [...OWN_MODELS, ...(options.python === undefined ? [] : PYTHON_MODELS)];

  using deadline = startDeadline({
    purpose: `compare "${title}"`,
    maxMs,
    signal: options.signal,
  });
  // Loaded late: most comparisons have no Python.
  const { joinPython } = await import("./python_join.ts");
  await using python = await joinPython(options.python, {
    wanted,
    name: shipped.name,
    title,
    signal: deadline.signal,
  });
  const { models, notes } = await chooseModels(wanted, python, title);
  const readOwn = await openOwnLoad();
  const agree = createAgreement(title);
  let reference: readonly unknown[] = [];
  const runRound = async (order: readonly Model[]) => {
    const round: Round[] = [];
    for (const model of order) {
      const run = isPythonModel(model)
        ? { model, ...await python.arms!.run(model, inputs) }
        : await runTimed(model, shipped, {
          inputs,
          signal: deadline.signal,
          readOwn,
        });
      const results = agree(
        model,
        isPythonModel(model) ? adoptEqual(run.results, reference) : run.results,
      );
      if (reference.length === 0) reference = results;
      round.push({ ...run, results });
    }
    return round;
  };

  // Not counted: loads and compiles what the first to come would otherwise pay for.
  await runRound(models);
  await python.readProcessor();
  const random = createRandom(seed);
  const runRounds = async () => {
    const rounds: Round[][] = [];
    while (rounds.length < samples) {
      try {
        rounds.push(await runRound(shuffle(models, random)));
        await python.readProcessor();
      } catch (error) {
        if (!deadline.isOver() || rounds.length < MIN_ROUNDS) throw error;
        const done = `${rounds.length} of ${samples} rounds`;
        notes.push(`Stopped after ${done}: ${maxMs / 1000} s were over.`);
        break;
      }
    }
    return rounds;
  };
  const { value: rounds, stampStart, note } = await takeCalmer(runRounds, {
    isOver: deadline.isOver,
    // What Python has used is known for all its rounds together only.
    leftMs: () => python.arms === null ? deadline.leftMs() : 0,
  });
  if (note !== null) notes.push(note);

  const results = summarizeRounds(rounds, models, seed);
  const measured = {
    title,
    jobs: inputs.length,
    results,
    stamp: await finishStamp(python.correctStamp(stampStart), {
      samples: rounds.length,
      spread: findWidestSpread(results),
      series: results.map(({ samplesMs }) => samplesMs),
      own: sumLoads(rounds.flat().map(({ own = null }) => own)),
      threads: 1,
    }),
    prediction: options.prediction ?? null,
    ...(python.arms ? { python: python.arms.facts } : {}),
  };
  return { ...measured, findings: [...describeFindings(measured), ...notes] };
}

interface Timed {
  readonly inputs: readonly (readonly unknown[])[];
  readonly signal: AbortSignal;
  /** Tells what this process has of the cores. */
  readonly readOwn: () => OwnReading | null;
}

async function runTimed(
  model: OwnModel,
  work: TaskText,
  { inputs, signal, readOwn }: Timed,
): Promise<Round> {
  // Lets the deadline ring, and what has just been ended go, before time counts.
  await new Promise((resolve) => setTimeout(resolve, 0));
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
  if (models.length === 0) {
    throw new RangeError(
      [
        `Cannot compare "${title}": no model can run, expected at least one`,
        ...notes,
      ].join(". "),
    );
  }
  return { models, notes };
}

const ON_THIS_THREAD: readonly Model[] = ["sequential", "async"];
const UNNAMED = "The same jobs, in several ways";
