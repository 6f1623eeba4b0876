import assert from "node:assert/strict";
import { createRandom } from "../../base/statistics/mod.ts";
import { fitKnee } from "./line.ts";

Deno.test("fitKnee() finds the parts that made the costs, scattered by 10 %", () => {
  const random = createRandom(2);
  const points = Array.from({ length: 40 }, (_, index) => {
    const bytes = 10 ** (1 + index / 5);
    const noise = 1 + 0.2 * (random() - 0.5);
    return { bytes, ms: (0.06 + bytes * 1e-7) * noise };
  });
  const { fixedMs, msPerByte, kneeBytes } = fitKnee(points);
  assert.ok(Math.abs(fixedMs / 0.06 - 1) < 0.05);
  assert.ok(Math.abs(msPerByte / 1e-7 - 1) < 0.05);
  assert.ok(Math.abs(kneeBytes! / 6e5 - 1) < 0.1);
});

Deno.test("fitKnee() sees no knee where the cost is flat, or grows from the start", () => {
  const flat = [1e2, 1e4, 1e6].map((bytes) => ({ bytes, ms: 0.05 }));
  assert.equal(fitKnee(flat).kneeBytes, null);
  const steep = [1e2, 1e4, 1e6].map((bytes) => ({ bytes, ms: bytes / 1e6 }));
  assert.equal(fitKnee(steep).kneeBytes, null);
});
