import assert from "node:assert/strict";
import {
  chooseCalls,
  findClockStep,
  isEnough,
  isTooShort,
  isWarm,
  relativeHalfWidth,
} from "./probe.ts";

const RULE = { samples: null, precision: 0.01, budgetMs: 2000 };

Deno.test("isWarm() waits until two medians of five agree within 2 %", () => {
  check([10, 10, 10, 10, 10, 10, 10, 10, 10], false);
  check([10, 10, 10, 10, 10, 10, 10, 10, 10, 10], true);
  check([90, 10, 10, 10, 10, 10.1, 10.1, 10.1, 10.1, 70], true);
  check([11, 11, 11, 11, 11, 10, 10, 10, 10, 10], false);

  function check(timesMs: readonly number[], expected: boolean) {
    assert.equal(isWarm(timesMs), expected, String(timesMs));
  }
});

Deno.test("chooseCalls() makes a sample of two thousand steps", () => {
  assert.equal(chooseCalls(1, 0.001), 1);
  assert.equal(chooseCalls(0.5, 0.001), 4);
  assert.equal(chooseCalls(0.0003, 0.0001), 667);
  assert.equal(chooseCalls(0, 0.001), 10_000_000);
});

Deno.test("isTooShort() refuses what is below a thousand steps", () => {
  assert.equal(isTooShort(0.999, 0.001), true);
  assert.equal(isTooShort(1, 0.001), false);
});

Deno.test("relativeHalfWidth() is that of the interval of order statistics", () => {
  // Of 1 … 100 the ranks are 50 ± 9.8: samples 41 and 60, the median is 50.5.
  const samples = Array.from({ length: 100 }, (_, index) => index + 1);
  assert.equal(relativeHalfWidth(samples), (60 - 41) / 2 / 50.5);
  assert.equal(relativeHalfWidth([1, 1, 1, 1, 1]), Infinity);
});

Deno.test("isEnough() asks for 30 calm samples, or for the time to be over", () => {
  const calm = Array<number>(30).fill(7);
  const wild = calm.map((ms, index) => ms + index % 7);
  check([calm], 300, true);
  check([calm.slice(1)], 300, false);
  check([calm], 100, false);
  check([wild], 300, false);
  check([calm, wild], 300, false);
  check([wild], 2000, true);
  check([[7, 8, 9, 10]], 2500, false);
  check([[7, 8, 9, 10, 11]], 2500, true);
  check([Array(500).fill(0).map((_, i) => 1 + i % 9)], 300, true);

  function check(
    samplesMs: readonly number[][],
    elapsedMs: number,
    expected: boolean,
  ) {
    assert.equal(isEnough(samplesMs, elapsedMs, RULE), expected);
  }
});

Deno.test("isEnough() takes exactly the samples asked for", () => {
  const rule = { ...RULE, samples: 3 };
  assert.equal(isEnough([[1, 2]], 9000, rule), false);
  assert.equal(isEnough([[1, 2, 3], [1, 2]], 9000, rule), false);
  assert.equal(isEnough([[1, 2, 3], [1, 2, 9]], 0, rule), true);
});

Deno.test("findClockStep() refuses a clock that stands still", () => {
  assert.throws(() => findClockStep({ now: () => 5 }), {
    name: "RangeError",
    message:
      "Cannot find step of clock: it did not move in 300000 readings, expected a clock that runs",
  });
});
