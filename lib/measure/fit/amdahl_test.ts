import assert from "node:assert/strict";
import { createRandom } from "../../base/statistics/mod.ts";
import { amdahlSpeedUp, fitAmdahl, karpFlatt } from "./amdahl.ts";

Deno.test("fitAmdahl() finds the serial part that made the speed-ups", () => {
  for (const serial of [0, 0.05, 0.3, 0.9, 1]) {
    const points = [1, 2, 3, 8].map((n) => ({
      n,
      speedup: amdahlSpeedUp(serial, n),
    }));
    assert.ok(Math.abs(fitAmdahl(points)! - serial) < 1e-12);
  }
});

Deno.test("fitAmdahl() is near the serial part when times scatter by 2 %", () => {
  const random = createRandom(3);
  const points = Array.from({ length: 16 }, (_, index) => {
    const noise = 1 + 0.04 * (random() - 0.5);
    return { n: index + 1, speedup: amdahlSpeedUp(0.1, index + 1) * noise };
  });
  assert.ok(Math.abs(fitAmdahl(points)! - 0.1) < 0.005);
});

Deno.test("fitAmdahl() stays within 0 and 1, and knows when it cannot tell", () => {
  assert.equal(fitAmdahl([{ n: 2, speedup: 2.3 }]), 0);
  assert.equal(fitAmdahl([{ n: 2, speedup: 0.8 }]), 1);
  assert.equal(fitAmdahl([{ n: 1, speedup: 1 }]), null);
  assert.equal(fitAmdahl([]), null);
});

// Quinn, "Parallel Programming in C with MPI and OpenMP" (2004), section 7.5.
Deno.test("karpFlatt() agrees with a published flat and a published rising table", () => {
  const flat = [1.82, 2.50, 3.08, 3.57, 4.00, 4.38, 4.71];
  for (const [index, speedup] of flat.entries()) {
    assert.equal(karpFlatt(speedup, index + 2)?.toFixed(2), "0.10");
  }
  const rising = [1.87, 2.61, 3.23, 3.73, 4.14, 4.46, 4.71];
  assert.deepEqual(
    rising.map((speedup, index) => karpFlatt(speedup, index + 2)?.toFixed(3)),
    ["0.070", "0.075", "0.079", "0.085", "0.090", "0.095", "0.100"],
  );
});

Deno.test("karpFlatt() has nothing to say of one Worker, and is negative above the ideal", () => {
  assert.equal(karpFlatt(1, 1), null);
  assert.ok(karpFlatt(2.1, 2)! < 0);
});
