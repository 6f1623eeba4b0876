// deno-lint-ignore-file no-console -- A program whose output is its result.
/**
 * A program for Node that uses every part of the npm package; each prints one
 * line, without times. Run by `npm_test.ts`, which knows the lines.
 */
import {
  amdahlSpeedUp,
  Channel,
  compare,
  crossover,
  DISPLAY,
  display,
  explain,
  html,
  lag,
  load,
  md,
  measure,
  memory,
  messageCost,
  Mutex,
  pool,
  process as startProcess,
  python,
  race,
  runPython,
  scale,
  sharedArray,
  spawnCost,
  switches,
  task,
  trace,
  traceTimeline,
  worker,
} from "@skein/skein";

const fib = task(function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
});
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function say(name, get) {
  let text;
  try {
    text = JSON.stringify(await get()) ?? "nothing";
  } catch (error) {
    text = `${error.name}: ${error.message.split("\n")[0]}`;
  }
  console.log(`${name}: ${text.replace(/Node \d+\.\d+\.\d+/g, "Node N")}`);
}

/** The formats of a value, and whether its picture says where it was made. */
async function look(value) {
  const bundle = await value[DISPLAY]();
  const picture = bundle["image/svg+xml"];
  // Its lines are broken where they are full.
  const words = picture.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
  return [
    picture.startsWith("<svg") && picture.trimEnd().endsWith("</svg>"),
    words.includes(`Node ${process.versions.node}`),
  ];
}

async function within(resource, use) {
  try {
    return await use(resource);
  } finally {
    await resource[Symbol.asyncDispose]();
  }
}

await display(md`**shown**`);
await say("html", () => html`<b>${"<"}</b>`.markup);
await say("fits", () => [amdahlSpeedUp(0.5, 2)]);
await say("task", () => fib.run(10));
await say("task refused", () => {
  const outside = 1;
  return task(() => outside);
});

await say("measure", async () => look(await measure(() => 1, { maxMs: 100 })));
const compared = await compare(fib, { inputs: [10, 11], samples: 3 });
await say(
  "compare",
  () => compared.results.map(({ model, results }) => [model, results]),
);
await say("compare shown", () => look(compared));
await say(
  "explain",
  async () => Array.isArray((await explain(compared)).findings),
);
await say("scale", async () => {
  const options = { inputs: [10, 10], n: [1, 2], samples: 3 };
  const { results } = await scale(fib, options);
  return results;
});
await say("crossover", async () => {
  const options = { sizes: [1, 9], models: ["pool"], samples: 3 };
  return (await crossover(fib, options)).curves.length;
});
await say("spawnCost", async () => {
  const { costs, findings } = await spawnCost({ samples: 3 });
  return [
    costs.some(({ kind }) => kind === "node worker"),
    findings.filter((text) => text.includes("this is Node")),
  ];
});
await say(
  "messageCost",
  async () => look(await messageCost({ sizes: [64, 4096], samples: 3 })),
);
await say("memory", () => memory());
await say("switches", async () => look(await switches(() => sleep(20))));
await say("lag", async () => look(await lag(() => sleep(20))));
await say(
  "load",
  async () => look(await load(() => sleep(1), { rate: 100, durationMs: 100 })),
);

await say(
  "pool",
  () => within(pool({ size: 2 }), (threads) => threads.map(fib, [9, 10])),
);
await say(
  "pool, endless job",
  () =>
    within(pool({ size: 1 }), async (threads) => {
      const endless = () => {
        for (;;);
      };
      try {
        await threads.run(endless, [], { timeoutMs: 100 });
      } catch (error) {
        return [error.name, await threads.run(() => "goes on")];
      }
    }),
);
await say(
  "pool, no memory",
  () =>
    within(
      pool({ size: 1, memoryMb: 32 }),
      (threads) =>
        threads.run(function fill() {
          // No long array: as one grows, Node may end with the thread (nodejs/node#47224).
          let last = null;
          for (;;) last = { last };
        }),
    ),
);
await say(
  "pool, crash",
  () =>
    within(pool({ size: 1 }), (threads) =>
      threads.run(function crash() {
        setTimeout(() => {
          throw new RangeError("late");
        });
        return new Promise(() => {});
      })),
);
await say(
  "pool, exit",
  () =>
    within(pool({ size: 1 }), (threads) =>
      threads.run(function leave() {
        globalThis.process.exit(3);
      })),
);
await say("worker", () => within(worker(fib), (call) => call(12)));
await say("process", () => within(startProcess(fib), (call) => call(12)));
await say("command", async () => {
  const { stdout, code } = await startProcess([
    process.execPath,
    "-p",
    "6 * 7",
  ]);
  return [stdout.trim(), code];
});
await say("command that is not there", () => startProcess(["no-such-program"]));

