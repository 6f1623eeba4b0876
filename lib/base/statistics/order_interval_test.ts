import assert from "node:assert/strict";
import { nameInterval, orderInterval, surenessOf } from "./order_interval.ts";
import { createRandom } from "./random.ts";

Deno.test("orderInterval() lies between the ranks of the binomial distribution", () => {
  // Of 10, ranks 2 and 9 are sure in 97.85 %, ranks 3 and 8 in 89.06 % of cases.
  const { low, high } = orderInterval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const part = (0.978515625 - 0.95) / (0.978515625 - 0.890625);
  const weight = 8 * part / (2 + 6 * part);
  assert.ok(Math.abs(low - (2 + weight)) < 1e-9, `${low}`);
  assert.ok(Math.abs(high - (9 - weight)) < 1e-9, `${high}`);
});

Deno.test("orderInterval() takes all of fewer than six samples", () => {
  for (const count of [1, 2, 3, 4, 5]) {
    const sorted = Array.from({ length: count }, (_, index) => index);
    assert.deepEqual(orderInterval(sorted), { low: 0, high: count - 1 });
  }
});

Deno.test("orderInterval() narrows with many samples as theory tells", () => {
  const many = Array.from({ length: 1001 }, (_, index) => index);
  const { low, high } = orderInterval(many);
  // 1.96 standard deviations of a binomial count are 31 ranks.
  assert.ok(Math.abs(low - (500 - 31)) <= 1.5 && Math.abs(high - 531) <= 1.5);
});

Deno.test("orderInterval() holds the median as often as surenessOf() says", () => {
  const random = createRandom(8);
  for (const count of [3, 4, 5, 6, 7, 8, 12, 30]) {
    let held = 0;
    for (let round = 0; round < 2000; round++) {
      // Skewed, with a median of ln 2.
      const samples = Array.from(
        { length: count },
        () => -Math.log(1 - random()),
      ).sort((one, other) => one - other);
      const { low, high } = orderInterval(samples);
      if (low <= Math.LN2 && Math.LN2 <= high) held++;
    }
    const expected = surenessOf(count);
    assert.ok(
      Math.abs(held / 2000 - expected) < 0.025,
      `${count}: ${held / 2000}, expected ${expected}`,
    );
  }
});

Deno.test("nameInterval() promises no more than few samples can keep", () => {
  assert.deepEqual([2, 3, 4, 5, 6, 500].map(nameInterval), [
    "50 % interval",
    "75 % interval",
    "87 % interval",
    "93 % interval",
    "95 % interval",
    "95 % interval",
  ]);
});
