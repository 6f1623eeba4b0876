import assert from "node:assert/strict";
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

Deno.test("findShift() finds none in one crowd, two modes, a trend of one sample, or few", () => {
  for (let seed = 1; seed <= 50; seed++) check(around(10, 60, seed), null);
  const random = createRandom(7);
  const modes = Array.from({ length: 80 }, () => random() < 0.5 ? 10 : 20);
  check(modes, null);
  check([100, ...around(10, 40, 3)], null);
  check([...around(10, 43, 3), ...around(11, 4, 4)], null);
  check([...around(20, 6, 1), ...around(10, 6, 2)], null);
});
