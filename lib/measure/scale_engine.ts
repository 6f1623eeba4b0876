/**
 * What `scale()` does, loaded when it is first called.
 *
 * What it is called with is described in `scale.ts`.
 * @module
 */

import { explainNoProcesses } from "../parallel/permissions.ts";
import { type Task, task } from "../parallel/task.ts";
import { finishStamp, startStamp } from "../time/stamp.ts";
import { chooseCounts, dealShares, gatherShares } from "./scale_counts.ts";
import { describeScaling } from "./scale_findings.ts";
import { findAmdahl, findSpread, findUsl, makePoints } from "./scale_points.ts";
import type { Scaling } from "./scale_result.ts";
import { startDeadline, takeRounds } from "./rounds.ts";
import { runInProcesses, type Share, startTeam } from "./scale_team.ts";
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
  return { ...measured, findings };
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
