/**
 * What `crossover()` does, loaded when it is first called.
 *
 * How tasks are run is in `ways.ts`, the crossing is found in `fit/crossing.ts`.
 * @module
 */
import {
  checkChoices,
  checkList,
  checkNumber,
  checkWhole,
} from "../../base/mod.ts";
import { explainNoProcesses } from "../../run/process/mod.ts";
import { type Task, toTask } from "../../run/mod.ts";
import { computeSpeedUp, summarize } from "../compare/summary.ts";
import { fitCrossing } from "../fit/crossing.ts";
import { checkRoundCall, measureInRounds, type Taken } from "../scaffold.ts";
import type { CrossoverOptions } from "./crossover.ts";
import { describeCrossover } from "./findings.ts";
import type {
  Crossover,
  CrossoverCurve,
  CrossoverModel,
  CrossoverSize,
} from "./result.ts";
import { openWays, type RunTasks, type Ways } from "./ways.ts";

/** Runs tasks of each size in each way, and measures; see `crossover()`. */
export async function measureCrossover<R>(
  work: Task<[size: number], R> | ((size: number) => R | Promise<R>),
  options: CrossoverOptions,
): Promise<Crossover> {
  const shipped = toTask(what, work);
  checkRoundCall(CALL, options, {
    names: ["sizes", "models", "jobs", "seed"],
    check: () => checkCrossoverOptions(options),
  });
  const { samples = 7, maxMs = 60_000, seed = 1, signal } = options;
  const title = options.title ??
    (shipped.name === "anonymous" ? "Tasks of growing size" : shipped.name);
  const purpose = `${what} of "${title}"`;
  const sizes = [...new Set(options.sizes)].sort((one, other) => one - other);
  const jobs = options.jobs ??
    Math.min(8, Math.max(2, navigator.hardwareConcurrency));
  const { models, notes } = await chooseModels(
    options.models ?? ALL_MODELS,
    purpose,
  );
  return await measureInRounds({
    type: "crossover",
    settings: { purpose, title, samples, maxMs, seed, signal },
    async open() {
      const ways = await openWays(shipped, jobs, models);
      return {
        arms: sizes.flatMap((size): Arm[] =>
          (["sequential", ...models] as const).map((kind) => ({ size, kind }))
        ),
        notes,
        measure: createMeasure(ways),
        isAlone: ({ size, kind }) =>
          kind === "sequential" && size === sizes.at(-1),
        [Symbol.asyncDispose]: () => ways[Symbol.asyncDispose](),
      };
    },
    result: (taken) => ({ jobs, ...describeCurves(taken, models, jobs) }),
    // Of the longest task only: short ones scatter by their nature, and that is shown.
    stamp({ sizes }, { rounds, arms }) {
      const { size, sequential: { q1Ms, q3Ms, medianMs } } = sizes.at(-1)!;
      const column = arms.findIndex((arm) =>
        arm.size === size && arm.kind === "sequential"
      );
      return {
        spread: (q3Ms - q1Ms) / medianMs,
        series: [rounds.map((row) => row[column]!)],
      };
    },
    describe: describeCrossover,
  });
}

interface Arm {
  readonly size: number;
  readonly kind: CrossoverModel | "sequential";
}

function describeCurves(
  { rounds, arms, seed }: Taken<Arm, number>,
  models: readonly CrossoverModel[],
  jobs: number,
): Pick<Crossover, "sizes" | "curves"> {
  const matrixOf = (kind: Arm["kind"]) => {
    const columns = arms.flatMap((arm, i) => arm.kind === kind ? [i] : []);
    return rounds.map((row) => columns.map((column) => row[column]!));
  };
  const numbers = [...new Set(arms.map(({ size }) => size))];
  const baseline = matrixOf("sequential");
  const sizes = numbers.map((size, column): CrossoverSize => {
    const sequential = summarize(baseline.map((row) => row[column]!), seed);
    return { size, sequential, taskMs: sequential.medianMs / jobs };
  });
  const curves = models.map((model): CrossoverCurve => {
    const matrix = matrixOf(model);
    return {
      model,
      points: sizes.map(({ size, taskMs }, column) => {
        const samplesMs = matrix.map((row) => row[column]!);
        const baselineMs = baseline.map((row) => row[column]!);
        const speedup = computeSpeedUp(baselineMs, samplesMs, seed);
        return { size, taskMs, samplesMs, speedup };
      }),
      crossing: fitCrossing({
        sizes: sizes.map(({ taskMs }) => taskMs),
        baselineMs: baseline,
        modelMs: matrix,
      }, seed),
    };
  });
  return { sizes, curves };
}

/**
 * Measures one arm. What is short is run several times and the mean taken: a
 * clock cannot tell a microsecond from its own call. The first time it also
 * runs until code is compiled, and finds how many times are enough.
 */
function createMeasure({ run }: Ways) {
  const repeats = new Map<Arm, number>();
  return async (arm: Arm, signal: AbortSignal): Promise<number> => {
    const runTasks = run[arm.kind];
    const isCold = arm.kind === "workers" || arm.kind === "processes";
    if (!isCold && !repeats.has(arm)) {
      const lastMs = await warmUp(runTasks, arm.size, signal);
      const enough = Math.ceil(SAMPLE_MS / lastMs);
      repeats.set(arm, Math.min(MAX_REPEATS, Math.max(1, enough)));
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

function checkCrossoverOptions(options: CrossoverOptions): void {
  const { sizes, models = ALL_MODELS, jobs = JOBS.least } = options;
  checkList([what, "sizes"], sizes, "numbers");
  sizes.forEach((size, i) => checkNumber([what, `sizes[${i}]`], size, {}));
  const count = new Set(sizes).size;
  checkWhole([what, "number of different sizes"], count, { least: 2 });
  checkChoices([what, "models"], models, ALL_MODELS);
  checkWhole([what, "jobs"], jobs, JOBS);
}

const what = "measure crossover";
const CALL = {
  purpose: what,
  example: "crossover(work, { sizes: [1_000, 10_000, 100_000] })",
};
const ALL_MODELS: readonly CrossoverModel[] = ["pool", "workers", "processes"];
const JOBS = { least: 2, most: 64 };
const SAMPLE_MS = 2;
const MAX_REPEATS = 100;
const WARM_UP_MS = 15;
const MAX_WARM_UPS = 200;
