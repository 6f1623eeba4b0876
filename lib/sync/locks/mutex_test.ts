import assert from "node:assert/strict";
import { Mutex } from "./mutex.ts";
import { releaseAllOf, snapshotLocks } from "../memory/registry.ts";
import { sharedArray } from "../shared_array.ts";
import { runThreads, startThread, turn, until } from "../test_threads.ts";

const waitersOf = (mutex: Mutex) =>
  snapshotLocks().find(({ lock }) => lock === `lock ${mutex.name}`)?.waiters ??
    [];

Deno.test("lockSync() and lock() lose no update between threads", async () => {
  const mutex = new Mutex();
  const cells = sharedArray("int32", 1);
  const threads = runThreads(
    3,
    async (_sync, mutex: Mutex, cells: { view: { 0: number } }) => {
      for (let i = 0; i < 5000; i++) {
        using _guard = mutex.lockSync();
        cells.view[0]++;
      }
      for (let i = 0; i < 1000; i++) {
        using _guard = await mutex.lock();
        cells.view[0]++;
      }
    },
    [mutex, cells as unknown as { view: { 0: number } }],
  );
  for (let i = 0; i < 1000; i++) {
    using _guard = await mutex.lock();
    cells.view[0]! += 1;
  }
  await threads;
  assert.equal(cells.get(0), 19_000);
  assert.equal(mutex.isLocked, false);
});

Deno.test("lock() hands over in the order of asking, whichever thread asks", async () => {
  const mutex = new Mutex({ name: "order" });
  const order = sharedArray("int32", 7);
  const held = await mutex.lock();
  using threads = new DisposableStack();
  const results: Promise<unknown>[] = [];
  for (let index = 1; index <= 6; index++) {
    if (index % 2 === 0) {
      results.push(
        mutex.lock().then((guard) => {
          order.set(order.add(0, 1), index);
          guard.unlock();
        }),
      );
    } else {
      const thread = startThread(
        `worker ${index}`,
        (
          _sync,
          mutex: Mutex,
          order: typeof import("../mod.ts").SharedArray.prototype,
          index: number,
        ) => {
          using _guard = mutex.lockSync();
          order.set(order.add(0, 1), index);
        },
        [mutex, order, index],
      );
      results.push(threads.use(thread).result);
    }
    await until(() => waitersOf(mutex).length === index);
  }
  assert.deepEqual(waitersOf(mutex), [
    "worker 1",
    "main",
    "worker 3",
    "main",
    "worker 5",
    "main",
  ]);
  held.unlock();
  await Promise.all(results);
  assert.deepEqual([...order.view].slice(1), [1, 2, 3, 4, 5, 6]);
});

Deno.test("lock() loses no turn in a storm of aborts", async () => {
  const mutex = new Mutex();
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const threads = runThreads(2, async (_sync, mutex: Mutex) => {
    for (let i = 0; i < 300; i++) {
      using _guard = await mutex.lock();
    }
    for (let i = 0; i < 300; i++) {
      using _guard = mutex.lockSync();
    }
  }, [mutex]);
  let inside = 0, most = 0, got = 0, aborted = 0;
  const tasks = Array.from({ length: 1000 }, async () => {
    const controller = new AbortController();
    const wait = mutex.lock({ signal: controller.signal });
    const turns = Math.floor(random() * 4);
    (async () => {
      for (let i = 0; i < turns; i++) await turn();
      controller.abort();
    })();
    try {
      using _guard = await wait;
      most = Math.max(most, ++inside);
      if (random() < 0.2) await turn();
      inside--;
      got++;
    } catch (error) {
      assert.equal((error as Error).name, "AbortError");
      aborted++;
    }
  });
  await Promise.all(tasks);
  await threads;
  assert.equal(got + aborted, 1000);
  assert.equal(most, 1);
  assert.ok(got > 0 && aborted > 0);
  assert.deepEqual([mutex.isLocked, waitersOf(mutex)], [false, []]);
  using guard = await mutex.lock({ timeoutMs: 10_000 });
  assert.equal(guard.abandoned, false);
});

