/**
 * What `crossover()` does, loaded when it is first called.
 *
 * The crossing is found in `fit/crossing.ts`.
 * @module
 */
import { checkNumber } from "../../base/mod.ts";
import {
  loadTask,
  runInProcess,
  runInWorker,
  type Task,
  type TaskText,
} from "../../run/mod.ts";
import { explainNoProcesses } from "../../run/process/mod.ts";
import { fitCrossing } from "../fit/crossing.ts";
import { orAbort, runAtOnce, settleWork, startTeam } from "../jobs.ts";
import { choices, list, whole } from "../options.ts";
import { chooseAble, measureInRounds, type Taken } from "../scaffold.ts";
import { computeSpeedUp, summarize, widestSpread } from "../summary.ts";
import type {
  Crossover,
  CrossoverCurve,
  CrossoverModel,
  CrossoverOptions,
  CrossoverSize,
} from "./crossover.ts";
import { describeCrossover } from "./findings.ts";

export async function measureCrossover<R>(
  work: Task<[size: number], R> | ((size: number) => R | Promise<R>),
  options: CrossoverOptions,
): Promise<Crossover> {
  const { shipped, settings } = settleWork(CALL, work, options, {
    sizes: list("numbers", (at, size) => checkNumber(at, size, {}), 2),
    models: choices(ALL_MODELS),
    jobs: whole({ least: 2, most: 64 }),
  });
  const sizes = [...new Set(options.sizes)].sort((one, other) => one - other);
  const jobs = options.jobs ??
    Math.min(8, Math.max(2, navigator.hardwareConcurrency));
  const { able: models, notes } = await chooseAble({
    purpose: settings.purpose,
    all: ALL_MODELS,
    wanted: options.models ?? ALL_MODELS,
    none: "no model can run",
  }, (model) => model === "processes" ? explainNoProcesses() : null);
  return await measureInRounds({
    type: "crossover",
    settings,
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
    stamp: ({ sizes }, { arms, samplesOf }) => ({
      spread: widestSpread([sizes.at(-1)!.sequential]),
      series: [
        samplesOf(arms.findLast(({ kind }) => kind === "sequential")!),
      ],
    }),
    describe: describeCrossover,
  });
}

interface Arm {
  readonly size: number;
  readonly kind: CrossoverModel | "sequential";
}

function describeCurves(
  { rounds, arms, samplesOf, seed }: Taken<Arm, number>,
  models: readonly CrossoverModel[],
  jobs: number,
): Pick<Crossover, "sizes" | "curves"> {
  const columnsOf = (kind: Arm["kind"]) =>
    arms.filter((arm) => arm.kind === kind).map(samplesOf);
  const matrixOf = (columns: readonly (readonly number[])[]) =>
    rounds.map((_, round) => columns.map((column) => column[round]!));
  const numbers = [...new Set(arms.map(({ size }) => size))];
  const baseline = columnsOf("sequential");
  const sizes = numbers.map((size, i): CrossoverSize => {
    const sequential = summarize(baseline[i]!, seed);
    return { size, sequential, taskMs: sequential.medianMs / jobs };
  });
  const curves = models.map((model): CrossoverCurve => {
    const columns = columnsOf(model);
    return {
      model,
      points: sizes.map(({ size, taskMs }, i) => {
        const samplesMs = columns[i]!;
        const speedup = computeSpeedUp(baseline[i]!, samplesMs, seed);
        return { size, taskMs, samplesMs, speedup };
      }),
      crossing: fitCrossing({
        sizes: sizes.map(({ taskMs }) => taskMs),
        baselineMs: matrixOf(baseline),
        modelMs: matrixOf(columns),
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

/** Runs some tasks of one size, and settles when all are done. */
export type RunTasks = (size: number, signal: AbortSignal) => Promise<unknown>;

/** All ways to run tasks; dispose of them. */
export interface Ways extends AsyncDisposable {
  /** By model; `sequential` is on this thread. */
  readonly run: Readonly<Record<CrossoverModel | "sequential", RunTasks>>;
}

/** Makes all ways; starts the Workers of the pool if that is wanted. */
export async function openWays(
  task: TaskText,
  jobs: number,
  models: readonly CrossoverModel[],
): Promise<Ways> {
  const makeTask = await loadTask(task);
  // Unwatched: what watching costs would be most of a small task.
  const run = makeTask(
    (value) => Promise.resolve(value),
    (iterable) => iterable,
  );
  const team = await startTeam(task, models.includes("pool") ? jobs : 0);
  const numbers = Array.from({ length: jobs }, (_, index) => index + 1);
  const runEach = (runOne: typeof runInWorker): RunTasks => (size, signal) =>
    runAtOnce(numbers, (_, own) => runOne(task, [size], own), { signal });
  return {
    run: {
      async sequential(size, signal) {
        for (const _ of numbers) {
          signal.throwIfAborted();
          const returned = run(size);
          // Most tasks compute: waiting a turn for nothing would be counted as theirs.
          if (returned instanceof Promise) await orAbort(returned, signal);
        }
      },
      pool: (size, signal) => team.run(numbers.map(() => [[size]]), signal),
      workers: runEach(runInWorker),
      processes: runEach(runInProcess),
    },
    [Symbol.asyncDispose]: () => team[Symbol.asyncDispose](),
  };
}

const CALL = {
  purpose: "measure crossover",
  example: "crossover(work, { sizes: [1_000, 10_000, 100_000] })",
  title: "Tasks of growing size",
  samples: 7,
};
const ALL_MODELS: readonly CrossoverModel[] = ["pool", "workers", "processes"];
const SAMPLE_MS = 2;
const MAX_REPEATS = 100;
const WARM_UP_MS = 15;
const MAX_WARM_UPS = 200;
