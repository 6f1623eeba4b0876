import assert from "node:assert/strict";
import { createRandom } from "../../base/statistics/mod.ts";
import { findCrossing, fitCrossing } from "./crossing.ts";

const SIZES = [0.01, 0.1, 1, 10, 100];

/** Two tasks on two cores, with a fixed overhead: they come out even at tasks of that length. */
function makeSamples(overheadMs: number, noise: number) {
  const random = createRandom(9);
  const scatter = () => 1 + noise * (random() - 0.5);
  const rounds = Array.from({ length: 12 });
  return {
    sizes: SIZES,
    baselineMs: rounds.map(() => SIZES.map((size) => 2 * size * scatter())),
    modelMs: rounds.map(() =>
      SIZES.map((size) => (size + overheadMs) * scatter())
    ),
  };
}

Deno.test("fitCrossing() finds the size at which an overhead is paid for", () => {
  const fit = fitCrossing(makeSamples(3, 0.1));
  assert.ok(fit.type === "at");
  assert.ok(fit.size > 2.9 && fit.size < 3.1, `${fit.size}`);
  assert.ok(fit.low! <= fit.size && fit.size <= fit.high!);
  assert.ok(fit.high! / fit.low! < 1.2);
});

Deno.test("fitCrossing() says never and always", () => {
  assert.deepEqual(fitCrossing(makeSamples(1000, 0)), { type: "never" });
  assert.deepEqual(fitCrossing(makeSamples(0.001, 0)), { type: "always" });
});

Deno.test("fitCrossing() leaves an end open that may lie beyond the sizes", () => {
  const samples = makeSamples(99, 0.3);
  const fit = fitCrossing(samples);
  assert.ok(fit.type === "at");
  assert.equal(fit.high, null);
});

Deno.test("findCrossing() takes the last rise, not a lucky small size", () => {
  const ratios = [1.1, 0.5, 0.9, 1.6, 1.9];
  const points = SIZES.map((size, index) => ({ size, ratio: ratios[index]! }));
  const crossing = findCrossing(points);
  assert.ok(crossing > 1 && crossing < 10);
});
