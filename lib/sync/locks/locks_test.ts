import assert from "node:assert/strict";
import { Barrier } from "./barrier.ts";
import { Condition } from "./condition.ts";
import { Mutex } from "./mutex.ts";
import { snapshotLocks } from "../memory/registry.ts";
import { RwLock } from "./rw_lock.ts";
import { Semaphore } from "./semaphore.ts";
import { type SharedArray, sharedArray } from "../shared_array.ts";
import { SharedCounter } from "../shared_counter.ts";
import { runThreads, startThread, turn, until } from "../test_threads.ts";

Deno.test("read() lets readers in together, write() lets nobody in beside", async () => {
  const lock = new RwLock();
  const inside = sharedArray("int32", 4);
  const all = new Barrier(3);
  const broken = await runThreads(
    3,
    (_sync, lock: RwLock, inside: SharedArray, all: Barrier) => {
      // All three read at once, or nobody comes through the barrier.
      {
        using _guard = lock.readSync();
        all.waitSync();
      }
      let broken = 0;
      for (let i = 0; i < 2000; i++) {
        if (i % 4 === 0) {
          using _guard = lock.writeSync();
          if (inside.add(0, 1) !== 1 || inside.get(1) !== 0) broken++;
          inside.add(0, -1);
        } else {
          using _guard = lock.readSync();
          inside.add(1, 1);
          if (inside.get(0) !== 0) broken++;
          inside.add(1, -1);
        }
      }
      return broken;
    },
    [lock, inside, all],
  );
  assert.deepEqual(broken, [0, 0, 0]);
});

Deno.test("read() waits behind a writer that came first; its abort lets readers on", async () => {
  const lock = new RwLock();
  const first = await lock.read();
  const controller = new AbortController();
  const writer = lock.write({ signal: controller.signal });
  const second = lock.read();
  assert.equal(lock.tryRead(), null);
  controller.abort();
  await assert.rejects(writer, { name: "AbortError" });
  (await second).unlock();
  first.unlock();
  assert.ok(lock.tryWrite()?.isHeld);
});

Deno.test("acquire() never gives out more permits than there are", async () => {
  const semaphore = new Semaphore(2);
  const inside = new SharedCounter();
  const most = await runThreads(
    4,
    (_sync, semaphore: Semaphore, inside: SharedCounter) => {
      let most = 0;
      for (let i = 0; i < 2000; i++) {
        using _permit = semaphore.acquireSync();
        most = Math.max(most, inside.add());
        inside.add(-1);
      }
      return most;
    },
    [semaphore, inside],
  );
  assert.ok(most.every((count) => count <= 2), String(most));
  assert.equal(semaphore.free, 2);
});

Deno.test("acquire() of many permits is not overtaken by requests for few", async () => {
  const semaphore = new Semaphore(3);
  const one = await semaphore.acquire();
  const order: string[] = [];
  const three = semaphore.acquire({ permits: 3 }).then((guard) => {
    order.push("three");
    guard.unlock();
  });
  const two = semaphore.acquire().then((guard) => {
    order.push("one");
    guard.unlock();
  });
  await turn();
  assert.deepEqual(order, []);
  one.unlock();
  await Promise.all([three, two]);
  assert.deepEqual(order, ["three", "one"]);
  await assert.rejects(semaphore.acquire({ permits: 4 }), RangeError);
});

Deno.test("Barrier opens once a generation, for all at once", async () => {
  const barrier = new Barrier(3);
  const rounds = sharedArray("int32", 3);
  const results = await runThreads(
    3,
    async (
      _sync,
      barrier: Barrier,
      rounds: SharedArray,
      seats: SharedCounter,
    ) => {
      const seat = seats.add() - 1;
      const orders: number[] = [];
      for (let round = 1; round <= 200; round++) {
        rounds.set(seat, round);
        const { order, generation } = round % 2
          ? barrier.waitSync()
          : await barrier.wait();
        orders.push(order);
        if (generation !== round - 1) throw new Error(`${generation}`);
        for (let i = 0; i < 3; i++) {
          if (rounds.get(i) < round) throw new Error(`${i} is behind`);
        }
      }
      return orders;
    },
    [barrier, rounds, new SharedCounter()],
  );
  for (let round = 0; round < 200; round++) {
    const orders = results.map((orders) => orders[round]);
    assert.deepEqual(orders.sort(), [0, 1, 2]);
  }
});

