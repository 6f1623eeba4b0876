import assert from "node:assert/strict";
import { findCliffs, findDelay, findFloor, listHolds } from "./engine.ts";

Deno.test("findFloor() is the median of undisturbed rings, however many are disturbed", () => {
  check([2, 2.1, 2.2], 2.1, false);
  check([2, 2.1, 2.2, 90, 80, 70, 60, 50], 2.1, false);
  check([], 2.1, true);
  check([40, 50, 60], 2.1, true);

  function check(
    gapsMs: readonly number[],
    floorMs: number,
    isAssumed: boolean,
  ) {
    assert.deepEqual(findFloor(gapsMs), { floorMs, isAssumed });
  }
});

Deno.test("listHolds() tells from when and how long the loop was held", () => {
  assert.deepEqual(listHolds(1000, [1002, 1004, 1304, 1306], 2), [[6, 298]]);
  assert.deepEqual(listHolds(0, [2, 3, 4], 2), []);
});

Deno.test("findDelay() counts time, not rings", () => {
  // 700 ms of calm and one hold of 300: of rings it would be one in 351.
  const holds = [[100, 300]] as const;
  assert.equal(findDelay(holds, 1000, 0.5), 0);
  assert.equal(findDelay(holds, 1000, 0.7), 0);
  assert.ok(Math.abs(findDelay(holds, 1000, 0.99) - 290) < 0.001);
  assert.equal(findDelay(holds, 1000, 1), 300);
});

Deno.test("findDelay() adds holds up", () => {
  // Waits above 5: of each of the two holds, 15 of 100 ms together.
  const holds = [[0, 10], [50, 15]] as const;
  assert.ok(Math.abs(findDelay(holds, 100, 0.85) - 5) < 0.001);
  assert.equal(findDelay([], 100, 0.99), 0);
  assert.equal(findDelay([], 0, 0.5), 0);
});

Deno.test("findCliffs() names who ran for most of the hold, and only one", () => {
  const holds = [[0, 10], [100, 200], [400, 60]] as const;
  const sort = { name: "sort", startMs: 90, endMs: 320 };
  const parse = { name: "parse", startMs: 100, endMs: 310 };
  assert.deepEqual(findCliffs(holds, [sort]), [
    { startMs: 100, heldMs: 200, holder: "sort" },
    { startMs: 400, heldMs: 60, holder: null },
  ]);
  assert.equal(findCliffs(holds, [sort, parse])[0]!.holder, null);
});

Deno.test("findCliffs() keeps the longest, in the order of time", () => {
  const holds = Array.from(
    { length: 40 },
    (_, i) => [i * 200, 51 + i] as const,
  );
  const cliffs = findCliffs(holds, []);
  assert.equal(cliffs.length, 12);
  assert.deepEqual([cliffs[0]!.heldMs, cliffs.at(-1)!.heldMs], [79, 90]);
});
