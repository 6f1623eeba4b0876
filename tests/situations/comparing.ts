/**
 * Situations in which the same jobs are run in several ways.
 * @module
 */
import { crossover } from "../../lib/measure/crossover/crossover.ts";
import { scale } from "../../lib/measure/scale/scale.ts";
import { compare } from "../../lib/measure/compare/compare.ts";
import { burn, napInCall, read } from "./read_result.ts";
import type { Comparison } from "../../lib/base/record/mod.ts";
import type { Situation } from "./situation.ts";

const OWN = ["sequential", "async", "workers"] as const;
/** Long enough to see others; some 20 ms of computing. */
const ROUNDS = 5e6;
/** What is no bound for those that sleep, and no law of theirs. */
const NO_CORES = [
  /split evenly/i,
  /most that .* can gain\.$/,
  /cores? allows? \d/,
  /as a core runs one at a time/,
  /% of the work is serial/,
  /take turns on/,
  /these jobs do not wait/,
];

/** How long jobs are told to have run, by label if one is given. */
function runningMs({ results }: Comparison, job?: string): number {
  return results.flatMap(({ spans }) => spans)
    .filter(({ state, label }) =>
      state === "running" && (job === undefined || label === job)
    )
    .reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

/** Comparing and scaling. */
export const COMPARING: readonly Situation[] = [
  {
    name: "four jobs that sleep 40 ms in a call are bound by no core",
    run: async () => {
      const result = await compare(napInCall, {
        inputs: [40, 40, 40, 40],
        models: OWN,
        samples: 3,
      });
      const share = result.results[0]!.cpuShare ?? 1;
      return await read(result, [
        share > 0.3 && `sleeping was ${share} on a core`,
      ]);
    },
    rights: "none",
    never: NO_CORES,
  },
  {
    name: "jobs in Workers that sleep 30 ms in a call do not run",
    run: async () => {
      const result = await compare(napInCall, {
        inputs: [30, 30],
        models: ["workers"],
        samples: 3,
      });
      const ranMs = runningMs(result);
      return await read(result, [ranMs > 15 && `sleeping ran for ${ranMs} ms`]);
    },
    rights: "none",
    never: NO_CORES,
  },
  {
    name: "a job in a Worker sleeps 30 ms while another computes",
    run: async () => {
      const work = (sleepMs: number) => {
        if (sleepMs > 0) {
          const cell = new Int32Array(new SharedArrayBuffer(4));
          Atomics.wait(cell, 0, 0, sleepMs);
        }
        const endMs = performance.now() + 40 - sleepMs;
        while (performance.now() < endMs);
      };
      const result = await compare(work, {
        inputs: [30, 0],
        models: ["workers"],
        samples: 3,
      });
      const ranMs = runningMs(result, "job 1");
      return await read(result, [ranMs > 20 && `sleeping ran for ${ranMs} ms`]);
    },
    rights: "none",
    never: NO_CORES,
  },
  {
    name: "four jobs that await 60 ms gain from async",
    run: async () =>
      await read(
        await compare(
          (ms: number) => new Promise<number>((go) => setTimeout(go, ms, ms)),
          { inputs: [60, 60, 60, 60], models: OWN, samples: 4 },
        ),
      ),
    must: [/Async was [\d.]+× as fast as sequential .* waits overlap/],
    never: NO_CORES,
  },
  {
    name: "jobs that compute gain nothing from async",
    run: async () => {
      const result = await compare(burn, {
        inputs: [ROUNDS, ROUNDS],
        models: ["sequential", "async"],
        samples: 3,
      });
      const share = result.results[0]!.cpuShare ?? 0;
      return await read(result, [
        share < 0.7 && `computing was ${share} on a core`,
      ]);
    },
    rights: "none",
    never: [/waits? overlap/, /sleep in calls/, /Async was/],
  },
  {
    name: "four jobs that compute on one core gain nothing from Workers",
    run: async () =>
      await read(
        await compare(burn, {
          inputs: Array(4).fill(ROUNDS / 2),
          models: ["sequential", "workers"],
          samples: 3,
        }),
      ),
    cores: 1,
    never: [/on [2-9] cores/, /with [2-9] cores/, /split evenly/i],
  },
  {
    name: "beside burners, others are named first and nothing is predicted",
    run: async () => {
      const result = await compare(burn, {
        inputs: [ROUNDS, ROUNDS],
        models: ["sequential", "workers"],
        samples: 3,
      });
      return await read(result, [
        !result.stamp.noisy && "others had the cores, and the stamp is calm",
        !/^Noisy: other/.test(result.findings[0]!) &&
        `others are not named first: ${result.findings[0]}`,
      ]);
    },
    burners: true,
    never: [/split evenly, all/i, /, not \d×, the most/, /well predicted/],
  },
  {
    name: "beside burners, others are seen without a permission",
    run: async () => {
      const result = await compare(burn, {
        inputs: [ROUNDS, ROUNDS],
        models: ["sequential", "workers"],
        samples: 3,
      });
      return await read(result, [
        result.stamp.otherCpuShare !== null && "a permission was there",
        !result.stamp.noisy && "others had the cores, and the stamp is calm",
      ]);
    },
    rights: "none",
    burners: true,
    must: [/^Noisy: (others had \d+ % of a core|this program was taken off) /],
    never: [/split evenly, all/i, /, not \d×, the most/],
  },
  {
    name: "jobs below the step of the clock are slower in Workers",
    run: async () =>
      await read(
        await compare((n: number) => n + 1, {
          inputs: [1, 2, 3],
          models: OWN,
          samples: 6,
        }),
      ),
    rights: "none",
    must: [/Workers took .*× as long as sequential/],
    never: [/Workers were .* as fast/, /split evenly/i, /most that .* gain\.$/],
  },
  {
    name: "a Worker for each job of 1 ms costs more than the jobs",
    run: async () =>
      await read(
        await compare(burn, {
          inputs: [3e5, 3e5, 3e5, 3e5],
          models: ["sequential", "workers"],
          samples: 6,
        }),
      ),
    must: [/Starting a Worker took/, /as long as sequential/],
    never: [/Workers were .* as fast/],
  },
  {
    name: "one job of two is four times as long",
    run: async () =>
      await read(
        await compare(burn, {
          inputs: [2 * ROUNDS, ROUNDS / 2],
          models: ["sequential", "workers"],
          samples: 4,
        }),
      ),
    must: [/stair-step ends: /i],
    never: [/one at a time: 2 Workers/i],
  },
  {
    name: "one job of two sleeps ten times as long",
    run: async () =>
      await read(
        await compare(napInCall, {
          inputs: [10, 100],
          models: ["sequential", "workers"],
          samples: 3,
        }),
      ),
    rights: "none",
    never: [/stair-step/i, /split evenly/i, /most that .* gain\.$/],
  },
  {
    name: "jobs bound by memory compute all the same",
    run: async () => {
      const sum = (megabytes: number) => {
        const numbers = new Float64Array(megabytes * 131072);
        let all = 0;
        for (let turn = 0; turn < 2; turn++) {
          for (let i = 0; i < numbers.length; i++) all += numbers[i]! + 1;
        }
        return all;
      };
      return await read(
        await compare(sum, {
          inputs: [16, 16],
          models: OWN,
          samples: 3,
        }),
      );
    },
    never: [/sleep in calls/, /waits? overlap/],
  },
  {
    name: "a prediction is judged only where samples are calm",
    run: async () => {
      const result = await compare(burn, {
        inputs: [ROUNDS / 4, ROUNDS / 4],
        models: ["sequential", "workers"],
        samples: 3,
        prediction: { workers: 1.5 },
      });
      const said = result.findings.find((text) => /You predicted/.test(text));
      return await read(result, [
        result.stamp.noisy && /well predicted/.test(said ?? "") &&
        `judged in noise: ${said}`,
      ]);
    },
    must: [/You predicted 1\.5× for workers and it was .*× to /],
  },
  {
    name: "naps that are split over Workers obey no law of cores",
    run: async () =>
      await read(
        await scale(napInCall, {
          inputs: Array(8).fill(20),
          n: [1, 2, 4],
          samples: 4,
        }),
      ),
    rights: "none",
    must: [/on a core for .* of its time only/],
    never: NO_CORES,
  },
  {
    name: "computing that is split over Workers gains no more than cores give",
    run: async () => {
      const result = await scale(burn, {
        inputs: Array(4).fill(ROUNDS / 2),
        n: [1, 2],
        samples: 4,
      });
      const few = navigator.hardwareConcurrency <= 2;
      return await read(result, [
        few && result.findings.some((text) =>
          /% of the work is serial/.test(text)
        ) &&
        "a law is told of one point",
      ]);
    },
    must: [/2 Workers/],
    never: [/wait for something besides a core/],
  },
  {
    name: "on one core, splitting gives nothing, and one core is what is named",
    run: async () =>
      await read(
        await scale(burn, {
          inputs: Array(4).fill(ROUNDS / 2),
          n: [1, 2],
          samples: 4,
        }),
      ),
    cores: 1,
    must: [/2 Workers on 1 core gave/],
    never: [/[2-9] cores/, /% of the work is serial/],
  },
  {
    name: "beside burners, splitting is not called the reason",
    run: async () => {
      const result = await scale(burn, {
        inputs: Array(4).fill(ROUNDS / 2),
        n: [1, 2, 3],
        samples: 3,
      });
      return await read(result, [
        !result.stamp.noisy && "others had the cores, and the stamp is calm",
      ]);
    },
    burners: true,
    never: [
      /splitting it makes it slower/,
      /% of the work is serial/,
      /stand in each other's way/,
    ],
  },
  {
    name: "tiny jobs tell no serial part",
    run: async () =>
      await read(
        await scale((n: number) => n * 2, { jobs: 12, n: [1, 2], samples: 7 }),
      ),
    never: [/% of the work is serial/, /2 Workers the work was/],
  },
  {
    name: "sleeping tasks pay by no number of cores",
    run: async () =>
      await read(
        await crossover(napInCall, {
          sizes: [1, 4, 16],
          models: ["pool"],
          jobs: 4,
          samples: 4,
        }),
      ),
    never: [/at most \d/, /never pays/],
  },
  {
    name: "tasks too small for a Worker each never pay",
    run: async () =>
      await read(
        await crossover(burn, {
          sizes: [100, 1000, 10_000],
          models: ["workers"],
          jobs: 2,
          samples: 4,
        }),
      ),
    must: [/never pays in this range|can not be told: other/],
    never: [/: pays in/, /: pays from/],
  },
];
