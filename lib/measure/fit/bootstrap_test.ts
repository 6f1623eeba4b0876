import assert from "node:assert/strict";
import { createRandom, median } from "../../base/statistics/mod.ts";
import { bootstrapRounds, intervalOfDraws } from "./bootstrap.ts";

Deno.test("bootstrapRounds() keeps rounds together: shared noise cancels out", () => {
  const random = createRandom(4);
  const rounds = Array.from({ length: 15 }, () => {
    const disturbance = 1 + random();
    return [30 * disturbance, 10 * disturbance];
  });
  const { draws } = bootstrapRounds(rounds, ([one, other]) => one! / other!);
  const { low, high } = intervalOfDraws(draws);
  assert.ok(Math.abs(low - 3) < 1e-9 && Math.abs(high - 3) < 1e-9);
});

Deno.test("bootstrapRounds() covers the true median about as often as promised", () => {
  const random = createRandom(11);
  let covered = 0;
  for (let trial = 0; trial < 200; trial++) {
    // The middle of an exponential distribution is ln 2.
    const rounds = Array.from({ length: 25 }, () => [-Math.log(1 - random())]);
    const { draws } = bootstrapRounds(rounds, ([middle]) => middle!, trial);
    const { low, high } = intervalOfDraws(draws);
    if (low <= Math.LN2 && high >= Math.LN2) covered++;
  }
  assert.ok(covered > 176 && covered <= 200, `${covered} of 200`);
});

Deno.test("bootstrapRounds() gives the same draws for the same seed", () => {
  const rounds = [[1], [5], [9], [13]];
  const first = bootstrapRounds(rounds, ([middle]) => middle!, 3);
  const again = bootstrapRounds(rounds, ([middle]) => middle!, 3);
  assert.deepEqual(first, again);
  assert.equal(first.value, median([1, 5, 9, 13]));
});

Deno.test("intervalOfDraws() keeps an infinite end", () => {
  const draws = [
    ...Array.from({ length: 90 }, () => 5),
    ...Array.from({ length: 10 }, () => Infinity),
  ];
  assert.deepEqual(intervalOfDraws(draws), { low: 5, high: Infinity });
});
