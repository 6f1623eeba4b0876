import assert from "node:assert/strict";
import { pool } from "./pool.ts";
import { process } from "./process.ts";
import type { RemoteFunction } from "./remote_function.ts";
import { type JobTiming, toTiming } from "./timing.ts";
import { worker } from "./worker.ts";

Deno.test("toTiming() gives each stretch of time to one part", () => {
  const timing = toTiming({
    from: "main",
    queuedMs: 0,
    takenMs: 1,
    sentMs: 3,
    readyMs: 5,
    heardMs: 7,
    readMs: 15,
    loadedMs: 23,
    startMs: 31,
    endMs: 60,
    writingMs: 63,
    writtenMs: 127,
    heardBackMs: 255,
    readBackMs: 511,
    running: null,
    cpu: null,
  });
  assert.deepEqual(timing, {
    queueMs: 1 + 2 + 16,
    serialiseMs: 2 + 64,
    wakeMs: 2 + 128,
    runMs: 32,
    deserialiseMs: 8 + 256,
    totalMs: 511,
  });
  const { totalMs, ...parts } = timing;
  const sum = Object.values(parts).reduce((sum, ms) => sum + ms);
  assert.equal(sum, totalMs);
});

function checkSum(timing: JobTiming): void {
  const { totalMs, ...parts } = timing;
  const sum = Object.values(parts).reduce((sum, ms) => sum + ms);
  // Sums of numbers that cannot be written exactly.
  assert.ok(Math.abs(sum - totalMs) < 1e-6, JSON.stringify(timing));
}

Deno.test("the parts of each job of a pool add up to its total", async () => {
  await using threads = pool({ size: 2 });
  const work = async (values: number[], isSlow: boolean) => {
    if (isSlow) await new Promise((resolve) => setTimeout(resolve, 5));
    return values.map((value) => value + 1);
  };
  const values = Array.from({ length: 10_000 }, (_, n) => n);
  // The first ones wait for threads to start, the others for those.
  const reports = await Promise.all(
    Array.from(
      { length: 12 },
      (_, n) => threads.runReported(work, [values, n % 2 === 0]),
    ),
  );
  for (const { timing } of reports) {
    checkSum(timing);
    assert.ok(timing.serialiseMs > 0 && timing.deserialiseMs > 0);
  }
});

for (const [what, start] of Object.entries({ worker, process })) {
  Deno.test(`the parts of each call of ${what}() add up to its total`, async () => {
    const add = (a: number, b: number) => a + b;
    await using remote: RemoteFunction<[number, number], number> = start(add);
    const calls = [1, 2, 3].map((n) => remote.runReported([n, n]));
    for (const { timing } of await Promise.all(calls)) checkSum(timing);
    const startMs = performance.now();
    const { timing } = await remote.runReported([1, 2]);
    assert.ok(timing.totalMs <= performance.now() - startMs);
  });
}
