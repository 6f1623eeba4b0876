import assert from "node:assert/strict";
import { findModes } from "./modes.ts";
import { createRandom } from "./random.ts";
import { findShift } from "./shift.ts";

function check(samples: readonly number[], expected: number | null): void {
  assert.equal(findShift(samples)?.at ?? null, expected);
}

/** So many samples around a middle, scattered by a twentieth of it at most. */
function around(middle: number, count: number, seed: number): number[] {
  const random = createRandom(seed);
  return Array.from(
    { length: count },
    () => middle * (1 + 0.05 * (random() - 0.5)),
  );
}

Deno.test("findShift() finds where samples changed for good", () => {
  check([...around(20, 12, 1), ...around(10, 40, 2)], 12);
  check([...around(10, 30, 1), ...around(12, 10, 2)], 30);
  // A few from others do not hide it.
  const disturbed = [...around(20, 20, 1), ...around(10, 40, 2)];
  disturbed[30] = 50;
  check(disturbed, 20);
});

Deno.test("findShift() finds the last of several steps", () => {
  const steps = (...steps: readonly (readonly [number, number])[]) =>
    steps.flatMap(([middle, count], seed) => around(middle, count, seed + 1));
  check(steps([20, 30], [14, 30], [10, 40]), 60);
  check(steps([40, 15], [14, 45], [10, 40]), 60);
  check(steps([40, 20], [25, 20], [16, 20], [10, 40]), 60);
  check(steps([10, 30], [15, 30], [25, 40]), 60);
  // What comes back is no second step.
  check(steps([20, 35], [10, 30], [20, 35]), null);
});

Deno.test("what came before a late compile is no mode, few samples or many", () => {
  for (const before of [6, 8, 10, 12, 50]) {
    const samples = [...around(20, before, 1), ...around(10, 100 - before, 2)];
    // Outliers beside are as slow.
    for (const at of [95, 97, 99]) samples[at] = 19;
    check(samples, before);
    assert.equal(findModes(samples.slice(before)).modes.length, 1);
  }
});

Deno.test("findShift() finds none in one crowd, two modes, a trend of one sample, or few", () => {
  for (let seed = 1; seed <= 50; seed++) check(around(10, 60, seed), null);
  const random = createRandom(7);
  const modes = Array.from({ length: 80 }, () => random() < 0.5 ? 10 : 20);
  check(modes, null);
  check([100, ...around(10, 40, 3)], null);
  check([...around(10, 43, 3), ...around(11, 4, 4)], null);
  check([...around(20, 6, 1), ...around(10, 6, 2)], null);
});
