import assert from "node:assert/strict";
import { type Task, task } from "./task.ts";

Deno.test("task() runs the shipped text, not the function it was given", async () => {
  const double = task((n: number) => n * 2);
  assert.equal(await double.run(21), 42);
  assert.equal(double.name, "anonymous");
  assert.match(double.source, /^export default/);
});

Deno.test("task() lets functions call themselves by name, however they were written", async () => {
  function declared(n: number): number {
    return n < 2 ? 1 : n * declared(n - 1);
  }
  const arrow = (n: number): number => n < 2 ? 1 : n * arrow(n - 1);
  assert.equal(await task(declared).run(5), 120);
  assert.equal(await task(arrow).run(5), 120);
  // A function of a notebook cell: its text has no name, but it has.
  const cell = new Function(
    "return function (n) { return n < 2 ? 1 : n * factorial(n - 1); }",
  )();
  Object.defineProperty(cell, "name", { value: "factorial" });
  assert.equal(await (task(cell) as Task<[number], number>).run(5), 120);
});

Deno.test("task() runs methods and functions whose name is no variable", async () => {
  const odd = {
    "two words"(n: number) {
      return n + 1;
    },
    async default(n: number) {
      return await n;
    },
  };
  assert.equal(await task(odd["two words"]).run(1), 2);
  assert.equal(await task(odd.default).run(3), 3);
});

Deno.test("task() keeps the value of every kind of await", async () => {
  const awaits = task(async (n: number) => {
    const values: number[] = [
      await n,
      await (n + 1),
      (await Promise.resolve([n + 2]))[0] as number,
    ];
    async function* count() {
      yield await (n++, n + 2);
      yield n + 3;
    }
    for await (const value of count()) values.push(value);
    for await (const value of (n++, [Promise.resolve(n + 3)])) {
      values.push(value);
    }
    try {
      await Promise.reject(new RangeError("no"));
    } catch (error) {
      values.push(error instanceof RangeError ? n + 4 : -1);
    }
    return values;
  });
  assert.deepEqual(await awaits.run(1), [1, 2, 3, 4, 5, 6, 7]);
});

Deno.test("task() lets a loop that ends early close its iterator", async () => {
  const early = task(async () => {
    let closed = false;
    async function* numbers() {
      try {
        for (let n = 0;; n++) yield n;
      } finally {
        closed = true;
      }
    }
    for await (const n of numbers()) if (n === 2) break;
    return closed;
  });
  assert.equal(await early.run(), true);
});

Deno.test("task() passes on what the function throws", async () => {
  const failing = task(() => {
    throw new RangeError("no");
  });
  await assert.rejects(failing.run(), { name: "RangeError", message: "no" });
});

Deno.test("task() refuses a captured variable before anything runs", () => {
  const limit = 3;
  assert.throws(
    () => task((n: number) => n < limit),
    /it uses "limit" from outside \(line 1: /,
  );
});
