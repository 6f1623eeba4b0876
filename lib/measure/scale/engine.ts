/**
 * What `scale()` does, loaded when it is first called.
 *
 * How jobs are run is in `measure/jobs.ts`.
 * @module
 */
import { finishStamp, startStamp } from "../../base/stamp/mod.ts";
import { explainNoProcesses } from "../../run/process/mod.ts";
import { type Task } from "../../run/mod.ts";
import {
  listArguments,
  runInProcesses,
  settleWork,
  startTeam,
} from "../jobs.ts";
import { choice, some, whole } from "../options.ts";
import { measureInRounds } from "../scaffold.ts";
import { widestSpread } from "../summary.ts";
import { describeScaling } from "./findings.ts";
import {
  chooseCounts,
  dealShares,
  findAmdahl,
  gatherShares,
  makePoints,
} from "./points.ts";
import type { ScaleOptions, Scaling } from "./scale.ts";

export async function measureScaling<Args extends unknown[], R>(
  work: Task<Args, R> | ((...args: Args) => R | Promise<R>),
  options: ScaleOptions<Args> = {},
): Promise<Scaling> {
  const { shipped, settings } = settleWork(CALL, work, options, {
    inputs: some("inputs", () => {}, 1),
    jobs: whole({ least: 1, most: 1_000_000 }),
    n: some("numbers of Workers", whole(WORKERS), 1),
    model: choice(["workers", "processes"]),
  });
  const { model = "workers" } = options;
  const jobs = options.inputs
    ? listArguments(options.inputs)
    : Array.from({ length: options.jobs ?? 12 }, (_, number) => [number]);
  if (model === "processes") {
    const reason = await explainNoProcesses();
    if (reason !== null) {
      throw new Error(`Cannot ${settings.purpose}: ${reason}`);
    }
  }
  const cores = await countQuotaCores();
  const counts = [
    ...new Set([1, ...options.n ?? chooseCounts(Math.ceil(cores))]),
  ].sort((one, other) => one - other);
  let results: unknown[] = [];
  return await measureInRounds({
    type: "scaling",
    settings,
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
      };
    },
    stamp: ({ points }) => ({
      spread: widestSpread(points.map(({ summary }) => summary)),
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

const CALL = {
  purpose: "measure scaling",
  example: "scale(work, { jobs: 12, n: [1, 2, 4] })",
  title: "The same work, split",
  samples: 7,
};
// Each is a thread with 6 MB or more: a slip of the pen must not take the machine.
const WORKERS = { least: 1, most: 256 };
