import assert from "node:assert/strict";
import { createRandom } from "./random.ts";
import { bootstrapSlope, fitThroughOrigin } from "./regression.ts";

Deno.test("fitThroughOrigin() agrees with least squares by hand", () => {
  // Σxy / Σxx = (2 + 10 + 24) / (1 + 4 + 9).
  const { slope, rSquared } = fitThroughOrigin([1, 2, 3], [2, 5, 8]);
  assert.ok(Math.abs(slope - 36 / 14) < 1e-12);
  // 1 - (0.571² + 0.143² + 0.286²) / 18
  assert.ok(Math.abs(rSquared - (1 - 0.428571428571 / 18)) < 1e-9);
});

Deno.test("fitThroughOrigin() refuses points without a slope", () => {
  assert.throws(() => fitThroughOrigin([], []), RangeError);
  assert.throws(() => fitThroughOrigin([0], [1]), RangeError);
  assert.throws(() => fitThroughOrigin([1, 2], [1]), {
    name: "RangeError",
    message:
      "Cannot fit line: 2 and 1 values found, expected as many of both, not all 0",
  });
});

Deno.test("bootstrapSlope() holds the slope in 95 of 100 cases, also of few points", () => {
  const random = createRandom(4);
  for (const count of [5, 10, 30]) {
    let held = 0;
    for (let round = 0; round < 300; round++) {
      const xs = Array.from({ length: count }, (_, index) => 1 + index % 4);
      const ys = xs.map((x) => x * (1 + 0.1 * (random() + random() - 1)));
      const { low, high } = bootstrapSlope(xs, ys, {
        seed: round,
        resamples: 200,
      });
      if (low <= 1 && 1 <= high) held++;
    }
    assert.ok(held >= 0.91 * 300, `${count}: ${held} of 300`);
  }
});

Deno.test("bootstrapSlope() holds the slope and repeats itself", () => {
  const xs = [1, 2, 3, 4, 1, 2, 3, 4];
  const ys = [3.1, 5.8, 9.3, 11.9, 2.9, 6.2, 8.8, 12.2];
  const { low, high } = bootstrapSlope(xs, ys);
  assert.ok(low < 3.01 && high > 2.99 && high - low < 0.3);
  assert.deepEqual(bootstrapSlope(xs, ys), { low, high });
});
