// How threads and jobs end: by signal, timeout and disposal, by themselves, and by accident.
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
    message: /^Cannot finish "spin": it ran for more than 20 ms/,
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

const LEAVING: Readonly<Record<string, () => unknown>> = {
  "Deno.exit()": () => Deno.exit(3),
  "process.exit()": () => {
    (globalThis as never as { process: { exit(code: number): void } }).process
      .exit(3);
  },
  "self.close()": () => {
    (self as never as { close(): void }).close();
    return new Promise(() => {});
  },
};

for (const [name, leave] of Object.entries(LEAVING)) {
  Deno.test(`a job that calls ${name} gets an error, and the pool goes on`, async () => {
    await using threads = pool({ size: 1 });
    const left = assert.rejects(threads.run(leave), {
      message: /^Cannot finish ".*": it ended its thread with code [03]/,
    });
    const next = threads.run(() => "goes on");
    await left;
    assert.equal(await next, "goes on");
    assert.equal(threads.stats().started, 2);
  });
}

Deno.test("a job that leaves takes none of its message along, and none is done twice", async () => {
  await using threads = pool({ size: 1 });
  const count = (counter: Int32Array, leaves: boolean) => {
    Atomics.add(counter, 0, 1);
    if (leaves) Deno.exit(1);
    return true;
  };
  const counter = createFlag();
  for (let n = 0; n < 10; n++) await threads.run(count, [counter, false]);
  const outcomes = await Promise.allSettled(
    Array.from(
      { length: 400 },
      (_, n) => threads.run(count, [counter, n === 150]),
    ),
  );
  assert.deepEqual(
    outcomes.flatMap(({ status }, n) => status === "rejected" ? [n] : []),
    [150],
  );
  assert.equal(counter[0], 410);
});

const THROWING: Readonly<Record<string, () => unknown>> = {
  "in a timer": () => {
    setTimeout(() => {
      throw new RangeError("beside");
    }, 1);
    return new Promise(() => {});
  },
  "in a promise that nobody awaits": () => {
    Promise.reject(new RangeError("beside"));
    return new Promise(() => {});
  },
};

for (const [name, fails] of Object.entries(THROWING)) {
  Deno.test(`a job gets what is thrown beside it ${name}`, async () => {
    await using threads = pool({ size: 1 });
    const error = await threads.run(fails).catch((error) => error);
    assert.ok(error instanceof Error);
    assert.match(
      error.message,
      /^Cannot finish "in a .*": it threw where nothing awaits it: beside/,
    );
    assert.ok(error.cause instanceof RangeError);
    assert.equal(await threads.run(() => "goes on"), "goes on");
  });
}

const FILLING: Readonly<Record<string, () => unknown>> = {
  "while it computes": () => {
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(10_000).fill({ n: kept.length }));
  },
  "between awaits": async () => {
    const kept: unknown[] = [];
    for (;;) {
      kept.push(new Array(10_000).fill({ n: kept.length }));
      await null;
    }
  },
  "in a timer": () => {
    setTimeout(() => {
      const kept: unknown[] = [];
      for (;;) kept.push(new Array(10_000).fill({ n: kept.length }));
    }, 1);
    return new Promise(() => {});
  },
};

for (const [name, fill] of Object.entries(FILLING)) {
  Deno.test(`a job that fills the memory ${name} gets an error, and the pool goes on`, async () => {
    const before = countRunning();
    await using threads = pool({ size: 1, memoryMb: 32 });
    await assert.rejects(threads.run(fill), {
      message: /^Cannot finish ".*": its thread ran out of memory/,
    });
    assert.equal(await threads.run(() => "goes on"), "goes on");
    await untilRunning(before + 1);
  });
}

Deno.test("a host that wants a thread stopped ends what the pool works on, and the pool goes on", async () => {
  const key = Symbol.for("Skein.track");
  const scope = globalThis as unknown as Record<symbol, unknown>;
  const tracked: { what: string; name: string; stop(): void }[] = [];
  let ended = 0;
  scope[key] = (child: typeof tracked[number]) => {
    tracked.push(child);
    return () => ended++;
  };
  try {
    await using threads = pool({ size: 1, name: "mine" });
    const flag = createFlag();
    const spin = (flag: Int32Array) => {
      Atomics.store(flag, 0, 1);
      for (;;);
    };
    const jobs = [1, 2].map(() => threads.run(spin, [flag]));
    const failed = Promise.allSettled(jobs);
    await untilSet(flag);
    assert.deepEqual([tracked[0]?.what, tracked.length], ["worker", 1]);
    assert.match(tracked[0]?.name ?? "", /^mine, thread \d+$/);
    tracked[0]?.stop();
    for (const one of await failed) {
      assert.equal(one.status === "rejected" && one.reason.name, "AbortError");
    }
    assert.equal(ended, 1);
    assert.equal(await threads.run(() => "goes on"), "goes on");
  } finally {
    delete scope[key];
  }
  assert.equal(ended, 2);
});
