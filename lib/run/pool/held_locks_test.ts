// Locks of threads that end, however they end: the next one gets them, and is told.
import assert from "node:assert/strict";
import { Mutex, snapshotLocks } from "../../sync/mod.ts";
import type { RunOptions } from "./job.ts";
import { type Pool, pool } from "./pool.ts";
import { createFlag, until, untilSet } from "./test_threads.ts";

interface Ending {
  /** Takes the lock, says so, and then does what ends its thread. */
  readonly keep: (mutex: Mutex, isHeld: Int32Array) => Promise<void>;
  /** How it runs. */
  readonly options?: RunOptions;
  /** What ends it from outside, once it holds the lock. */
  readonly end?: (threads: Pool) => void;
  /** What its promise rejects with. */
  readonly error: RegExp;
}

const controller = new AbortController();
const spin = async (mutex: Mutex, isHeld: Int32Array) => {
  await mutex.lock();
  Atomics.store(isHeld, 0, 1);
  for (;;);
};
const ENDINGS: Readonly<Record<string, Ending>> = {
  "a signal": {
    keep: spin,
    options: { signal: controller.signal },
    end: () => controller.abort(new Error("enough")),
    error: /^enough$/,
  },
  "a timeout": {
    keep: spin,
    options: { timeoutMs: 2000 },
    error: /still running after 2000 ms/,
  },
  "an error beside its promise": {
    keep: async (mutex, isHeld) => {
      await mutex.lock();
      Atomics.store(isHeld, 0, 1);
      setTimeout(() => {
        throw new RangeError("beside");
      });
      await new Promise(() => {});
    },
    error: /it threw where nothing awaits it: beside/,
  },
  "Deno.exit()": {
    keep: async (mutex, isHeld) => {
      await mutex.lock();
      Atomics.store(isHeld, 0, 1);
      Deno.exit(4);
    },
    error: /it ended its thread with code 4/,
  },
  "full memory": {
    keep: async (mutex, isHeld) => {
      await mutex.lock();
      Atomics.store(isHeld, 0, 1);
      const kept: unknown[] = [];
      for (;;) kept.push(new Array(10_000).fill({ n: kept.length }));
    },
    error: /its thread ran out of memory/,
  },
  "disposal of its pool": {
    keep: spin,
    end: (threads) => threads[Symbol.dispose](),
    error: /was disposed of/,
  },
};

for (const [what, { keep, options, end, error }] of Object.entries(ENDINGS)) {
  Deno.test(`a lock whose thread is ended by ${what} goes to who waits, who is told`, async () => {
    await using threads = pool({ size: 1, memoryMb: 64 });
    await using others = pool({ size: 1 });
    const mutex = new Mutex({ name: `held until ${what}` });
    const [isHeld, waits] = [createFlag(), createFlag()];
    const wait = (mutex: Mutex, waits: Int32Array) => {
      Atomics.store(waits, 0, 1);
      using guard = mutex.lockSync();
      return guard.abandoned;
    };
    const kept = threads.run(keep, [mutex, isHeld], options);
    const ended = assert.rejects(kept, { message: error });
    await untilSet(isHeld);
    const deadline = { timeoutMs: 20_000 };
    const isTold = others.run(wait, [mutex, waits], deadline);
    await untilSet(waits);
    end?.(threads);
    await ended;
    assert.ok(await isTold);
    using guard = await mutex.lock({ signal: AbortSignal.timeout(10_000) });
    assert.ok(!guard.abandoned);
  });
}

Deno.test("locks call a pool's threads by the names of their lanes", async () => {
  await using threads = pool({ size: 2 });
  const mutex = new Mutex({ name: "named" });
  const [isHeld, gate] = [createFlag(), createFlag()];
  const hold = (mutex: Mutex, isHeld: Int32Array, gate: Int32Array) => {
    using _guard = mutex.lockSync();
    Atomics.store(isHeld, 0, 1);
    Atomics.wait(gate, 0, 0);
  };
  const jobs = [1, 2].map(() => threads.run(hold, [mutex, isHeld, gate]));
  const look = () =>
    snapshotLocks().find(({ lock }) => lock === "lock named") ??
      assert.fail("it is not known");
  await until(() => look().waiters.length === 1, "the second waits");
  const { holders, waiters } = look();
  for (const lane of [...holders, ...waiters]) {
    assert.match(lane, /^worker \d+$/);
  }
  assert.equal(new Set([...holders, ...waiters]).size, 2);
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
  await Promise.all(jobs);
  assert.deepEqual([look().holders, look().waiters], [[], []]);
});
