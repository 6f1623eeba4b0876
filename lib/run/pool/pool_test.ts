// What users are promised of a pool; how threads end is in `stopping_test.ts`.
import assert from "node:assert/strict";
import { task } from "../task.ts";
import { pool } from "./pool.ts";
import { createFlag, runScript } from "./test_threads.ts";

const POOL = JSON.stringify(new URL("./pool.ts", import.meta.url).href);

Deno.test("pool() takes how many threads it has", async () => {
  await using threads = pool(2);
  assert.equal(threads.stats().size, 2);
});

Deno.test("run() gives what a function returns, awaited", async () => {
  await using threads = pool({ size: 1 });
  const add = async (a: number, b: Map<string, bigint>) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return { a, b };
  };
  const map = new Map([["a", 1n]]);
  assert.deepEqual(await threads.run(add, [1, map]), { a: 1, b: map });
  assert.equal(await threads.run(() => undefined), undefined);
  assert.equal(await threads.run(task(() => "task")), "task");
});

Deno.test("run() brings an error back with class, message, stack and cause", async () => {
  await using threads = pool({ size: 1 });
  const error = await threads.run(function failing(): void {
    class OddError extends Error {}
    throw new RangeError("no", { cause: new OddError("why") });
  }).catch((error) => error);
  assert.ok(error instanceof RangeError);
  assert.equal(error.message, "no");
  assert.match(error.stack ?? "", /at failing \(task:\d+:\d+\)/);
  assert.doesNotMatch(error.stack ?? "", /runJob/);
  assert.ok(error.cause instanceof Error);
  assert.deepEqual([error.cause.name, error.cause.message], [
    "OddError",
    "why",
  ]);
});

Deno.test("run() rejects for a function that cannot be shipped", async () => {
  await using threads = pool({ size: 1 });
  const outside = Math.random();
  await assert.rejects(threads.run(() => outside), {
    name: "TypeError",
    message: /it uses "outside" from outside/,
  });
  await assert.rejects(threads.run("no function" as never), {
    message: /^Cannot run: work is "no function"/,
  });
  assert.equal(threads.stats().threads, 0);
});

Deno.test("run() rejects for arguments that cannot be copied, and goes on", async () => {
  await using threads = pool({ size: 1 });
  const identity = (value: unknown) => value;
  await assert.rejects(threads.run(identity, [() => 1]), {
    name: "TypeError",
    message: /^Cannot send arguments of "identity": /,
  });
  assert.equal(await threads.run(identity, [1]), 1);
});

Deno.test("run() rejects for a result that cannot be copied, and goes on", async () => {
  await using threads = pool({ size: 1 });
  const make = (value: number) => value === 0 ? () => 1 : value;
  await assert.rejects(threads.run(make, [0]), {
    name: "TypeError",
    message: /^Cannot return result of "make": /,
  });
  assert.equal(await threads.run(make, [1]), 1);
});

Deno.test("run() moves what transfer names, and shares shared memory", async () => {
  await using threads = pool({ size: 1 });
  const { buffer } = new Uint8Array([7, 8]);
  const flag = createFlag();
  const read = await threads.run(
    (buffer: ArrayBuffer, flag: Int32Array) => {
      Atomics.store(flag, 0, 5);
      return [...new Uint8Array(buffer)];
    },
    [buffer, flag],
    { transfer: [buffer] },
  );
  assert.deepEqual(read, [7, 8]);
  assert.equal(buffer.byteLength, 0);
  assert.equal(flag[0], 5);
});

Deno.test("run() keeps the order of jobs that share messages", async () => {
  await using threads = pool({ size: 2 });
  const square = (n: number) => n % 7 === 3 ? Promise.resolve(n * n) : n * n;
  const inputs = Array.from({ length: 1000 }, (_, index) => index);
  const results = await Promise.all(
    inputs.map((n) => threads.run(square, [n])),
  );
  assert.deepEqual(results, inputs.map((n) => n * n));
  const { finished, started, queued, running } = threads.stats();
  assert.deepEqual({ finished, started, queued, running }, {
    finished: 1000,
    started: 2,
    queued: 0,
    running: 0,
  });
});

