/**
 * Situations in which something limits: permits, room, a pipe, a lock that goes
 * around, or what never comes.
 * @module
 */
import { pool } from "../../lib/run/pool/pool.ts";
import {
  Barrier,
  Channel,
  Condition,
  Mutex,
  RwLock,
  Semaphore,
} from "../../lib/sync/mod.ts";
import type { TraceOptions } from "../../lib/trace/trace.ts";
import type { Tracer } from "../../lib/trace/tracer.ts";
import { lookAt, nap, report } from "./look.ts";
import type { Situation } from "./situation.ts";

type More = Omit<Situation, "name" | "run"> & {
  readonly options?: TraceOptions;
};

function traced(
  name: string,
  fn: (t: Tracer) => unknown,
  { options = {}, ...rest }: More,
): Situation {
  return { ...rest, name, run: async () => report(await lookAt(fn, options)) };
}

const names = (count: number) =>
  Array.from({ length: count }, (_, i) => `task ${i + 1}`);

/** Tasks that each take a permit for a nap. */
async function share(t: Tracer, permits: number, tasks: number) {
  const semaphore = new Semaphore(permits, { name: "permits" });
  await Promise.all(
    names(tasks).map((name) =>
      t.task(name, async () => {
        using _permit = await semaphore.acquire({ lane: name });
        await nap(30);
      })
    ),
  );
}

/** One sends numbers, one takes them; each naps in between. */
async function pass(
  t: Tracer,
  [sendMs, takeMs]: readonly [number, number],
  capacity = 2,
) {
  const orders = new Channel<number>({ name: "orders", capacity });
  const producer = t.task("producer", async () => {
    for (let n = 0; n < 15; n++) {
      if (sendMs > 0) await nap(sendMs);
      await orders.send(n, { lane: "producer" });
    }
    orders.close();
  });
  await t.task("consumer", async () => {
    try {
      for (;;) {
        await orders.receive({ lane: "consumer" });
        if (takeMs > 0) await nap(takeMs);
      }
    } catch {
      // It is closed and empty.
    }
  });
  await producer;
}

function startReader(program: string, args: readonly string[]) {
  return new Deno.Command(program, {
    args: [...args],
    stdin: "piped",
    stdout: "null",
  }).spawn();
}

function megabytes(count: number): ReadableStream<Uint8Array> {
  return ReadableStream.from(
    Array.from({ length: 16 * count }, () => new Uint8Array(64 * 1024)),
  );
}

/** Writes two megabytes to a program. */
async function feed(t: Tracer, program: string, args: readonly string[]) {
  const child = startReader(program, args);
  await t.task("writer", async () => {
    const writer = child.stdin.getWriter();
    const chunk = new Uint8Array(64 * 1024);
    for (let i = 0; i < 32; i++) await writer.write(chunk);
    await writer.close();
  });
  await child.status;
}

/** Threads that take a lock in turn and compute under it. */
async function convoy(threads: number, turns: number) {
  const mutex = new Mutex({ name: "results" });
  await using crew = pool({ size: threads });
  await crew.ready();
  const work = (mutex: Mutex, turns: number) => {
    for (let turn = 0; turn < turns; turn++) {
      using _guard = mutex.lockSync();
      const endMs = performance.now() + 4;
      while (performance.now() < endMs);
    }
  };
  await Promise.all(
    Array.from({ length: threads }, () => crew.run(work, [mutex, turns])),
  );
}

const LIMITED = /limited by/i;
const STUCK = /stuck when/i;
const UNFINISHED: TraceOptions = { timeoutMs: 150 };

