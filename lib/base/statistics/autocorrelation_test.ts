import assert from "node:assert/strict";
import { autocorrelation, isDependent } from "./autocorrelation.ts";
import { createRandom } from "./random.ts";

Deno.test("autocorrelation() agrees with R's acf", () => {
  // acf(c(1, 2, 3, 4, 5)): 1, 0.4, -0.1, -0.4, -0.4
  const samples = [1, 2, 3, 4, 5];
  const found = [0, 1, 2, 3, 4].map((lag) => autocorrelation(samples, lag));
  [1, 0.4, -0.1, -0.4, -0.4].forEach((expected, lag) =>
    assert.ok(Math.abs(found[lag]! - expected) < 1e-12)
  );
});

Deno.test("autocorrelation() of samples that do not differ is 0", () => {
  assert.equal(autocorrelation([4, 4, 4]), 0);
  assert.equal(autocorrelation([4]), 0);
});

Deno.test("isDependent() sees a drift, and no drift in chance", () => {
  const random = createRandom(4);
  const chance = Array.from({ length: 100 }, random);
  assert.equal(isDependent(chance), false);
  assert.equal(isDependent(chance.map((x, index) => x + index / 20)), true);
  assert.equal(isDependent([1, 2, 3]), false);
});
