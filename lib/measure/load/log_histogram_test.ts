import assert from "node:assert/strict";
import { LogHistogram } from "./log_histogram.ts";
import { createRandom } from "../../base/statistics/mod.ts";

Deno.test("LogHistogram.quantile() is within 1 % of the exact quantile", () => {
  const random = createRandom(9);
  const values = Array.from(
    { length: 5000 },
    () => Math.exp(6 * random() - 3),
  );
  const histogram = new LogHistogram();
  for (const value of values) histogram.add(value);
  const sorted = values.toSorted((one, other) => one - other);
  for (const part of [0.01, 0.5, 0.9, 0.99, 0.999]) {
    const exact = sorted[Math.ceil(part * values.length) - 1]!;
    const found = histogram.quantile(part);
    assert.ok(
      Math.abs(found / exact - 1) < 0.01,
      `${part}: ${found}, ${exact}`,
    );
  }
  assert.equal(histogram.quantile(1), sorted.at(-1));
  assert.equal(histogram.max, sorted.at(-1));
});

Deno.test("LogHistogram counts every value once", () => {
  const histogram = new LogHistogram();
  for (const value of [0, 1, 1, 2, 1000]) histogram.add(value);
  const counts = histogram.buckets().map(({ count }) => count);
  assert.deepEqual(counts, [1, 2, 1, 1]);
  assert.equal(histogram.count, 5);
  assert.equal(histogram.mean, 1004 / 5);
});

Deno.test("LogHistogram without values is 0, and refuses what is no number", () => {
  const histogram = new LogHistogram();
  assert.deepEqual([histogram.quantile(0.5), histogram.max, histogram.mean], [
    0,
    0,
    0,
  ]);
  assert.throws(() => histogram.add(NaN), RangeError);
});
