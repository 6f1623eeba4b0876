/**
 * Situations of structure: who started whom, who waits for whom in a circle, and
 * what an earlier run has left.
 * @module
 */
import { pool } from "../../lib/run/pool/pool.ts";
import { Mutex } from "../../lib/sync/mod.ts";
import type { TraceOptions } from "../../lib/trace/trace.ts";
import type { Tracer } from "../../lib/trace/tracer.ts";
import { lookAt, nap, report, spin } from "./look.ts";
import type { Situation } from "./situation.ts";

/** A situation that is no more than a traced function. */
function traced(
  name: string,
  fn: (t: Tracer) => unknown,
  more: Omit<Situation, "name" | "run"> & { readonly options?: TraceOptions },
): Situation {
  const { options = {}, ...rest } = more;
  return { ...rest, name, run: async () => report(await lookAt(fn, options)) };
}

const ANSWER = `data:text/javascript,${
  encodeURIComponent("onmessage = () => postMessage(0);")
}`;

function startWorker(): Worker {
  return new Worker(ANSWER, { type: "module" });
}

function ask(worker: Worker): Promise<unknown> {
  return new Promise((resolve) => {
    worker.onmessage = resolve;
    worker.postMessage(0);
  });
}

/** Two tasks that take two locks in opposite orders. */
async function crossLocks(t: Tracer, [one, other]: readonly [Mutex, Mutex]) {
  const take = (name: string, first: Mutex, second: Mutex) =>
    t.task(name, async () => {
      using _first = await first.lock({ lane: name });
      await nap(10);
      using _second = await second.lock({ lane: name });
    });
  await Promise.all([take("ann", one, other), take("bob", other, one)]);
}

function twoLocks(...names: [string, string]): [Mutex, Mutex] {
  return names.map((name) => new Mutex({ name })) as [Mutex, Mutex];
}

const LEAK = /outlives|was still there when the traced function returned/;