/** Limits. */
export const LIMITS: readonly Situation[] = [
  traced("six tasks share two permits", (t) => share(t, 2, 6), {
    must: [/limited by lock permits, a semaphore of 2/i],
    never: [/convoy/i, /deadlock/i, /starved/i],
  }),
  traced("three tasks share four permits", (t) => share(t, 4, 3), {
    never: [LIMITED, /convoy/i],
  }),
  traced(
    "a channel is full, as its receiver is slow",
    (t) => pass(t, [0, 10]),
    {
      must: [/limited by channel orders, which was full/i],
      never: [/deadlock/i],
    },
  ),
  traced("a channel is empty, as its sender is slow", (t) => pass(t, [10, 0]), {
    never: [/full/i, LIMITED],
  }),
  traced(
    "a channel has room for all",
    (t) => pass(t, [0, 5], 100),
    { never: [/full/i, LIMITED] },
  ),
  traced(
    "a program reads late what is written to it",
    (t) => feed(t, "sh", ["-c", "sleep 0.3; cat > /dev/null"]),
    { must: [/limited by the pipe to process 1 sh/i] },
  ),
  traced(
    "a program reads at once what is written to it",
    async (t) => {
      await feed(t, "cat", []);
      await nap(150);
    },
    { never: [/limited by the pipe/i] },
  ),
  traced(
    "a stream goes to a program that reads it late",
    async (t) => {
      const { stdin, status } = startReader("sh", ["-c", "sleep 0.3; cat"]);
      await t.task("writer", () => megabytes(2).pipeTo(stdin));
      await status;
    },
    // Who waits for that pipe is not seen: then nothing else is blamed.
    { never: [LIMITED, STUCK, /one at a time/i] },
  ),
  traced(
    "a stream goes to a program that never reads it",
    async (t) => {
      const { stdin } = startReader("sleep", ["3"]);
      await t.task("writer", () => megabytes(2).pipeTo(stdin));
    },
    {
      options: UNFINISHED,
      must: [/writer awaits a promise that has not settled/],
      never: [LIMITED, /deadlock/i, /lost/i],
    },
  ),
  traced("two of three come to a barrier", async (t) => {
    const gate = new Barrier(3, { name: "gate" });
    await Promise.all(
      ["ann", "bob"].map((name) =>
        t.task(name, async () => void await gate.wait({ lane: name }))
      ),
    );
  }, {
    options: UNFINISHED,
    must: [
      /stuck when.*ann and bob wait at barrier gate \(2 of 3 are there\)/i,
      /still running after 150 ms \(timeoutMs\); ann and bob wait at barrier gate/,
    ],
    never: [/deadlock/i],
  }),
  traced("all three come to a barrier, one late", async (t) => {
    const gate = new Barrier(3, { name: "gate" });
    await Promise.all(
      ["ann", "bob", "eve"].map((name, i) =>
        t.task(name, async () => {
          await nap(i * 40);
          await gate.wait({ lane: name });
        })
      ),
    );
  }, { never: [STUCK, /deadlock/i, LIMITED] }),
  traced("a condition that nobody ever notifies", async (t) => {
    const mutex = new Mutex({ name: "m" });
    const ready = new Condition(mutex, { name: "ready" });
    await t.task("consumer", async () => {
      using guard = await mutex.lock({ lane: "consumer" });
      await ready.wait(guard, { lane: "consumer" });
    });
  }, {
    options: UNFINISHED,
    must: [/stuck when.*consumer waits at condition ready/i],
    never: [/lost wake-up/i, /deadlock/i],
  }),
  traced("a condition is notified before anybody waits", async (t) => {
    const mutex = new Mutex({ name: "m" });
    const ready = new Condition(mutex, { name: "ready" });
    await Promise.all([
      t.task("producer", async () => {
        using _guard = await mutex.lock({ lane: "producer" });
        ready.notify();
      }),
      t.task("consumer", async () => {
        await nap(30);
        using guard = await mutex.lock({ lane: "consumer" });
        await ready.wait(guard, { lane: "consumer" });
      }),
    ]);
  }, {
    options: UNFINISHED,
    must: [
      /lost wake-up: condition ready was notified at .*consumer has waited/i,
    ],
    never: [/deadlock/i],
  }),
  traced("a condition is notified while somebody waits", async (t) => {
    const mutex = new Mutex({ name: "m" });
    const ready = new Condition(mutex, { name: "ready" });
    await Promise.all([
      t.task("consumer", async () => {
        using guard = await mutex.lock({ lane: "consumer" });
        await ready.wait(guard, { lane: "consumer" });
      }),
      t.task("producer", async () => {
        await nap(30);
        using _guard = await mutex.lock({ lane: "producer" });
        ready.notify();
        ready.notify();
      }),
    ]);
  }, { never: [/lost wake-up/i, STUCK] }),
  traced("a task awaits a promise that nobody settles", async (t) => {
    await t.task("tea", () => new Promise(() => {}));
  }, {
    options: UNFINISHED,
    must: [/stuck when.*tea awaits a promise that has not settled/i],
    never: [/deadlock/i, /lost wake-up/i],
  }),
  traced("a job of a pool computes without end", async (t) => {
    await t.task("tea", async () => {
      const threads = pool({ size: 1 });
      const loop = () => {
        for (;;);
      };
      await threads.run(loop);
    });
  }, {
    options: { timeoutMs: 1000 },
    must: [/worker 1 has not finished job loop; tea awaits a promise/],
    never: [/deadlock/i],
  }),
  traced("a task waits for what the program has named", async (t) => {
    await t.task("tea", () => t.wait("the kettle", new Promise(() => {})));
  }, {
    options: UNFINISHED,
    must: [/stuck when.*tea waits for the kettle/i],
  }),
  traced(
    "a writer waits until no reader reads, and new ones come",
    async (t) => {
      const mutex = new Mutex({ name: "readers" });
      const quiet = new Condition(mutex, { name: "no reader" });
      let reading = 0;
      let isOver = false;
      const read = async (lane: string) => {
        while (!isOver) {
          {
            using _guard = await mutex.lock({ lane });
            reading++;
          }
          await nap(8);
          {
            using _guard = await mutex.lock({ lane });
            reading--;
            if (reading === 0) quiet.notify();
          }
        }
      };
      const readers = ["reader 1", "reader 2", "reader 3"].map((name, i) =>
        t.task(name, async () => {
          await nap(3 * i);
          await read(name);
        })
      );
      await Promise.all([
        ...readers,
        t.task("writer", async () => {
          await nap(15);
          using guard = await mutex.lock({ lane: "writer" });
          const endMs = performance.now() + 250;
          while (reading > 0 && performance.now() < endMs) {
            await quiet.wait(guard, { lane: "writer", timeoutMs: 250 })
              .catch(() => {});
          }
          isOver = true;
        }),
      ]);
    },
    {
      must: [/starved: writer waited .* at condition no reader/i],
      never: [/deadlock/i, STUCK],
    },
  ),
  traced("a writer waits in the queue of a RwLock", async (t) => {
    const lock = new RwLock({ name: "page" });
    const readers = ["reader 1", "reader 2", "reader 3"].map((name) =>
      t.task(name, async () => {
        for (let turn = 0; turn < 8; turn++) {
          using _guard = await lock.read({ lane: name });
          await nap(8);
        }
      })
    );
    await Promise.all([
      ...readers,
      t.task("writer", async () => {
        await nap(10);
        using _guard = await lock.write({ lane: "writer" });
      }),
    ]);
  }, { never: [/starved/i, /deadlock/i] }),
  traced("four threads compute under one lock, in turns", () => convoy(4, 5), {
    must: [/convoy at lock results/i],
    never: [/starved/i, /deadlock/i, LIMITED],
  }),
  traced("two threads meet at a lock now and then", async () => {
    const mutex = new Mutex({ name: "results" });
    await using crew = pool({ size: 2 });
    await crew.ready();
    const work = (mutex: Mutex) => {
      for (let turn = 0; turn < 5; turn++) {
        const endMs = performance.now() + 20;
        while (performance.now() < endMs);
        mutex.lockSync().unlock();
      }
    };
    await Promise.all([crew.run(work, [mutex]), crew.run(work, [mutex])]);
  }, { never: [/convoy/i, /starved/i, LIMITED] }),
  traced("a task locks what it holds already", async (t) => {
    const mutex = new Mutex({ name: "own" });
    await t.task("ann", async () => {
      using _one = await mutex.lock({ lane: "ann" });
      using _two = await mutex.lock({ lane: "ann" });
    });
  }, {
    options: UNFINISHED,
    must: [/deadlock with itself: ann|ann waits for lock own held by ann/i],
    never: [/lost wake-up/i, LIMITED],
  }),
  traced("a time limit ends a deadlock", async (t) => {
    const [left, right] = ["left", "right"].map((name) =>
      new Mutex({ name })
    ) as [Mutex, Mutex];
    const take = (name: string, first: Mutex, second: Mutex, ms: number) =>
      t.task(name, async () => {
        using _first = await first.lock({ lane: name });
        await nap(10);
        const options = { lane: name, timeoutMs: ms };
        const guard = await second.lock(options).catch(() => null);
        guard?.unlock();
      });
    await Promise.all([
      take("ann", left, right, 120),
      take("bob", right, left, 5000),
    ]);
  }, { must: [/deadlock for/i], never: [STUCK, /can never go on/i] }),
];