Deno.test("Barrier forgets who stops waiting", async () => {
  const barrier = new Barrier(2);
  await assert.rejects(barrier.wait({ timeoutMs: 1 }), {
    name: "TimeoutError",
  });
  let isOpen = false;
  const first = barrier.wait().then(() => isOpen = true);
  await turn();
  assert.equal(isOpen, false);
  assert.equal((await barrier.wait()).order, 1);
  await first;
});

Deno.test("Condition misses no notification between threads", async () => {
  const mutex = new Mutex();
  const changed = new Condition(mutex);
  const turnOf = sharedArray("int32", 1);
  await runThreads(
    2,
    async (
      _sync,
      changed: Condition,
      turnOf: SharedArray,
      seats: SharedCounter,
    ) => {
      const me = seats.add() - 1;
      for (let round = 0; round < 500; round++) {
        using guard = changed.mutex.lockSync();
        const isMine = () => turnOf.get(0) === me;
        if (round % 2) changed.waitUntilSync(guard, isMine);
        else await changed.waitUntil(guard, isMine);
        turnOf.set(0, 1 - me);
        changed.notify();
      }
    },
    [changed, turnOf, new SharedCounter()],
  );
  assert.equal(mutex.isLocked, false);
});

Deno.test("Condition holds the mutex again after an abort", async () => {
  const mutex = new Mutex();
  const changed = new Condition(mutex);
  {
    using guard = await mutex.lock();
    const waiting = changed.wait(guard, { signal: AbortSignal.timeout(1) });
    assert.equal(mutex.isLocked, false);
    const other = await mutex.lock();
    await until(() =>
      snapshotLocks().some(({ lock, waiters }) =>
        lock === `lock ${mutex.name}` && waiters.length === 1
      )
    );
    other.unlock();
    await assert.rejects(waiting, { name: "TimeoutError" });
    assert.equal(guard.isHeld, true);
    assert.equal(mutex.isLocked, true);
  }
  assert.equal(mutex.isLocked, false);
  assert.equal(changed.notifyAll(), 0);
});

Deno.test("Condition refuses a guard that does not hold its mutex", async () => {
  const mutex = new Mutex();
  const changed = new Condition(mutex);
  using foreign = await new Mutex().lock();
  await assert.rejects(
    changed.wait(foreign),
    /Cannot wait for "condition \d+"/,
  );
  const guard = await mutex.lock();
  guard.unlock();
  await assert.rejects(changed.wait(guard), /still held/);
});

Deno.test("notify() calls in the order of waiting, so many as asked", async () => {
  const mutex = new Mutex();
  const changed = new Condition(mutex);
  const woken: number[] = [];
  const tasks = [1, 2, 3].map(async (number) => {
    using guard = await mutex.lock();
    await changed.wait(guard);
    woken.push(number);
  });
  await until(() => !mutex.isLocked);
  assert.equal(changed.notify(2), 2);
  await Promise.all(tasks.slice(0, 2));
  assert.deepEqual(woken, [1, 2]);
  assert.equal(changed.notifyAll(), 1);
  await tasks[2];
});

Deno.test("locks work in Workers of node:worker_threads too", async () => {
  const { Worker } = await import("node:worker_threads");
  const { toShared } = await import("../share.ts");
  const mutex = new Mutex();
  const held = await mutex.lock();
  const worker = new Worker(
    `const { parentPort, workerData } = require("node:worker_threads");
    import("${import.meta.resolve("../mod.ts")}").then((sync) => {
      const mutex = sync.reviveShared(workerData);
      mutex.lockSync().unlock();
      parentPort.postMessage(sync.laneName());
    });`,
    { eval: true, workerData: toShared(mutex) },
  );
  try {
    const named = new Promise((resolve, reject) => {
      worker.on("message", resolve);
      worker.on("error", reject);
    });
    await until(() =>
      snapshotLocks().some(({ lock, waiters }) =>
        lock === `lock ${mutex.name}` && waiters.length === 1
      )
    );
    held.unlock();
    assert.match(String(await named), /^worker \d+$/);
  } finally {
    await worker.terminate();
  }
});

Deno.test("a Web Worker that was given no name has one of its own", async () => {
  using thread = startThread("x", (sync) => {
    const given = sync.laneName();
    return given;
  }, []);
  assert.equal(await thread.result, "x");
});
