import assert from "node:assert/strict";
import { pool } from "./pool.ts";
import { createFlag, untilSet } from "./test_threads.ts";

Deno.test("map() gives results in the order of any kind of inputs", async () => {
  await using threads = pool({ size: 2, maxQueue: 3 });
  const add = (a: number, b = 1) => a + b;
  assert.deepEqual(await threads.map(add, [1, [2, 3], 4]), [2, 5, 5]);
  async function* count() {
    for (let n = 0; n < 50; n++) yield n;
  }
  const expected = Array.from({ length: 50 }, (_, n) => n + 1);
  assert.deepEqual(await threads.map(add, count()), expected);
  assert.deepEqual(await threads.map(add, new Set<number>()), []);
});

Deno.test("map() takes no more inputs than there is room for", async () => {
  await using threads = pool({ size: 1, maxQueue: 3 });
  const flag = createFlag();
  let taken = 0;
  function* inputs() {
    for (; taken < 100; taken++) yield [flag] as [Int32Array];
  }
  const wait = (flag: Int32Array) => void Atomics.wait(flag, 0, 0);
  const mapped = threads.map(wait, inputs());
  await threads.ready();
  assert.ok(taken < 6, `took ${taken}`);
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
  assert.equal((await mapped).length, 100);
});

Deno.test("map() ends the others when one fails", async () => {
  await using threads = pool({ size: 2 });
  const work = (flag: Int32Array, fails: boolean) => {
    if (fails) {
      while (Atomics.load(flag, 0) === 0);
      throw new RangeError("first");
    }
    Atomics.store(flag, 0, 1);
    for (;;);
  };
  const flag = createFlag();
  const inputs: [Int32Array, boolean][] = [[flag, false], [flag, true], [
    flag,
    false,
  ]];
  await assert.rejects(threads.map(work, inputs), { message: "first" });
  await threads.idle();
  assert.equal(await threads.run(() => 1), 1);
});

Deno.test("map() ends with the signal, and with inputs that throw", async () => {
  await using threads = pool({ size: 1 });
  const controller = new AbortController();
  const flag = createFlag();
  const spin = (flag: Int32Array) => {
    Atomics.store(flag, 0, 1);
    for (;;);
  };
  const { signal } = controller;
  const mapped = threads.map(spin, [[flag], [flag]], { signal });
  const ended = assert.rejects(mapped, { message: "enough" });
  await untilSet(flag);
  controller.abort(new Error("enough"));
  await ended;
  function* broken() {
    yield 1;
    throw new Error("broken");
  }
  await assert.rejects(threads.map((n: number) => n, broken()), {
    message: "broken",
  });
});
