/**
 * Situations in which code waits: naps, sleeping calls, and computing beside.
 * @module
 */
import { pool } from "../../lib/run/pool/pool.ts";
import { lookAt, nap, report, sleepInCall, spin, timeOf } from "./look.ts";
import type { Situation } from "./situation.ts";

/** Naps and sleeping calls. */
export const WAITS: readonly Situation[] = [
  {
    name: "four naps of 100 ms at once are waiting, nothing else",
    run: async () => {
      const seen = await lookAt(async () => {
        await using threads = pool({ size: 4 });
        await threads.ready();
        await threads.map(async (ms: number) => {
          await new Promise((resolve) => setTimeout(resolve, ms));
        }, [100, 100, 100, 100]);
      });
      const ranMs = timeOf(seen.recording, /^worker/, "running");
      return report(seen, [
        ranMs > 100 && `naps ran for ${ranMs} ms`,
      ]);
    },
    never: [/split evenly/i, /oversubscription/i],
  },
  {
    name: "two jobs that sleep in Atomics.wait() are not on a core",
    run: async () => {
      const seen = await lookAt(async () => {
        await using threads = pool({ size: 2 });
        await threads.ready();
        await threads.map(sleepInCall, [200, 200]);
      });
      const ranMs = timeOf(seen.recording, /^worker/, "running");
      return report(seen, [ranMs > 100 && `sleeping ran for ${ranMs} ms`]);
    },
    never: [/oversubscription/i],
  },
  {
    name: "two jobs that sleep in Atomics.wait(), without any right",
    rights: "none",
    run: async () => {
      const seen = await lookAt(async () => {
        await using threads = pool({ size: 2 });
        await threads.ready();
        await threads.map(sleepInCall, [200, 200]);
      });
      const ranMs = timeOf(seen.recording, /^worker/, "running");
      return report(seen, [ranMs > 100 && `sleeping ran for ${ranMs} ms`]);
    },
    never: [/oversubscription/i],
  },
  {
    name: "two jobs that compute for 200 ms each run for that long",
    run: async () => {
      const seen = await lookAt(async () => {
        await using threads = pool({ size: 2 });
        await threads.ready();
        await threads.map(spin, [200, 200]);
      });
      const { recording } = seen;
      const sleptMs = timeOf(recording, /^worker/, "blocked", "waiting");
      const ranMs = timeOf(
        recording,
        /^worker/,
        "running",
        "runnable",
        "alive",
      );
      return report(seen, [
        ranMs < 350 && `computing ran or wanted to for ${ranMs} ms only`,
        sleptMs > 100 && `computing slept for ${sleptMs} ms`,
      ]);
    },
    never: [/one at a time/i],
  },
  {
    name: "three tasks nap one after the other",
    run: async () =>
      report(
        await lookAt(async (t) => {
          for (const name of ["tea", "toast", "egg"]) {
            await t.task(name, () => nap(40));
          }
        }),
      ),
    must: [/one at a time: 3 tasks waited/i],
  },
];
