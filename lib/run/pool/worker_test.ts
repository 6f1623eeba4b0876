import assert from "node:assert/strict";
import {
  countRunning,
  createFlag,
  untilRunning,
  untilSet,
} from "./test_threads.ts";
import { worker } from "./worker.ts";

Deno.test("worker() answers calls in their order, on one thread", async () => {
  const before = countRunning();
  {
    await using add = worker((a: number, b: number) => a + b);
    await add.ready();
    assert.deepEqual(
      await Promise.all([add(1, 2), add(3, 4), add.run([5, 6])]),
      [
        3,
        7,
        11,
      ],
    );
    const first = await add.runReported([1, 1]);
    const second = await add.runReported([1, 1]);
    assert.equal(first.thread, second.thread);
  }
  await untilRunning(before);
});

Deno.test("worker() ends a call that takes too long, and serves the next", async () => {
  await using spin = worker((forever: boolean) => {
    while (forever);
    return 1;
  });
  await assert.rejects(spin.run([true], { timeoutMs: 20 }), {
    name: "TimeoutError",
  });
  assert.equal(await spin(false), 1);
});

Deno.test("worker() ends with its signal, idle or not, and says why", async () => {
  const before = countRunning();
  const controller = new AbortController();
  const { signal } = controller;
  await using spin = worker((flag: Int32Array) => {
    Atomics.store(flag, 0, 1);
    for (;;);
  }, { signal });
  await using idle = worker(() => 1, { signal });
  await idle();
  const flag = createFlag();
  const ended = assert.rejects(spin(flag), { message: "enough" });
  await untilSet(flag);
  controller.abort(new Error("enough"));
  await ended;
  await assert.rejects(spin(flag), { message: "enough" });
  await assert.rejects(idle(), { message: "enough" });
  assert.throws(() => worker(() => 1, { signal }), { message: "enough" });
  await untilRunning(before);
});
