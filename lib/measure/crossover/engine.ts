/**
 * What `crossover()` does, loaded when it is first called.
 *
 * What it is called with is described in `crossover.ts`.
 * @module
 */

import { finishStamp } from "../../base/stamp/mod.ts";
import {
  checkChoices,
  checkList,
  checkNumber,
  checkOptions,
  checkWhole,
} from "../../base/mod.ts";
import { explainNoProcesses } from "../../run/process/permissions.ts";
import { checkRounds } from "../round_checks.ts";
import { computeSpeedUp, summarize } from "../compare/summary.ts";
import { type Task, toTask } from "../../run/task.ts";
import {
  openOwnLoad,
  type OwnLoad,
  subtractLoad,
  sumLoads,
} from "../../base/stamp/mod.ts";
import { describeCrossover } from "./findings.ts";
import { type Runners, type RunTasks, startRunners } from "./models.ts";
import type { Crossover, CrossoverCurve, CrossoverModel } from "./result.ts";
import { fitCrossing } from "../fit/crossing.ts";
import { startDeadline, takeRounds } from "../rounds.ts";
import type { CrossoverOptions } from "./crossover.ts";

/**
 * Runs tasks of each size in each way, and measures; see `crossover()`.
 *
 * @typeParam R What the work gives.
 * @param work A function of a number, or a task made of one.
 * @param options Sizes, models, and how to measure.
 * @returns All that was measured.
 */
export async function measureCrossover<R>(
  work: Task<[size: number], R> | ((size: number) => R | Promise<R>),
  options: CrossoverOptions,
): Promise<Crossover> {
  const shipped = toTask("measure crossover", work);
  checkCrossoverOptions(options);
  const { samples = 7, maxMs = 60_000, seed = 1 } = options;
  const title = options.title ??
    (shipped.name === "anonymous" ? UNNAMED : shipped.name);
  const purpose = `measure crossover of "${title}"`;
  const sizes = [...new Set(options.sizes)].sort((one, other) => one - other);
  const jobs = options.jobs ??
    Math.min(8, Math.max(2, navigator.hardwareConcurrency));
  const { models, notes } = await chooseModels(
    options.models ?? ALL_MODELS,
    purpose,
  );

  using deadline = startDeadline({ purpose, maxMs, signal: options.signal });
  await using runners = await startRunners(shipped, jobs, models);
  const kinds = ["sequential", ...models] as const;
  const arms = sizes.flatMap((size) => kinds.map((kind) => ({ size, kind })));
  const readOwn = await openOwnLoad();
  const alone: (OwnLoad | null)[] = [];
  const measure = createMeasure(runners);
  const { rounds, notes: roundNotes, stampStart } = await takeRounds({
    purpose,
    arms,
    samples,
    seed,
    deadline,
    measure: async (arm: Arm, signal: AbortSignal) => {
      const before = readOwn();
      const sampleMs = await measure(arm, signal);
      const isAlone = arm.kind === "sequential" && arm.size === sizes.at(-1);
      if (isAlone) alone.push(subtractLoad(before, readOwn()));
      return sampleMs;
    },
  });

  const columns = (kind: (typeof kinds)[number]) =>
    sizes.map((size) =>
      arms.findIndex((arm) => arm.size === size && arm.kind === kind)
    );
  const matrixOf = (kind: (typeof kinds)[number]) =>
    rounds.map((row) => columns(kind).map((column) => row[column]!));
  const baseline = matrixOf("sequential");
  const measuredSizes = sizes.map((size, column) => {
    const sequential = summarize(baseline.map((row) => row[column]!), seed);
    return { size, sequential, taskMs: sequential.medianMs / jobs };
  });
  const taskTimes = measuredSizes.map(({ taskMs }) => taskMs);
  const curves = models.map((model): CrossoverCurve => {
    const matrix = matrixOf(model);
    return {
      model,
      points: measuredSizes.map(({ size, taskMs }, column) => {
        const samplesMs = matrix.map((row) => row[column]!);
        const baselineMs = baseline.map((row) => row[column]!);
        const speedup = computeSpeedUp(baselineMs, samplesMs, seed);
        return { size, taskMs, samplesMs, speedup };
      }),
      crossing: fitCrossing(
        { sizes: taskTimes, baselineMs: baseline, modelMs: matrix },
        seed,
      ),
    };
  });
  const measured = {
    title,
    jobs,
    sizes: measuredSizes,
    curves,
    stamp: await finishStamp(stampStart, {
      samples: rounds.length,
      spread: findSpread(measuredSizes.at(-1)!.sequential),
      series: [baseline.map((row) => row.at(-1)!)],
      own: sumLoads(alone),
      threads: 1,
    }),
  };
  notes.push(...roundNotes);
  return {
    ...measured,
    findings: [...describeCrossover(measured), ...notes],
  };
}

