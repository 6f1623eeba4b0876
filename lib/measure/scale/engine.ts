/**
 * What `scale()` does, loaded when it is first called.
 *
 * What it is called with is described in `scale.ts`.
 * @module
 */

import { finishStamp, startStamp } from "../../base/stamp/mod.ts";
import {
  checkChoice,
  checkOptions,
  checkSome,
  checkWhole,
} from "../../base/mod.ts";
import { explainNoProcesses } from "../../run/process/permissions.ts";
import { checkRounds } from "../round_checks.ts";
import { type Task, toTask } from "../../run/task.ts";
import {
  computeCpuShare,
  openOwnLoad,
  type OwnLoad,
  subtractLoad,
  sumLoads,
} from "../../base/stamp/mod.ts";
import { chooseCounts, dealShares, gatherShares } from "./counts.ts";
import { describeScaling } from "./findings.ts";
import { findAmdahl, findSpread, findUsl, makePoints } from "./points.ts";
import type { Scaling } from "./result.ts";
import { startDeadline, takeRounds } from "../rounds.ts";
import { runInProcesses, type Share, startTeam } from "./team.ts";
import type { ScaleOptions } from "./scale.ts";

/**
 * Splits the jobs over each number of Workers, and measures; see `scale()`.
 *
 * @typeParam Args What the work is called with.
 * @typeParam R What it gives.
 * @param work A function, or a task made of one.
 * @param options Jobs, numbers of Workers, and how to measure.
 * @returns All that was measured.
 */
export async function measureScaling<Args extends unknown[], R>(
  work: Task<Args, R> | ((...args: Args) => R | Promise<R>),
  options: ScaleOptions<Args> = {},
): Promise<Scaling> {
  const shipped = toTask("measure scaling", work);
  checkScaleOptions(options);
  const { model = "workers", samples = 7, maxMs = 60_000, seed = 1 } = options;
  const title = options.title ??
    (shipped.name === "anonymous" ? UNNAMED : shipped.name);
  const purpose = `measure scaling of "${title}"`;
  const jobs = listJobs(options);
  if (model === "processes") {
    const reason = await explainNoProcesses();
    if (reason !== null) throw new Error(`Cannot ${purpose}: ${reason}`);
  }
  const { cores: allCores, quotaCores } = await finishStamp(
    await startStamp(),
    {
      samples: 0,
      spread: 0,
    },
  );
  const cores = Math.min(quotaCores ?? allCores, allCores);
  const counts = listCounts(options.n ?? chooseCounts(Math.ceil(cores)));

  using deadline = startDeadline({ purpose, maxMs, signal: options.signal });
  await using team = await startTeam(
    shipped,
    model === "workers" ? counts.at(-1)! : 0,
  );
  const runShares = model === "workers"
    ? team.run
    : (shares: readonly Share[], signal: AbortSignal) =>
      runInProcesses(shipped, shares, signal);
  const readOwn = await openOwnLoad();
  // With one Worker, one thread computes: others than it are then others.
  const alone: (OwnLoad | null)[] = [];
  let results: unknown[] = [];
  const { rounds, notes: roundNotes, stampStart } = await takeRounds({
    purpose,
    arms: counts,
    samples,
    seed,
    deadline,
    measure: async (n, signal) => {
      const shares = dealShares(jobs, n).filter(({ length }) => length > 0);
      const before = readOwn();
      const startMs = performance.now();
      const gathered = await runShares(shares, signal);
      const sampleMs = performance.now() - startMs;
      if (n === 1 && model === "workers") {
        alone.push(subtractLoad(before, readOwn()));
      }
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
    usl: findUsl(rounds, points, { cores, seed }),
    results,
    stamp: await finishStamp(stampStart, {
      samples: rounds.length,
      spread: findSpread(points),
      series: points.map(({ samplesMs }) => samplesMs),
      own: sumLoads(alone),
      threads: 1,
    }),
    cpuShare: computeCpuShare(sumLoads(alone)),
  };
  const findings = describeScaling(measured);
  return { ...measured, findings: [...findings, ...roundNotes] };
}

function listJobs<Args extends unknown[]>(
  { inputs, jobs = 12 }: ScaleOptions<Args>,
): Share {
  return inputs?.map((input) => Array.isArray(input) ? input : [input]) ??
    Array.from({ length: jobs }, (_, number) => [number]);
}

function listCounts(wanted: readonly number[]): readonly number[] {
  return [...new Set([1, ...wanted])].sort((one, other) => one - other);
}

function checkScaleOptions<Args extends unknown[]>(
  options: ScaleOptions<Args>,
): void {
  const what = "measure scaling";
  checkOptions(what, options);
  const { inputs, jobs = 1, n = [1], model = "workers" } = options;
  if (inputs !== undefined) checkSome([what, "inputs"], inputs, "inputs");
  checkWhole([what, "jobs"], jobs, { least: 1, most: MAX_JOBS });
  checkSome([what, "n"], n, "numbers of Workers");
  n.forEach((one, i) => checkWhole([what, `n[${i}]`], one, WORKERS));
  checkChoice([what, "model"], model, ["workers", "processes"]);
  checkRounds(what, options, ["inputs", "jobs", "n", "model", "seed"]);
}

const UNNAMED = "The same work, split";
const MAX_JOBS = 1_000_000;
// Each is a thread with 6 MB or more: a slip of the pen must not take the machine.
const WORKERS = { least: 1, most: 256 };
