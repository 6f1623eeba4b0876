/**
 * `scale`: the same work split over more and more Workers.
 *
 * What comes of it is in `scale_result.ts`, the fits are in `fit_amdahl.ts` and
 * `fit_usl.ts`, the picture is `lib/plot/speedup.ts`.
 * @module
 */

import { DISPLAY, type Displayable } from "../display.ts";
import { explainNoProcesses } from "../parallel/permissions.ts";
import { type Task, task } from "../parallel/task.ts";
import { finishStamp, startStamp } from "../time/stamp.ts";
import { chooseCounts, dealShares, gatherShares } from "./scale_counts.ts";
import { describeScaling } from "./scale_findings.ts";
import { findAmdahl, findSpread, findUsl, makePoints } from "./scale_points.ts";
import type { ScaleModel, Scaling } from "./scale_result.ts";
import { startDeadline, takeRounds } from "./scale_rounds.ts";
import { runInProcesses, type Share, startTeam } from "./scale_team.ts";

/** Scaling that a notebook shows as a figure. */
export type ShownScaling = Scaling & Displayable;

/**
 * How scaling is measured.
 *
 * @typeParam Args What the work is called with.
 */
export interface ScaleOptions<Args extends unknown[]> {
  /**
   * One job for each, as for `compare()`. A multiple of all `n` splits evenly.
   * @default as many as `jobs`, numbered from 0
   */
  readonly inputs?: readonly (Args | Exclude<Args[0], readonly unknown[]>)[];
  /**
   * How many jobs, where there are no `inputs`; each is called with its number.
   * @default 12
   */
  readonly jobs?: number;
  /**
   * Numbers of Workers; 1 is always among them.
   * @default 1, 2, … and some past the cores
   */
  readonly n?: readonly number[];
  /**
   * What the jobs are split over.
   * @default "workers"
   */
  readonly model?: ScaleModel;
  /**
   * Timed rounds; in each, every number has its turn. At least 3.
   * @default 7
   */
  readonly samples?: number;
  /**
   * Heading of the figure.
   * @default the name of the work, if it has one
   */
  readonly title?: string;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /**
   * How long it may take, milliseconds. With 3 rounds or more done by then,
   * those are what counts; else it is an error.
   * @default 60000
   */
  readonly maxMs?: number;
  /**
   * Decides the order within each round, and the resampling.
   * @default 1
   */
  readonly seed?: number;
}

/**
 * Splits the same jobs over 1, 2, 3 … Workers, and shows how much faster more
 * of them are, up to the number of cores and past it.
 *
 * The jobs must be counted work, such as "test 10 000 numbers", not "compute for
 * 10 ms": the latter takes as long however many share a core.
 *
 * Units: milliseconds of wall time from handing out all jobs until the last
 * result is there. Workers are started and warm before; processes are not.
 *
 * @example Four jobs over one Worker and two
 * ```ts
 * import assert from "node:assert/strict";
 * const sum = (limit: number) => {
 *   let sum = 0;
 *   for (let i = 0; i < limit; i++) sum += i;
 *   return sum;
 * };
 * const { points, results } = await scale(sum, {
 *   inputs: [1e4, 1e4, 1e4, 1e4],
 *   n: [1, 2],
 *   samples: 3,
 * });
 * assert.deepEqual(points.map(({ n }) => n), [1, 2]);
 * assert.equal(results[0], 49995000);
 * ```
 *
 * @typeParam Args What the work is called with.
 * @typeParam R What it gives.
 * @param work A function that needs nothing from outside, or a task made of one.
 * @param options Jobs, numbers of Workers, and how to measure.
 * @returns All that was measured; as a cell's value it is a figure.
 * @throws {TypeError} If the work uses a variable from outside.
 * @throws {RangeError} If an option is out of range, or time was too short.
 * @throws {Error} If a job fails, or processes are not permitted.
 */
export async function scale<Args extends unknown[], R>(
  work: Task<Args, R> | ((...args: Args) => R | Promise<R>),
  options: ScaleOptions<Args> = {},
): Promise<ShownScaling> {
  const shipped = typeof work === "function" ? task(work) : work;
  const { model = "workers", samples = 7, maxMs = 60_000, seed = 1 } = options;
  const title = options.title ??
    (shipped.name === "anonymous" ? UNNAMED : shipped.name);
  const purpose = `measure scaling of "${title}"`;
  const jobs = listJobs(options, purpose);
  if (model === "processes") {
    const reason = await explainNoProcesses();
    if (reason !== null) throw new Error(`Cannot ${purpose}: ${reason}`);
  }
  const stampStart = await startStamp();
  const { cores: allCores, quotaCores } = await finishStamp(stampStart, {
    samples: 0,
    spread: 0,
  });
  const cores = Math.min(quotaCores ?? allCores, allCores);
  const counts = listCounts(
    options.n ?? chooseCounts(Math.ceil(cores)),
    purpose,
  );

  using deadline = startDeadline({ purpose, maxMs, signal: options.signal });
  await using team = await startTeam(
    shipped,
    model === "workers" ? counts.at(-1)! : 0,
  );
  const runShares = model === "workers"
    ? team.run
    : (shares: readonly Share[], signal: AbortSignal) =>
      runInProcesses(shipped, shares, signal);
  let results: unknown[] = [];
  const { rounds, note } = await takeRounds({
    purpose,
    arms: counts,
    samples,
    seed,
    deadline,
    measure: async (n, signal) => {
      const shares = dealShares(jobs, n).filter(({ length }) => length > 0);
      const startMs = performance.now();
      const gathered = await runShares(shares, signal);
      const sampleMs = performance.now() - startMs;
      results = gatherShares(gathered);
      return sampleMs;
    },
  });

  const points = makePoints(rounds, counts, {
    jobs: jobs.length,
    cores,
    seed,
  });
  const measured = {
    title,
    model,
    jobs: jobs.length,
    cores,
    points,
    amdahl: findAmdahl(rounds, points, seed),
    usl: findUsl(points, cores),
    results,
    stamp: await finishStamp(stampStart, {
      samples: rounds.length,
      spread: findSpread(points),
    }),
  };
  const findings = describeScaling(measured);
  if (note !== null) findings.push(note);
  return show({ ...measured, findings });
}

/** Hidden from the console, which should print the figures only. */
function show(scaling: Scaling): ShownScaling {
  return Object.defineProperty({ ...scaling }, DISPLAY, {
    value: async () => {
      const { showSpeedUp } = await import("../plot/speedup.ts");
      return await showSpeedUp(scaling)[DISPLAY]();
    },
  }) as ShownScaling;
}

function listJobs<Args extends unknown[]>(
  { inputs, jobs = 12 }: ScaleOptions<Args>,
  purpose: string,
): Share {
  const list = inputs?.map((input) => Array.isArray(input) ? input : [input]) ??
    Array.from({ length: jobs }, (_, number) => [number]);
  if (list.length > 0) return list;
  throw new RangeError(`Cannot ${purpose}: there are no jobs, expected some`);
}

function listCounts(
  wanted: readonly number[],
  purpose: string,
): readonly number[] {
  const strange = wanted.find((n) =>
    !(Number.isInteger(n) && n >= 1 && n <= MAX_WORKERS)
  );
  if (strange !== undefined) {
    throw new RangeError(
      `Cannot ${purpose}: ${strange} Workers asked for, expected 1 to ${MAX_WORKERS}`,
    );
  }
  return [...new Set([1, ...wanted])].sort((one, other) => one - other);
}

const UNNAMED = "The same work, split";
// Each is a thread with 6 MB or more: a slip of the pen must not take the machine.
const MAX_WORKERS = 256;
