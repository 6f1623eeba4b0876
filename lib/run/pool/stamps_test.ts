import {
  type JobTiming,
  mayBeLarge,
  moveStamps,
  type OwnStamps,
  type Stamps,
  toMoments,
  toTiming,
} from "./stamps.ts";
import { pool } from "./pool.ts";
import { process } from "./process.ts";
import type { RemoteFunction } from "./remote_function.ts";
import { worker } from "./worker.ts";
import assert from "node:assert/strict";

const CPU = { threadMs: 7, processMs: 7 };

const OWN: OwnStamps = {
  from: "main",
  takenMs: 10,
  sentMs: 20,
  readyMs: 1,
  writtenMs: null,
  knockMs: 90,
  readBackMs: 90,
};

function check(head: number[], own: Partial<OwnStamps>, expected: object) {
  const stamps: Stamps = {
    head: head as [number, number, number],
    writingMs: 60,
    jobs: [[40, 50, null, null]],
  };
  const [found] = toMoments(stamps, { ...OWN, ...own });
  const shown = Object.fromEntries(
    Object.keys(expected).map((key) => [key, (found as never)[key]]),
  );
  assert.deepEqual(shown, expected);
}

Deno.test("toMoments() counts reading from the knock, and never from before the writing's end", () => {
  check([25, 35, 36], {}, { heardMs: 25, readMs: 35, loadedMs: 36 });
  // It woke while the arguments were still being written.
  check([12, 35, 35], {}, { heardMs: 20, readMs: 35 });
  // The sender lost its core between writing and noting it: half of the time each.
  check([12, 18, 18], {}, { sentMs: 15, heardMs: 15, readMs: 18 });
  const came = { writtenMs: 95, knockMs: 70, readBackMs: 90 };
  check([25, 35, 36], came, { writtenMs: 80, heardBackMs: 80 });
});

Deno.test("toMoments() gives each job of a message its own moments", () => {
  const running: [number, number][] = [[50, 51], [53, 54]];
  const stamps: Stamps = {
    head: [25, 25, 25],
    writingMs: 60,
    jobs: [[40, 50, null, null], [50, 54, running, null]],
  };
  const found = toMoments(stamps, OWN);
  assert.deepEqual(
    found.map(({ startMs, endMs, running }) => [startMs, endMs, running]),
    [[40, 50, null], [50, 54, running]],
  );
  // Small results take no time to write.
  assert.deepEqual(found.map(({ writtenMs }) => writtenMs), [60, 60]);
});

Deno.test("moveStamps() moves moments, and leaves lengths", () => {
  const stamps: Stamps = {
    head: [1, 2, 3],
    writingMs: 9,
    jobs: [[4, 8, [[5, 6]], [0, 8, CPU, CPU]]],
  };
  assert.deepEqual(moveStamps(stamps, (ms) => ms + 100), {
    head: [101, 102, 103],
    writingMs: 109,
    jobs: [[104, 108, [[105, 106]], [100, 108, CPU, CPU]]],
  });
});

Deno.test("mayBeLarge() looks for what takes time to read", () => {
  const small = [1, "word", null, undefined, true, 10n];
  assert.ok(!mayBeLarge(small));
  for (const large of [[1], {}, "x".repeat(2000), new Uint8Array(1)]) {
    assert.ok(mayBeLarge([...small, large]));
  }
});

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
