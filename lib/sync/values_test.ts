import assert from "node:assert/strict";
import { isThreadName, laneName, setLaneName } from "./memory/lane_name.ts";
import { Mutex } from "./locks/mutex.ts";
import { snapshotLocks } from "./memory/registry.ts";
import { reviveShared } from "./revive.ts";
import { toShared } from "./share.ts";
import {
  SharedArray,
  sharedArray,
  type SharedArrayType,
} from "./shared_array.ts";
import { SharedCounter } from "./shared_counter.ts";
import { runThreads, turn } from "./test_threads.ts";

Deno.test("SharedCounter loses no count between threads", async () => {
  const counter = new SharedCounter({ value: 5 });
  await runThreads(3, (_sync, counter: SharedCounter) => {
    for (let i = 0; i < 20_000; i++) counter.add();
  }, [counter]);
  assert.equal(counter.value, 60_005);
});

Deno.test("SharedCounter counts in integers", () => {
  const counter = new SharedCounter();
  assert.equal(counter.add(-3), -3);
  assert.equal(counter.replace(-3, 2 ** 40), true);
  assert.equal(counter.replace(-3, 1), false);
  assert.equal(counter.value, 2 ** 40);
  assert.throws(() => counter.add(0.5), RangeError);
  assert.throws(() => new SharedCounter({ value: NaN }), RangeError);
});

Deno.test("SharedArray adds without loss, integers and fractions", async () => {
  const types: SharedArrayType[] = ["int32", "float64", "float32", "uint16"];
  const arrays = types.map((type) => sharedArray(type, 2));
  await runThreads(2, (_sync, ...arrays: SharedArray[]) => {
    for (let i = 0; i < 10_000; i++) {
      for (const array of arrays) array.add(1, 1);
    }
  }, arrays);
  for (const array of arrays) assert.deepEqual([...array.view], [0, 20_000]);
});

Deno.test("SharedArray cuts numbers to what its type holds", () => {
  const bytes = sharedArray("uint8", 1);
  bytes.set(0, 300);
  assert.equal(bytes.get(0), 44);
  assert.equal(bytes.add(0, 250), 38);
  const single = sharedArray("float32", 1);
  assert.equal(single.add(0, 0.1), Math.fround(0.1));
  assert.throws(() => bytes.get(1), RangeError);
  assert.throws(() => sharedArray("int32", 0), RangeError);
  assert.throws(() => sharedArray("int99" as SharedArrayType, 1), RangeError);
});

Deno.test("reviveShared() gives what uses the same memory", () => {
  const made = { counter: new SharedCounter(), list: [sharedArray("int8", 1)] };
  const { counter, list } = reviveShared(
    structuredClone(toShared(made)),
  ) as typeof made;
  counter.add(3);
  list[0]?.set(0, 4);
  assert.equal(made.counter.value, 3);
  assert.ok(list[0] instanceof SharedArray);
  assert.equal(made.list[0]?.get(0), 4);
  assert.throws(
    () => reviveShared({ skeinShared: "Spoon", fields: {} }),
    /Cannot revive "Spoon"/,
  );
});

Deno.test("snapshotLocks() lists one memory once, however often it came", async () => {
  const mutex = new Mutex({ name: "once" });
  const again = reviveShared(toShared(mutex)) as Mutex;
  using _guard = await again.lock();
  assert.equal(mutex.isLocked, true);
  assert.equal(
    snapshotLocks().filter(({ lock }) => lock === "lock once").length,
    1,
  );
});

Deno.test("snapshotLocks() forgets what nobody refers to", async () => {
  const { setFlagsFromString } = await import("node:v8");
  const { runInNewContext } = await import("node:vm");
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  (() => new Mutex({ name: "forgotten" }))();
  const isKnown = () =>
    snapshotLocks().some(({ lock }) => lock === "lock forgotten");
  for (let round = 0; round < 50 && isKnown(); round++) {
    // A weak reference that was looked at lives until the turn ends.
    await turn();
    collect();
  }
  assert.equal(isKnown(), false);
});

Deno.test("many lanes can use one lock, one after the other and at once", async () => {
  const mutex = new Mutex();
  const names = Array.from({ length: 300 }, (_, index) => `visitor ${index}`);
  for (const lane of names) {
    using _guard = await mutex.lock({ lane });
    const found = snapshotLocks().find(({ lock }) =>
      lock === `lock ${mutex.name}`
    );
    assert.deepEqual(found?.holders, [lane]);
  }
  const held = await mutex.lock({ lane: "first" });
  const all = Promise.all(names.map(async (lane) => {
    using _guard = await mutex.lock({ lane });
  }));
  const found = snapshotLocks().find(({ lock }) =>
    lock === `lock ${mutex.name}`
  );
  assert.deepEqual(found?.holders, ["first"]);
  // There is room for 63 names at once; the others share one.
  assert.deepEqual(found.waiters.slice(0, 62), names.slice(0, 62));
  assert.deepEqual(
    new Set(found.waiters.slice(62)),
    new Set(["worker (others)"]),
  );
  held.unlock();
  await all;
  assert.equal(mutex.isLocked, false);
});

Deno.test("setLaneName() decides under what name this thread waits", async () => {
  assert.equal(laneName(), "main");
  const [name] = await runThreads(1, (sync) => sync.laneName(), []);
  assert.equal(name, "worker 1");
  assert.throws(() => setLaneName(""), RangeError);
  assert.deepEqual(["main", "worker 2", "Plato"].map(isThreadName), [
    true,
    true,
    false,
  ]);
});