Deno.test("run() settles each job of a message for itself", async () => {
  await using threads = pool({ size: 1 });
  const odd = (n: number) => {
    if (n % 5 === 1) throw new RangeError(`no ${n}`);
    if (n % 5 === 2) return () => n;
    return n;
  };
  for (let n = 0; n < 5; n += 5) await threads.run(odd, [0]);
  const inputs = Array.from({ length: 500 }, (_, index) => index);
  const outcomes = await Promise.allSettled(
    inputs.map((n) =>
      threads.run(odd, n % 5 === 3 ? [Symbol.iterator as never] : [n])
    ),
  );
  for (const [n, outcome] of outcomes.entries()) {
    const kind = outcome.status === "fulfilled"
      ? outcome.value
      : outcome.reason.message.replace(/:.*/, "");
    const expected = [
      n,
      `no ${n}`,
      'Cannot return result of "odd"',
      'Cannot send arguments of "odd"',
      n,
    ];
    assert.equal(kind, expected[n % 5]);
  }
});

Deno.test("run() rejects when the queue is full, and room() waits for room", async () => {
  await using threads = pool({ size: 1, maxQueue: 2, name: "small" });
  const wait = (flag: Int32Array) => void Atomics.wait(flag, 0, 0);
  const flag = createFlag();
  const jobs = [1, 2, 3].map(() => threads.run(wait, [flag]));
  await assert.rejects(threads.run(wait, [flag]), {
    name: "RangeError",
    message:
      /^Cannot queue a job of small: queue is full \(maxQueue is 2\); .* raise maxQueue/,
  });
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
  await threads.room();
  assert.ok(threads.stats().queued < 2);
  await threads.run(wait, [flag]);
  await Promise.all(jobs);
});

Deno.test("runReported() tells where the time went, and on which thread", async () => {
  await using threads = pool({ size: 1 });
  const startMs = performance.now();
  const { value, timing, thread } = await threads.runReported(
    (n: number) => n + 1,
    [1],
  );
  const wholeMs = performance.now() - startMs;
  assert.equal(value, 2);
  assert.ok(thread >= 1);
  const { totalMs, ...lengths } = timing;
  const parts = Object.values(lengths);
  assert.equal(parts.length, 5);
  // The clocks of two threads agree to less than a microsecond.
  for (const part of parts) assert.ok(part > -0.01, JSON.stringify(timing));
  assert.ok(totalMs > 0 && totalMs <= wholeMs, `${totalMs} of ${wholeMs}`);
  await assert.rejects(
    threads.runReported(() => {
      throw new RangeError("no");
    }),
    { name: "RangeError" },
  );
  await assert.rejects(threads.runReported(() => () => 1), {
    message: /^Cannot return result of/,
  });
  await assert.rejects(threads.runReported((x: unknown) => x, [() => 1]), {
    message: /^Cannot send arguments of/,
  });
  const moved = new ArrayBuffer(3);
  const size = (buffer: ArrayBuffer) => buffer.byteLength;
  const report = await threads.runReported(size, [moved], {
    transfer: [moved],
  });
  assert.deepEqual([report.value, moved.byteLength], [3, 0]);
});

Deno.test("pool() refuses sizes and limits that are none", () => {
  for (
    const options of [{ size: 0 }, { size: 1.5 }, { maxQueue: -1 }, {
      batchMs: NaN,
    }, { memoryMb: 1 }]
  ) {
    assert.throws(() => pool(options), { name: "RangeError" });
  }
});

Deno.test("a pool that is forgotten lets its program end", async () => {
  const { code, stdout, stderr } = await runScript(`
    import { pool } from ${POOL};
    const threads = pool({ size: 2 });
    console.log(await threads.map((n) => n + 1, [1, 2, 3]));
    await threads.ready();
  `);
  assert.deepEqual({ code, stdout, stderr }, {
    code: 0,
    stdout: "[ 2, 3, 4 ]\n",
    stderr: "",
  });
});

Deno.test("a job that runs keeps its program alive, and what it prints is seen", async () => {
  const { code, stdout, stderr } = await runScript(`
    import { pool } from ${POOL};
    pool({ size: 1 }).run(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      console.log("printed", 1);
      return 7;
    }).then((value) => console.log("returned", value));
  `);
  assert.deepEqual({ code, stdout, stderr }, {
    code: 0,
    stdout: "printed 1\nreturned 7\n",
    stderr: "",
  });
});

Deno.test("a pool needs no permission", async () => {
  const { code, stderr } = await runScript(
    `
    import { pool } from ${POOL};
    await using threads = pool({ size: 1 });
    await threads.run(() => 1);
  `,
    ["--no-prompt"],
  );
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
});