/** Structure. */
export const STRUCTURE: readonly Situation[] = [
  traced("a task leaves a task behind, which ends later", async (t) => {
    await t.task("parent", async () => {
      void t.task("child", () => nap(100));
      await nap(10);
    });
    await nap(150);
  }, { must: [/child outlives parent/], may: ["outlives"] }),
  traced("a task is left to itself when the function returns", async (t) => {
    void t.task("child", () => nap(5000));
    await nap(20);
  }, { must: [/child was still there/], may: ["outlives", "loop held"] }),
  traced("a Worker that a task has made is never ended", async (t) => {
    await t.task("parent", async () => {
      await ask(startWorker());
    });
    await nap(50);
  }, { must: [/worker 1 (outlives|was still there)/] }),
  traced("a Worker of the function is never ended", async () => {
    await ask(startWorker());
  }, { must: [/worker 1 was still there/] }),
  traced("a process that nobody waits for", async (t) => {
    await t.task("parent", async () => {
      new Deno.Command("sleep", { args: ["0.3"] }).spawn();
      await nap(10);
    });
    await nap(60);
  }, { must: [/process 1 sleep (outlives|was still there)/] }),
  traced("a task leaves a task behind, which leaves one behind", async (t) => {
    await t.task("outer", async () => {
      void t.task("middle", async () => {
        void t.task("inner", () => nap(120));
        await nap(40);
      });
      await nap(10);
    });
    await nap(200);
  }, { must: [/outlives/], may: ["outlives"] }),
  {
    name: "a task leaves a job of a pool behind",
    run: async () => {
      await using threads = pool({ size: 2 });
      await threads.ready();
      return report(
        await lookAt(async (t) => {
          await t.task("asker", async () => {
            void threads.run(spin, [80]);
            await threads.run(spin, [5]);
          });
          await nap(200);
        }),
      );
    },
    must: [/job on worker \d outlives asker, which started it/],
    never: [/worker \d was still there/],
  },
  {
    name: "tasks wait for all jobs that they have given to a pool",
    run: async () => {
      await using threads = pool({ size: 2 });
      await threads.ready();
      return report(
        await lookAt(async (t) => {
          await Promise.all(
            ["ann", "bob"].map((name, index) =>
              t.task(name, async () => {
                await threads.map(spin, [10, 20]);
                await threads.run(spin, [10 + 40 * index]);
              })
            ),
          );
        }),
      );
    },
    never: [LEAK],
  },
  traced("all that is started is awaited and ended", async (t) => {
    await t.task("parent", async () => {
      await Promise.all([
        t.task("child 1", () => nap(20)),
        t.task("child 2", () => nap(40)),
      ]);
    });
    const worker = startWorker();
    await ask(worker);
    worker.terminate();
    await new Deno.Command("sleep", { args: ["0.01"] }).output();
  }, { never: [LEAK] }),
  traced(
    "a Worker that a task has made is used by another, and ended",
    async (t) => {
      const worker = await t.task("start", () => startWorker());
      await t.task("use", async () => {
        await nap(20);
        await ask(worker);
      });
      worker.terminate();
    },
    { never: [LEAK] },
  ),
  traced("a Worker closes itself", async () => {
    const script = "postMessage(0); close();";
    const worker = new Worker(`data:text/javascript,${script}`, {
      type: "module",
    });
    await new Promise((resolve) => worker.onmessage = resolve);
    await nap(30);
  }, { never: [LEAK] }),
  traced("a pool that is kept for later has nothing to do", async () => {
    const threads = pool({ size: 2 });
    await threads.map(spin, [5, 5]);
  }, { never: [LEAK, /deadlock/i] }),
  traced(
    "two tasks take two locks in opposite orders",
    (t) => crossLocks(t, twoLocks("left", "right")),
    {
      options: { timeoutMs: 300 },
      must: [
        /deadlock/i,
        /ann.*lock right.*bob.*lock left|bob.*lock left.*ann.*lock right/s,
      ],
    },
  ),
  traced("two tasks take two locks in the same order", async (t) => {
    const [left, right] = twoLocks("left", "right");
    const take = (name: string) =>
      t.task(name, async () => {
        using _left = await left.lock({ lane: name });
        await nap(10);
        using _right = await right.lock({ lane: name });
      });
    await Promise.all([take("ann"), take("bob")]);
  }, { never: [/deadlock/i] }),
  {
    name: "a deadlock of an earlier run does not speak in the next",
    run: async () => {
      const names = ["left", "right"] as const;
      await lookAt((t) => crossLocks(t, twoLocks(...names)), {
        timeoutMs: 100,
      });
      const seen = await lookAt(async () => {
        const [left] = twoLocks(...names);
        using _guard = await left.lock();
        await nap(50);
      });
      return report(seen);
    },
    never: [/deadlock/i, /\bann\b|bob/, LEAK],
  },
  {
    name: "the deadlock that is named is the one of this run",
    run: async () => {
      await lookAt((t) => crossLocks(t, twoLocks("left", "right")), {
        timeoutMs: 100,
      });
      return report(
        await lookAt((t) => crossLocks(t, twoLocks("salt", "pepper")), {
          timeoutMs: 300,
        }),
      );
    },
    must: [/deadlock/i, /pepper/],
    never: [/left|right/],
  },
  {
    name: "a run that is not done in time, beside an old deadlock, has none",
    run: async () => {
      await lookAt((t) => crossLocks(t, twoLocks("left", "right")), {
        timeoutMs: 100,
      });
      return report(
        await lookAt(async (t) => {
          await t.task("sleeper", () => nap(5000));
        }, { timeoutMs: 100 }),
      );
    },
    must: [/still running after .*sleeper awaits/],
    never: [/deadlock/i, /\bann\b|bob|left|right/],
  },
  {
    name: "a Worker that an earlier run has left does not speak in the next",
    run: async () => {
      const burn = "onmessage = () => { for (;;); };";
      await lookAt(async () => {
        const worker = new Worker(`data:text/javascript,${burn}`, {
          type: "module",
        });
        worker.postMessage(0);
        await nap(50);
      });
      const seen = await lookAt(async (t) => {
        await t.task("tea", () => nap(100));
      });
      const lanes = seen.recording.lanes.map(({ id }) => id);
      return report(seen, [
        lanes.some((id) => id.startsWith("worker")) &&
        `lanes of this run: ${lanes}`,
      ]);
    },
    never: [LEAK, /Workers?\b.* (ran|had)/],
  },
];