interface Arm {
  readonly size: number;
  readonly kind: CrossoverModel | "sequential";
}

/**
 * Measures one arm. What is short is run several times and the mean taken: a
 * clock cannot tell a microsecond from its own call. The first time it also
 * runs until code is compiled, and finds how many times are enough.
 */
function createMeasure({ run }: Runners) {
  const repeats = new Map<Arm, number>();
  return async (arm: Arm, signal: AbortSignal): Promise<number> => {
    const runTasks = run[arm.kind];
    const isCold = arm.kind === "workers" || arm.kind === "processes";
    if (!isCold && !repeats.has(arm)) {
      const lastMs = await warmUp(runTasks, arm.size, signal);
      repeats.set(
        arm,
        Math.min(MAX_REPEATS, Math.max(1, Math.ceil(SAMPLE_MS / lastMs))),
      );
    }
    const count = repeats.get(arm) ?? 1;
    const startMs = performance.now();
    for (let i = 0; i < count; i++) await runTasks(arm.size, signal);
    return (performance.now() - startMs) / count;
  };
}

async function warmUp(
  runTasks: RunTasks,
  size: number,
  signal: AbortSignal,
): Promise<number> {
  const endMs = performance.now() + WARM_UP_MS;
  for (let i = 0;; i++) {
    const startMs = performance.now();
    await runTasks(size, signal);
    const nowMs = performance.now();
    if (nowMs >= endMs || i === MAX_WARM_UPS) {
      return Math.max(nowMs - startMs, 1e-4);
    }
  }
}

async function chooseModels(
  wanted: readonly CrossoverModel[],
  purpose: string,
): Promise<{ models: readonly CrossoverModel[]; notes: string[] }> {
  const reason = wanted.includes("processes")
    ? await explainNoProcesses()
    : null;
  const models = ALL_MODELS.filter((model) =>
    wanted.includes(model) && !(model === "processes" && reason !== null)
  );
  if (models.length === 0) {
    throw new RangeError(
      `Cannot ${purpose}: no model can run, expected at least one` +
        (reason === null ? "" : `. ${reason}`),
    );
  }
  return { models, notes: reason === null ? [] : [`${reason}.`] };
}

/** Of the longest task only: short ones scatter by their nature, and that is shown. */
function findSpread(
  { q1Ms, q3Ms, medianMs }: { q1Ms: number; q3Ms: number; medianMs: number },
): number {
  return (q3Ms - q1Ms) / medianMs;
}

function checkCrossoverOptions(options: CrossoverOptions): void {
  const what = "measure crossover";
  checkOptions(what, options);
  const { sizes, models = ALL_MODELS, jobs = JOBS.least } = options;
  checkList([what, "sizes"], sizes, "numbers");
  sizes.forEach((size, i) => checkNumber([what, `sizes[${i}]`], size, {}));
  const count = new Set(sizes).size;
  checkWhole([what, "number of different sizes"], count, { least: 2 });
  checkChoices([what, "models"], models, ALL_MODELS);
  checkWhole([what, "jobs"], jobs, JOBS);
  checkRounds(what, options, ["sizes", "models", "jobs", "seed"]);
}

const ALL_MODELS: readonly CrossoverModel[] = ["pool", "workers", "processes"];
const UNNAMED = "Tasks of growing size";
const JOBS = { least: 2, most: 64 };
const SAMPLE_MS = 2;
const MAX_REPEATS = 100;
const WARM_UP_MS = 15;
const MAX_WARM_UPS = 200;
