import assert from "node:assert/strict";
import { findOutliers, tukeyFences } from "./outliers.ts";

Deno.test("tukeyFences() lie 1.5 and 3 quartile distances outside", () => {
  // Quartiles 2 and 4, as NumPy gives them.
  assert.deepEqual(tukeyFences([5, 1, 4, 2, 3]), {
    low: -1,
    high: 7,
    farLow: -4,
    farHigh: 10,
  });
});

Deno.test("findOutliers() tells mild from severe, and low from high", () => {
  const bulk = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
  assert.deepEqual(findOutliers(bulk), []);
  assert.deepEqual(findOutliers([...bulk, 30]), [
    { index: 11, side: "high", severe: false },
  ]);
  assert.deepEqual(findOutliers([-40, ...bulk, 60]), [
    { index: 0, side: "low", severe: true },
    { index: 12, side: "high", severe: true },
  ]);
});

Deno.test("findOutliers() leaves steps of the clock and few samples alone", () => {
  assert.deepEqual(findOutliers([10, 10, 10, 10, 10, 10.005]), []);
  assert.deepEqual(findOutliers([1, 1, 1, 900]), []);
});
