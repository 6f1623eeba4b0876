/**
 * What `scale()` does, loaded when it is first called.
 *
 * How jobs are run is in `measure/jobs.ts`.
 * @module
 */
import {
  checkChoice,
  checkOptions,
  checkSome,
  checkWhole,
} from "../../base/mod.ts";
import { finishStamp, startStamp } from "../../base/stamp/mod.ts";
import { explainNoProcesses } from "../../run/process/mod.ts";
import { type Task, toTask } from "../../run/mod.ts";
import { runInProcesses, type Share, startTeam } from "../jobs.ts";
import { checkRoundCall, measureInRounds } from "../scaffold.ts";
import { chooseCounts, dealShares, gatherShares } from "./counts.ts";
import { describeScaling } from "./findings.ts";
import { findAmdahl, findSpread, findUsl, makePoints } from "./points.ts";
import type { Scaling } from "./result.ts";
import type { ScaleOptions } from "./scale.ts";

/** Splits the jobs over each number of Workers, and measures; see `scale()`. */
export async function measureScaling<Args extends unknown[], R>(
  work: Task<Args, R> | ((...args: Args) => R | Promise<R>),
  options: ScaleOptions<Args> = {},
): Promise<Scaling> {
  const shipped = toTask(what, work);
  checkRoundCall(CALL, options, {
    names: ["inputs", "jobs", "n", "model", "seed"],
    check: () => checkScaleOptions(options),
  });
  const { model = "workers", samples = 7, maxMs = 60_000, seed = 1 } = options;
  const title = options.title ??
    (shipped.name === "anonymous" ? "The same work, split" : shipped.name);
  const purpose = `${what} of "${title}"`;
  const jobs = listJobs(options);
  if (model === "processes") {
    const reason = await explainNoProcesses();
    if (reason !== null) throw new Error(`Cannot ${purpose}: ${reason}`);
  }
  const cores = await countQuotaCores();
  const counts = [
    ...new Set([1, ...options.n ?? chooseCounts(Math.ceil(cores))]),
  ].sort((one, other) => one - other);
  let results: unknown[] = [];
  return await measureInRounds({
    type: "scaling",
    settings: { purpose, title, samples, maxMs, seed, signal: options.signal },
    async open() {
      const isTeam = model === "workers";
      const team = await startTeam(shipped, isTeam ? counts.at(-1)! : 0);
      return {
        arms: counts,
        async measure(n: number, signal) {
          const shares = dealShares(jobs, n).filter(({ length }) => length > 0);
          const startMs = performance.now();
          const gathered = isTeam
            ? await team.run(shares, signal)
            : await runInProcesses(shipped, shares, signal);
          const sampleMs = performance.now() - startMs;
          results = gatherShares(gathered);
          return sampleMs;
        },
        // With one Worker, one thread computes: others than it are then others.
        isAlone: (n) => n === 1 && isTeam,
        [Symbol.asyncDispose]: () => team[Symbol.asyncDispose](),
      };
    },
    result({ rounds, seed, cpuShare }) {
      const limits = { jobs: jobs.length, cores, seed };
      const points = makePoints(rounds, counts, limits);
      return {
        ...{ model, jobs: jobs.length, cores, points, cpuShare, results },
        amdahl: findAmdahl(rounds, points, seed),
        usl: findUsl(rounds, points, limits),
      };
    },
    stamp: ({ points }) => ({
      spread: findSpread(points),
      series: points.map(({ samplesMs }) => samplesMs),
    }),
    describe: describeScaling,
  });
}

/** Cores that may be used: a quota counts, also a part of a core. */
async function countQuotaCores(): Promise<number> {
  const stamp = { samples: 0, spread: 0 };
  const { cores, quotaCores } = await finishStamp(await startStamp(), stamp);
  return Math.min(quotaCores ?? cores, cores);
}

function listJobs<Args extends unknown[]>(
  { inputs, jobs = 12 }: ScaleOptions<Args>,
): Share {
  return inputs?.map((input) => Array.isArray(input) ? input : [input]) ??
    Array.from({ length: jobs }, (_, number) => [number]);
}

function checkScaleOptions<Args extends unknown[]>(
  options: ScaleOptions<Args>,
): void {
  checkOptions(what, options);
  const { inputs, jobs = 1, n = [1], model = "workers" } = options;
  if (inputs !== undefined) checkSome([what, "inputs"], inputs, "inputs");
  checkWhole([what, "jobs"], jobs, { least: 1, most: MAX_JOBS });
  checkSome([what, "n"], n, "numbers of Workers");
  n.forEach((one, i) => checkWhole([what, `n[${i}]`], one, WORKERS));
  checkChoice([what, "model"], model, ["workers", "processes"]);
}

const what = "measure scaling";
const CALL = {
  purpose: what,
  example: "scale(work, { jobs: 12, n: [1, 2, 4] })",
};
const MAX_JOBS = 1_000_000;
// Each is a thread with 6 MB or more: a slip of the pen must not take the machine.
const WORKERS = { least: 1, most: 256 };