await say("locks", () =>
  within(pool({ size: 2 }), async (threads) => {
    const mutex = new Mutex({ name: "sum" });
    const numbers = sharedArray("int32", 1);
    const addMany = (mutex, numbers) => {
      for (let i = 0; i < 1000; i++) {
        const guard = mutex.lockSync();
        numbers.set(0, numbers.get(0) + 1);
        guard[Symbol.dispose]();
      }
    };
    const args = [mutex, numbers];
    await Promise.all([threads.run(addMany, args), threads.run(addMany, args)]);
    return numbers.get(0);
  }));
await say(
  "a dead thread's lock",
  () =>
    within(pool({ size: 1 }), async (threads) => {
      const mutex = new Mutex({ name: "held" });
      const hold = (mutex) => {
        mutex.lockSync();
        for (;;);
      };
      await threads.run(hold, [mutex], { timeoutMs: 100 }).catch(() => {});
      const guard = await mutex.lock({ timeoutMs: 5000 });
      guard[Symbol.dispose]();
      return "is free";
    }),
);
await say("channel", () =>
  within(pool({ size: 1 }), async (threads) => {
    const channel = new Channel({ capacity: 2 });
    const sum = threads.run(async (channel) => {
      let total = 0;
      for await (const value of channel) total += value;
      return total;
    }, [channel]);
    for (let i = 1; i <= 10; i++) await channel.send(i);
    channel.close();
    return await sum;
  }));

const run = await trace((t) =>
  within(pool({ size: 1 }), async (threads) => {
    await Promise.all([
      t.task("tea", () => sleep(5)),
      t.task("sum", () => threads.run(fib, [5])),
    ]);
    return "breakfast";
  })
);
await say("trace", () => [run.value, run.recording.lanes.map(({ id }) => id)]);
await say("trace lacks", () => run.recording.missing);
await say("trace shown", () => look(run));
await say("view", () => look(traceTimeline(run.recording)));
await say(
  "chrome trace",
  async () => JSON.parse(await run.chromeTrace()).traceEvents.length > 3,
);
await say(
  "trace explained",
  async () => Array.isArray((await explain(run)).findings),
);

await say("race", async () => {
  const add = (memory) => {
    memory.n = memory.n + 1;
  };
  const result = await race({
    shared: { n: 0 },
    threads: [add, add],
    check: ({ n }) => n === 2,
  });
  const { total, failingSchedules, shortest } = result;
  // Which endings free runs show differs from run to run.
  const { schedules, agreed } = result.confirmed;
  const confirmed = { schedules, agreed };
  const again = await race.replay(
    { shared: { n: 0 }, threads: [add, add] },
    shortest.schedule,
  );
  return [total, failingSchedules, confirmed, again.schedule, again.ranOn];
});

if (process.argv[2] === "python") {
  await say("python", () => python("sum(range(10))"));
  await say(
    "runPython",
    async () => (await runPython("a + 1", { args: { a: 1 } })).value,
  );
  await say("Python's error", () => python("1/0"));
  await say("compare with Python", async () => {
    const { results } = await compare((n) => n + 1, {
      inputs: [1],
      models: ["sequential", "python-threads"],
      python: "def add(n): return n + 1",
      samples: 3,
    });
    return results.map(({ model, results }) => [model, results]);
  });
}
// Not disposed of: they must not keep this program alive.
await pool({ size: 1 }).run(() => 1);
await startProcess(() => 1)();
console.log("end");
