/**
 * Situations of cores: enough of them, too few, and others that have them.
 * @module
 */
import { pool } from "../../lib/run/pool/pool.ts";
import { lookAt, nap, report, sleepInCall, spin, timeOf } from "./look.ts";
import type { Situation } from "./situation.ts";

/** So many jobs at once, each on a thread of its own, which all begin at the same time. */
async function crowd(
  count: number,
  work: (ms: number) => unknown,
  ms: number,
  options: { readonly cores?: boolean } = {},
) {
  return await lookAt(async () => {
    await using threads = pool({ size: count });
    await threads.ready();
    await threads.map(work, Array.from({ length: count }, () => ms));
  }, options);
}

const CORES = navigator.hardwareConcurrency;

/** Computes in a way that gives the engine's own threads something to do; shipped by its text. */
function litter(ms: number): number {
  const endMs = performance.now() + ms;
  let kept: unknown[] = [];
  while (performance.now() < endMs) {
    kept = Array.from({ length: 2000 }, (_, i) => ({ i }));
  }
  return kept.length;
}

/** The same with sleep in between. */
function litterAndNap(ms: number): number {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const endMs = performance.now() + ms;
  let kept: unknown[] = [];
  while (performance.now() < endMs) {
    for (let i = 0; i < 20; i++) {
      kept = Array.from({ length: 2000 }, (_, i) => ({ i }));
    }
    Atomics.wait(cell, 0, 0, 2);
  }
  return kept.length;
}

const OTHERS = /others had (the cores|\d+ % of a core)|other programs used \d/i;

/** Cores. */
export const CORE_SITUATIONS: readonly Situation[] = [
  {
    name: "twice as many threads compute as there are cores",
    run: async () => report(await crowd(2 * CORES, spin, 150)),
    must: [/oversubscription: \d+ Workers on/i],
    never: [/one at a time/i],
  },
  {
    name: "twice as many threads compute as there are cores, without any right",
    rights: "none",
    run: async () => report(await crowd(2 * CORES, spin, 300)),
    must: [/oversubscription: \d+ Workers on/i],
    never: [/one at a time/i],
  },
  {
    name: "twice as many threads sleep in calls as there are cores",
    run: async () => {
      const seen = await crowd(2 * CORES, sleepInCall, 150);
      const ranMs = timeOf(seen.recording, /^worker/, "running", "runnable");
      return report(seen, [ranMs > 150 && `sleeping ran for ${ranMs} ms`]);
    },
    never: [/oversubscription/i, /needs? no more than/i, /take turns/i],
  },
  {
    name: "twice as many threads sleep in calls, without any right",
    rights: "none",
    run: async () => {
      const seen = await crowd(2 * CORES, sleepInCall, 300);
      const ranMs = timeOf(seen.recording, /^worker/, "running");
      return report(seen, [ranMs > 150 && `sleeping ran for ${ranMs} ms`]);
    },
    never: [/oversubscription/i, /needs? no more than/i, /take turns/i],
  },
  {
    name: "as many threads compute as there are cores",
    run: async () => {
      const seen = await crowd(CORES, spin, 150);
      return report(seen, [
        timeOf(seen.recording, /^worker/, "blocked") > 20 &&
        "computing is told as blocked",
      ]);
    },
    never: [/oversubscription/i, /one at a time/i, /convoy/i],
  },
  {
    name: "two threads compute on one core",
    cores: 1,
    run: async () => report(await crowd(2, spin, 150)),
    must: [/oversubscription: 2 Workers on 1 core/i],
    never: [/2 cores/, /one at a time/i, /not 2×/],
  },
  {
    name: "two threads compute on one core, without any right",
    cores: 1,
    rights: "none",
    run: async () => report(await crowd(2, spin, 300)),
    must: [/oversubscription: 2 Workers on 1 core/i],
    never: [/2 cores/, /one at a time/i],
  },
  {
    name: "one thread computes beside three that have nothing to do",
    run: async () => {
      await using threads = pool({ size: 4 });
      await threads.ready();
      const seen = await lookAt(async () => await threads.run(spin, [150]));
      const lanes = seen.recording.lanes.filter(({ kind }) =>
        kind === "worker"
      );
      return report(seen, [
        lanes.length > 1 && `${lanes.length} Workers are told of, one worked`,
      ]);
    },
    never: [/[234] Workers/, /oversubscription/i, /not \d×/],
  },
  {
    name: "threads compute one after the other",
    run: async () =>
      report(
        await lookAt(async () => {
          await using one = pool({ size: 1 });
          await using other = pool({ size: 1 });
          await Promise.all([one.ready(), other.ready()]);
          for (const threads of [one, other, one, other]) {
            await threads.run(spin, [40]);
          }
        }),
      ),
    must: [/one at a time: 2 Workers/i],
    never: [/oversubscription/i, /split evenly/i],
  },
  {
    name: "programs that compute have the cores meanwhile",
    burners: true,
    run: async () => report(await crowd(CORES, spin, 200)),
    must: [/others? .*(had|used)|other programs used/i],
    never: [
      /split evenly/i,
      /why not \d/i,
      /one at a time/i,
      /sleep in a call/,
    ],
  },
  {
    name: "a program computes on all cores and nobody else",
    run: async () => report(await crowd(CORES, spin, 400)),
    never: [/oversubscription/i],
    neverAlone: [OTHERS],
  },
  ...(["all", "none"] as const).map((rights): Situation => ({
    name:
      `a program's own threads take cores from each other, rights: ${rights}`,
    rights,
    run: async () => report(await crowd(3 * CORES, spin, 200)),
    neverAlone: [OTHERS],
  })),
  ...([1, undefined] as const).map((cores): Situation => ({
    name: `a program naps and makes garbage, on ${cores ?? "all"} cores`,
    rights: "none",
    ...(cores === undefined ? {} : { cores }),
    run: async () =>
      report(
        await lookAt(async () => {
          for (let i = 0; i < 40; i++) {
            litter(10);
            await nap(5);
          }
        }),
      ),
    neverAlone: [OTHERS],
  })),
  {
    name: "a pool's threads nap and make garbage, without any right",
    rights: "none",
    run: async () => report(await crowd(CORES, litterAndNap, 400)),
    neverAlone: [OTHERS],
  },
  {
    name: "beside burners, a traced pool is taken off its cores",
    rights: "none",
    burners: true,
    run: async () => report(await crowd(CORES, spin, 400)),
    must: [/^Noisy: |noise: |taken off its cores|others had/i],
    never: [/split evenly/i, /why not \d/i],
  },
  {
    name: "one thread does half and the other all of what there is",
    run: async () =>
      report(
        await lookAt(async () => {
          await using threads = pool({ size: 2 });
          await threads.ready();
          await threads.map(spin, [60, 240]);
        }),
      ),
    must: [/stair-step ends/i],
    never: [/oversubscription/i, /convoy/i],
  },
  {
    name: "one thread naps for short and the other for long",
    run: async () =>
      report(
        await lookAt(async () => {
          await using threads = pool({ size: 2 });
          await threads.ready();
          await threads.map(async (ms: number) => {
            await new Promise((resolve) => setTimeout(resolve, ms));
          }, [60, 240]);
        }),
      ),
    never: [/split evenly/i, /oversubscription/i, /smaller jobs/],
  },
];
