import assert from "node:assert/strict";
import {
  chooseCounts,
  dealShares,
  gatherShares,
  idealSpeedUp,
} from "./points.ts";

Deno.test("chooseCounts() rises from 1 past the cores", () => {
  const table: Readonly<Record<number, readonly number[]>> = {
    1: [1, 2, 3],
    2: [1, 2, 3, 4],
    3: [1, 2, 3, 4],
    4: [1, 2, 3, 4, 5],
    6: [1, 2, 3, 4, 6, 7],
    8: [1, 2, 3, 4, 6, 8, 10],
    16: [1, 2, 3, 4, 6, 8, 12, 16, 20],
  };
  for (const [cores, counts] of Object.entries(table)) {
    assert.deepEqual(chooseCounts(Number(cores)), counts, cores);
  }
});

Deno.test("chooseCounts() gives 6 points up to the cores from 8 cores on", () => {
  for (const cores of [8, 12, 24, 64, 96, 128]) {
    const counts = chooseCounts(cores);
    assert.ok(counts.filter((n) => n <= cores).length >= 6, `${cores}`);
    assert.ok(counts.includes(cores) && counts.every(Number.isInteger));
    assert.ok(counts.at(-1)! > cores);
  }
});

Deno.test("gatherShares() is the way back from dealShares()", () => {
  for (const length of [0, 1, 4, 7]) {
    for (const n of [1, 2, 3, 8]) {
      const jobs = Array.from({ length }, (_, index) => index);
      assert.deepEqual(gatherShares(dealShares(jobs, n)), jobs);
    }
  }
});

Deno.test("idealSpeedUp() is limited by Workers, cores and uneven shares", () => {
  const check = (n: number, jobs: number, cores: number, expected: number) =>
    assert.equal(idealSpeedUp(n, { jobs, cores }), expected);
  check(1, 12, 4, 1);
  check(3, 12, 4, 3);
  check(8, 12, 4, 4);
  check(8, 3, 16, 3);
  check(5, 6, 16, 3);
  check(4, 12, 1.5, 1.5);
  check(2, 12, 0.5, 1);
});
