// How threads and jobs end by signal, timeout and disposal; accidents are in `accidents_test.ts`.
import assert from "node:assert/strict";
import { type Pool, pool } from "./pool.ts";
import {
  countRunning,
  createFlag,
  untilRunning,
  untilSet,
} from "./test_threads.ts";

// The regression test of the trick that everything here stands on; see `life_lock.ts`.
const LOOPS: Readonly<Record<string, (flag: Int32Array) => void>> = {
  "a busy loop": (flag) => {
    Atomics.store(flag, 0, 1);
    for (;;);
  },
  "Atomics.wait": (flag) => {
    Atomics.store(flag, 0, 1);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
  "a JSON.stringify loop": (flag) => {
    const numbers = Array.from({ length: 50_000 }, (_, n) => ({ n }));
    Atomics.store(flag, 0, 1);
    for (;;) JSON.stringify(numbers);
  },
  "a regular expression": (flag) => {
    Atomics.store(flag, 0, 1);
    /^(a+)+$/.test("a".repeat(60) + "b");
  },
  "an await": async (flag: Int32Array) => {
    Atomics.store(flag, 0, 1);
    await new Promise(() => {});
  },
};

for (const [name, loop] of Object.entries(LOOPS)) {
  Deno.test(`a signal ends ${name}, and its thread is gone`, async () => {
    const before = countRunning();
    await using threads = pool({ size: 1 });
    const controller = new AbortController();
    const { signal } = controller;
    const flag = createFlag();
    const ended = assert.rejects(threads.run(loop, [flag], { signal }), {
      message: "enough",
    });
    await untilSet(flag);
    controller.abort(new Error("enough"));
    await ended;
    await untilRunning(before);
    assert.equal(await threads.run(() => "goes on"), "goes on");
  });
}

Deno.test("a timeout ends a job, and its thread is gone", async () => {
  const before = countRunning();
  await using threads = pool({ size: 1 });
  const spin = () => {
    for (;;);
  };
  await assert.rejects(threads.run(spin, [], { timeoutMs: 20 }), {
    name: "TimeoutError",
    message: /^Cannot finish "spin": still running after 20 ms \(timeoutMs\)/,
  });
  await untilRunning(before);
  await assert.rejects(
    threads.map(spin as () => void, [[]], { timeoutMs: 1 }),
    {
      name: "TimeoutError",
    },
  );
  await assert.rejects(threads.run(spin, [], { timeoutMs: -1 }), {
    name: "RangeError",
  });
});

Deno.test("a timeout does not count the time in the queue", async () => {
  await using threads = pool({ size: 1 });
  const flag = createFlag();
  const wait = (flag: Int32Array) => void Atomics.wait(flag, 0, 0);
  const first = threads.run(wait, [flag]);
  const second = threads.run(() => "in time", [], { timeoutMs: 5000 });
  await threads.ready();
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
  await first;
  assert.equal(await second, "in time");
});

Deno.test("a signal that is aborted starts nothing", async () => {
  await using threads = pool({ size: 1 });
  const signal = AbortSignal.abort(new Error("before"));
  await assert.rejects(threads.run(() => 1, [], { signal }), {
    message: "before",
  });
  await assert.rejects(threads.map((n: number) => n, [1], { signal }), {
    message: "before",
  });
  assert.equal(threads.stats().started, 0);
});

Deno.test("a signal takes jobs out of the queue, and leaves all others unharmed", async () => {
  await using threads = pool({ size: 2 });
  const flags = [createFlag(), createFlag()] as const;
  const wait = (flag: Int32Array, gate: Int32Array) => {
    Atomics.store(flag, 0, 1);
    Atomics.wait(gate, 0, 0);
    return "done";
  };
  const gate = createFlag();
  const controller = new AbortController();
  const { signal } = controller;
  const unharmed = threads.run(wait, [flags[0], gate]);
  const ended = [
    threads.run(wait, [flags[1], gate], { signal }),
    threads.run(wait, [flags[1], gate], { signal }),
  ];
  const queued = threads.run(() => "queued");
  await untilSet(flags[0]);
  await untilSet(flags[1]);
  controller.abort(new Error("enough"));
  for (const one of await Promise.allSettled(ended)) {
    assert.equal(one.status === "rejected" && one.reason.message, "enough");
  }
  assert.equal(await queued, "queued");
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
  assert.equal(await unharmed, "done");
});

Deno.test("disposal fails what runs and waits, and leaves nothing", async () => {
  const before = countRunning();
  const outcomes: Promise<unknown>[] = [];
  {
    await using threads = pool({ size: 1, name: "short-lived" });
    const flag = createFlag();
    const spin = (flag: Int32Array) => {
      Atomics.store(flag, 0, 1);
      for (;;);
    };
    for (let n = 0; n < 3; n++) {
      outcomes.push(threads.run(spin, [flag]).catch((error) => error));
    }
    await untilSet(flag);
  }
  for (const error of await Promise.all(outcomes)) {
    assert.ok(error instanceof DOMException);
    assert.equal(error.name, "AbortError");
    assert.match(
      error.message,
      /^Cannot finish "spin": short-lived was disposed of/,
    );
  }
  await untilRunning(before);
});

Deno.test("a pool that was disposed of refuses jobs", async () => {
  const before = countRunning();
  let threads: Pool;
  {
    using closed = pool({ size: 1 });
    threads = closed;
    await threads.ready();
  }
  await untilRunning(before);
  await assert.rejects(threads.run(() => 1), { message: /was disposed of/ });
  await Promise.all([threads.ready(), threads.idle(), threads.room()]);
});