Deno.test("lock() gives up after timeoutMs, and does not take the lock then", async () => {
  const mutex = new Mutex({ name: "busy" });
  const guard = await mutex.lock();
  await assert.rejects(mutex.lock({ timeoutMs: 1 }), {
    name: "TimeoutError",
    message:
      'Cannot lock "busy": still waiting after 1 ms (timeoutMs), main holds it',
  });
  await assert.rejects(mutex.lock({ timeoutMs: -1 }), RangeError);
  guard.unlock();
  assert.equal(mutex.isLocked, false);
  assert.throws(() => guard.unlock(), /Cannot unlock "busy"/);
});

Deno.test("lock() with an aborted signal never waits", async () => {
  const mutex = new Mutex();
  await assert.rejects(
    mutex.lock({ signal: AbortSignal.abort("no") }),
    (reason) => reason === "no",
  );
  assert.equal(mutex.isLocked, false);
});

Deno.test("lockSync() is refused on the main thread", () => {
  assert.throws(() => new Mutex({ name: "m" }).lockSync(), {
    name: "TypeError",
    message: /Cannot lock "m": this is the main thread/,
  });
});

Deno.test("lockSync() times out, and refuses to wait for its own thread", async () => {
  const mutex = new Mutex({ name: "own" });
  using _guard = await mutex.lock();
  const own = new Mutex({ name: "twice" });
  const [messages] = await runThreads(1, (_sync, mutex: Mutex, own: Mutex) => {
    const messages: string[] = [];
    const attempt = (mutex: Mutex) => {
      try {
        mutex.lockSync({ timeoutMs: 1 });
      } catch (error) {
        messages.push((error as Error).message);
      }
    };
    attempt(mutex);
    using _guard = own.lockSync();
    attempt(own);
    return messages;
  }, [mutex, own]);
  assert.deepEqual(messages, [
    'Cannot lock "own": still waiting after 1 ms (timeoutMs), main holds it',
    'Cannot lock "twice": a task of this thread holds it or waits for it, and could not go on ' +
    "while the thread is blocked, expected `await`",
  ]);
});

Deno.test("tryLock() takes a free lock only", async () => {
  const mutex = new Mutex();
  const guard = mutex.tryLock();
  assert.ok(guard?.isHeld);
  assert.equal(mutex.tryLock(), null);
  const waiting = mutex.lock();
  guard.unlock();
  assert.equal(mutex.tryLock(), null, "nobody overtakes who has waited");
  (await waiting).unlock();
  assert.ok(mutex.tryLock()?.isHeld);
});

Deno.test("lock() refuses more waiters than there is room for", async () => {
  const mutex = new Mutex({ maxWaiters: 2 });
  const guard = await mutex.lock();
  const waiting = mutex.lock();
  await assert.rejects(mutex.lock(), RangeError);
  guard.unlock();
  (await waiting).unlock();
  assert.throws(() => new Mutex({ maxWaiters: 0 }), RangeError);
});

Deno.test("releaseAllOf() frees what an ended thread holds and waits for", async () => {
  const mutex = new Mutex();
  const other = new Mutex();
  const held = await other.lock();
  await runThreads(1, async (_sync, mutex: Mutex, other: Mutex) => {
    await mutex.lock();
    void other.lock();
  }, [mutex, other]);
  const next = mutex.lock();
  assert.equal(releaseAllOf("worker 1"), 1);
  {
    using guard = await next;
    assert.equal(guard.abandoned, true);
  }
  using after = await mutex.lock();
  assert.equal(after.abandoned, false);
  held.unlock();
  assert.equal(other.isLocked, false);
});

Deno.test("breakLock() takes the lock from its holder", async () => {
  const mutex = new Mutex();
  const old = await mutex.lock();
  assert.equal(mutex.breakLock(), true);
  assert.equal(mutex.breakLock(), false);
  using guard = await mutex.lock();
  assert.equal(guard.abandoned, true);
  assert.equal(old.isHeld, false);
  assert.throws(() => old.unlock(), /Cannot unlock/);
  assert.equal(guard.isHeld, true);
});

Deno.test("lock() keeps the process alive until its turn", async () => {
  const script = `import { Mutex } from "${import.meta.resolve("../mod.ts")}";
    const mutex = new Mutex();
    const guard = await mutex.lock();
    setTimeout(() => guard.unlock(), 1);
    using next = await mutex.lock();
    console.log("mine");`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", script],
  }).output();
  assert.equal(new TextDecoder().decode(stdout), "mine\n");
});
