// Jobs that take their thread along: that leave, throw beside their promise, or fill the memory.
import assert from "node:assert/strict";
import { pool } from "./pool.ts";
import {
  countRunning,
  createFlag,
  until,
  untilRunning,
} from "./test_threads.ts";

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

/** Takes what is said of errors that nobody awaits; gives what puts the console back. */
function hear(take: (...args: unknown[]) => void): () => void {
  const { error } = console;
  const set = (listener: typeof error) => {
    // deno-lint-ignore no-console -- As above.
    console.error = listener;
  };
  set(take);
  return () => set(error);
}

const STRAYING: Readonly<Record<string, () => unknown>> = {
  "in a timer": () => {
    setTimeout(() => {
      throw new RangeError("beside");
    }, 20);
    return "done";
  },
  "in a promise that nobody awaits": () => {
    (async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      throw new RangeError("beside");
    })();
    return "done";
  },
  "in a call of the system that nobody awaits": () => {
    Deno.readTextFile("/nowhere/beside").catch(() => {
      throw new RangeError("beside");
    });
    return "done";
  },
  "in a message that comes late": () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      throw new RangeError("beside");
    };
    port2.postMessage(0);
    return "done";
  },
  "in a listener that only the engine calls": () => {
    AbortSignal.timeout(20).addEventListener("abort", () => {
      throw new RangeError("beside");
    });
    return "done";
  },
};

for (const [name, strays] of Object.entries(STRAYING)) {
  Deno.test(`what a job has left behind and throws ${name} fails no other job`, async () => {
    const said: unknown[] = [];
    const restore = hear((...args) => void said.push(args.join(" ")));
    try {
      await using threads = pool({ size: 1 });
      assert.equal(await threads.run(strays), "done");
      const wait = async (ms: number) => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        return "fine";
      };
      assert.equal(await threads.run(wait, [100]), "fine");
      assert.equal(threads.stats().started, 1);
    } finally {
      restore();
    }
    assert.match(String(said[0]), /beside any job: RangeError: beside/);
  });
}

Deno.test("what the engine fails by itself, nobody knowing for whom, fails no other job", async () => {
  const said: unknown[] = [];
  const restore = hear((...args) => void said.push(args.join(" ")));
  try {
    await using threads = pool({ size: 1 });
    const compile = () => void WebAssembly.compile(new Uint8Array(3));
    await threads.run(compile);
    const wait = () => new Promise((resolve) => setTimeout(resolve, 100, 1));
    assert.equal(await threads.run(wait), 1);
    // The engine compiles on a thread of its own, when it has a core.
    await until(() => said.length > 0, "the engine has told");
  } finally {
    restore();
  }
  assert.match(String(said[0]), /beside any job: .*WebAssembly/);
});

Deno.test("a plain job gives what any other gives", async () => {
  await using threads = pool({ size: 1 });
  const give = (value: unknown) => value;
  const values = [undefined, null, 0, "", [], [0], [1, [2]], { a: [] }, 2n];
  // Alone, and many in one message.
  for (const value of values) {
    assert.deepEqual(await threads.run(give, [value]), value);
  }
  const inputs = Array.from({ length: 40 }, () => values).flat();
  const all = await threads.map(give, inputs.map((value) => [value] as const));
  assert.deepEqual(all, inputs);
  // Text that names nothing asynchronous, and a promise all the same.
  const read = (blob: Blob) => blob.bytes();
  const bytes = await Promise.all(
    ["a", "b", "c"].map((text) => threads.run(read, [new Blob([text])])),
  );
  assert.deepEqual(bytes.map(([byte]) => byte), [97, 98, 99]);
  const fail = (n: number) => {
    if (n > 1) throw new RangeError(`${n}`);
    return n;
  };
  const outcomes = await Promise.allSettled(
    [1, 2, 1].map((n) => threads.run(fail, [n])),
  );
  assert.deepEqual(outcomes.map(({ status }) => status), [
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  assert.equal(threads.stats().started, 1);
});

Deno.test("a job of many in one message gets what it throws beside itself, no other does", async () => {
  const restore = hear(() => {});
  try {
    await using threads = pool({ size: 1 });
    const maybe = (n: number) => {
      if (n === 150) Promise.reject(new RangeError("beside"));
      return n;
    };
    for (let n = 0; n < 10; n++) await threads.run(maybe, [n]);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 400 }, (_, n) => threads.run(maybe, [n])),
    );
    const failed = outcomes.flatMap(({ status }, n) =>
      status === "rejected" ? [n] : []
    );
    assert.ok(failed.every((n) => n === 150), `${failed}`);
  } finally {
    restore();
  }
});

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
