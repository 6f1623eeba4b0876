/**
 * What sharing costs: locks, counters and channels beside what the platform
 * has, in rounds that take turns.
 *
 * Prints, never asserts; see `main.ts`.
 * @module
 */
import {
  Channel,
  Mutex,
  RwLock,
  Semaphore,
  sharedArray,
  SharedCounter,
} from "../lib/sync/mod.ts";
import { summarize } from "./report.ts";
import { Threads } from "./sync_threads.ts";

const ROUNDS = 7;

/** Deno has them since 2.9; its types do not yet. */
const webLocks = (navigator as unknown as {
  readonly locks: {
    request(name: string, fn: () => Promise<void> | void): Promise<void>;
  };
}).locks;

/** Something whose cost for each time is measured. */
interface Case {
  readonly name: string;
  /** How often it is done in one round. */
  readonly times: number;
  /** Does it so often; milliseconds it took, if not the whole call counts. */
  readonly run: (times: number) => Promise<number | void> | void;
}

/** Measures and prints what one lock, count or value costs. */
export async function measureSync(): Promise<void> {
  using threads = new Threads();
  const cases = [
    ...aloneCases(),
    ...contendedCases(threads),
    ...channelCases(threads),
  ];
  const samples = cases.map((): number[] => []);
  for (let round = -1; round < ROUNDS; round++) {
    for (const [index, { run, times }] of cases.entries()) {
      const startMs = performance.now();
      const ownMs = await run(times);
      const ms = ownMs ?? performance.now() - startMs;
      // The first round warms up.
      if (round >= 0) samples[index]?.push(1000 * ms / times);
    }
  }
  for (const [index, { name, times }] of cases.entries()) {
    const { median, min, p95 } = summarize(samples[index]!);
    const rate = Math.round(1e6 / median).toLocaleString("en");
    // deno-lint-ignore no-console -- Printing is what this file is for.
    console.log(
      `${name.padEnd(62)} ${median.toFixed(3).padStart(9)} µs each ` +
        `(${min.toFixed(3)} to ${
          p95.toFixed(3)
        }), ${rate} a second, ${times} times, n = ${ROUNDS}`,
    );
  }
}

function aloneCases(): Case[] {
  const mutex = new Mutex();
  const rwLock = new RwLock();
  const semaphore = new Semaphore(2);
  const counter = new SharedCounter();
  const floats = sharedArray("float64", 1);
  let chain: Promise<void> = Promise.resolve();
  return [
    {
      name: "promise chain, alone: take, give back",
      times: 20_000,
      async run(times) {
        for (let i = 0; i < times; i++) {
          const before = chain;
          const { promise, resolve } = Promise.withResolvers<void>();
          chain = promise;
          await before;
          resolve();
        }
      },
    },
    {
      name: "navigator.locks, alone: request, give back",
      times: 2000,
      async run(times) {
        for (let i = 0; i < times; i++) {
          await webLocks.request("bench", () => {});
        }
      },
    },
    {
      name: "Mutex, alone: await lock(), unlock()",
      times: 20_000,
      async run(times) {
        for (let i = 0; i < times; i++) (await mutex.lock()).unlock();
      },
    },
    {
      name: "Mutex, alone: tryLock(), unlock()",
      times: 20_000,
      run(times) {
        for (let i = 0; i < times; i++) mutex.tryLock()?.unlock();
      },
    },
    {
      name: "RwLock, alone: await read(), unlock()",
      times: 20_000,
      async run(times) {
        for (let i = 0; i < times; i++) (await rwLock.read()).unlock();
      },
    },
    {
      name: "Semaphore, alone: await acquire(), unlock()",
      times: 20_000,
      async run(times) {
        for (let i = 0; i < times; i++) (await semaphore.acquire()).unlock();
      },
    },
    {
      name: "SharedCounter: add()",
      times: 100_000,
      run(times) {
        for (let i = 0; i < times; i++) counter.add();
      },
    },
    {
      name: "SharedArray of float64: add()",
      times: 100_000,
      run(times) {
        for (let i = 0; i < times; i++) floats.add(0, 0.5);
      },
    },
    {
      name: "new Mutex()",
      times: 500,
      run(times) {
        for (let i = 0; i < times; i++) new Mutex();
      },
    },
  ];
}

function contendedCases(threads: Threads): Case[] {
  const contend = async (take: () => Promise<() => void>, times: number) => {
    await Promise.all(Array.from({ length: 10 }, async () => {
      for (let i = 0; i < times / 10; i++) {
        const giveBack = await take();
        await null;
        giveBack();
      }
    }));
  };
  const mutex = new Mutex();
  let chain: Promise<void> = Promise.resolve();
  return [
    {
      name: "promise chain, 10 tasks of one thread",
      times: 5000,
      run: (times) =>
        contend(async () => {
          const before = chain;
          const { promise, resolve } = Promise.withResolvers<void>();
          chain = promise;
          await before;
          return resolve;
        }, times),
    },
    {
      name: "navigator.locks, 10 tasks of one thread",
      times: 1000,
      run: (times) =>
        contend(() =>
          new Promise((resolve) => {
            void webLocks.request(
              "bench",
              () => new Promise<void>((giveBack) => resolve(giveBack)),
            );
          }), times),
    },
    {
      name: "Mutex, 10 tasks of one thread",
      times: 5000,
      run: (times) =>
        contend(async () => {
          const guard = await mutex.lock();
          return () => guard.unlock();
        }, times),
    },
    {
      name: "Mutex in one Worker: lockSync(), unlock()",
      times: 20_000,
      run: (times) => threads.run(1, "lockSync", [new Mutex(), times]),
    },
    {
      name: "Mutex between 2 Workers: lockSync(), unlock()",
      times: 4000,
      run: (times) => threads.run(2, "lockSync", [new Mutex(), times / 2]),
    },
    {
      name: "Mutex between 2 Workers, 10 µs inside: lockSync(), unlock()",
      times: 1000,
      run: (times) => threads.run(2, "lockLong", [new Mutex(), times / 2]),
    },
    {
      name: "Mutex between 2 Workers: await lock(), unlock()",
      times: 2000,
      run: (times) => threads.run(2, "lock", [new Mutex(), times / 2]),
    },
    {
      name: "navigator.locks between 2 Workers",
      times: 1000,
      run: (times) => threads.run(2, "webLock", [times / 2]),
    },
  ];
}

function channelCases(threads: Threads): Case[] {
  const between = (
    name: string,
    times: number,
    value: unknown,
    capacity: number,
  ): Case => ({
    name,
    times,
    run: (times) => {
      const channel = new Channel<unknown>({ capacity, sizeBytes: 2 ** 23 });
      return threads.run(2, "transfer", [channel, value, times]);
    },
  });
  return [
    {
      name: "Channel, one thread: await send(), await receive()",
      times: 5000,
      async run(times) {
        const channel = new Channel<number>();
        for (let i = 0; i < times; i++) {
          await channel.send(i);
          await channel.receive();
        }
      },
    },
    between("Channel of 64 between 2 Workers, numbers", 20_000, 5, 64),
    between("Channel of 1 between 2 Workers, numbers", 2000, 5, 1),
    between(
      "Channel of 64 between 2 Workers, objects of 3 fields",
      10_000,
      { id: 1, name: "abc", ok: true },
      64,
    ),
    between(
      "Channel of 64 between 2 Workers, 100 kB",
      200,
      new Uint8Array(100_000),
      64,
    ),
  ];
}
