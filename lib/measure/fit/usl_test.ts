import assert from "node:assert/strict";
import { createRandom } from "../../base/statistics/mod.ts";
import { explainNoUsl, fitUsl, uslThroughput } from "./usl.ts";

// SPEC SDM91 on a Sun SPARCcenter 2000, from Gunther, "Analyzing Computer System
// Performance with Perl::PDQ" (2005). What the R package `usl` 3 gives for it:
// alpha 0.0277285, beta 0.0001044, gamma 89.9952330.
const SDM91 = [
  [1, 64.9],
  [18, 995.9],
  [36, 1652.4],
  [72, 1853.2],
  [108, 1828.9],
  [144, 1775.0],
  [216, 1702.2],
].map(([n, throughput]) => ({ n: n!, throughput: throughput! }));

Deno.test("fitUsl() agrees with a published fit of published throughputs", () => {
  const { contention, coherency, scale, peakN } = fitUsl(SDM91);
  assert.equal(contention.toFixed(4), "0.0277");
  assert.equal(coherency.toFixed(7), "0.0001044");
  assert.equal(scale.toFixed(1), "90.0");
  assert.equal(Math.floor(peakN!), 96);
});

Deno.test("fitUsl() finds the law that made the throughputs", () => {
  for (
    const law of [
      { contention: 0, coherency: 0, scale: 1 },
      { contention: 0.1, coherency: 0, scale: 1 },
      { contention: 0.05, coherency: 0.002, scale: 700 },
      { contention: 0.5, coherency: 0.1, scale: 0.01 },
    ]
  ) {
    const points = [1, 2, 3, 4, 6, 8, 12].map((n) => ({
      n,
      throughput: uslThroughput(law, n),
    }));
    const { contention, coherency, scale } = fitUsl(points);
    assert.ok(Math.abs(contention - law.contention) < 1e-5, `${contention}`);
    assert.ok(Math.abs(coherency - law.coherency) < 1e-6, `${coherency}`);
    assert.ok(Math.abs(scale / law.scale - 1) < 1e-5, `${scale}`);
  }
});

Deno.test("fitUsl() is near the law when throughputs scatter by 1 %", () => {
  const random = createRandom(5);
  const law = { contention: 0.04, coherency: 0.003, scale: 1 };
  const points = Array.from({ length: 24 }, (_, index) => ({
    n: index + 1,
    throughput: uslThroughput(law, index + 1) * (1 + 0.02 * (random() - 0.5)),
  }));
  const { contention, coherency } = fitUsl(points);
  assert.ok(Math.abs(contention - 0.04) < 0.01);
  assert.ok(Math.abs(coherency - 0.003) < 0.0003);
});

Deno.test("fitUsl() refuses two numbers of Workers", () => {
  const points = [1, 2, 2].map((n) => ({ n, throughput: n }));
  assert.throws(() => fitUsl(points), /expected 3 or more/);
});

Deno.test("explainNoUsl() asks for cores first, then for points at or below them", () => {
  assert.match(explainNoUsl([1, 2, 3, 4, 5, 6, 7], 1)!, /there is 1 core,/);
  assert.match(explainNoUsl([1, 2, 3, 4, 5, 6], 4)!, /^.*: 4 numbers .* 6 are/);
  assert.equal(explainNoUsl([1, 2, 3, 4, 5, 6, 9], 6), null);
});
