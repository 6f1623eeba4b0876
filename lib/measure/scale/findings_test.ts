import assert from "node:assert/strict";
import {
  MANY_CORES,
  SCALING,
  SLOWER,
} from "../../plot/gallery/speedup_gallery_data.ts";
import { groundsOf, listUnmet } from "../../explain/mod.ts";
import { describeScaling, findScaling } from "./findings.ts";
import type { Scaling } from "./scale.ts";

/** Rules that pass the gate, by name, with what they found. */
function passing(scaling: Scaling): ReadonlyMap<string, unknown> {
  const grounds = groundsOf(scaling.stamp, scaling.cpuShare ?? null);
  return new Map(
    Array.from(findScaling(scaling))
      .filter(({ needs = [] }) => listUnmet(needs, grounds).length === 0)
      .map(({ rule, values }) => [rule, values]),
  );
}

const FLAT = { ratio: 1.01, low: 0.97, high: 1.06, shown: false };

Deno.test("findScaling() finds a serial part of many cores, and needs two points", () => {
  const serial = passing(MANY_CORES).get("serial") as { part: number };
  assert.equal(serial.part, MANY_CORES.amdahl!.part);
  assert.ok(!passing(SCALING).has("serial"));
});

Deno.test("findScaling() tells no law of noise, naps, or no difference", () => {
  const laws = ["serial", "notSerial", "rises", "falls", "steady"];
  const check = (scaling: Scaling) => {
    const found = passing(scaling);
    assert.deepEqual(laws.filter((rule) => found.has(rule)), []);
  };
  check({ ...MANY_CORES, stamp: { ...MANY_CORES.stamp, noisy: true } });
  check({ ...MANY_CORES, cpuShare: 0.02 });
  const points = MANY_CORES.points.map((point) => ({
    ...point,
    speedup: FLAT,
  }));
  check({ ...MANY_CORES, points });
  assert.ok(passing({ ...MANY_CORES, model: "processes" }).has("serialStarts"));
});

Deno.test("findScaling() tells overhead that grows from a serial part", () => {
  assert.ok(passing(MANY_CORES).has("steady"));
  const trend = (sign: 1 | -1) =>
    MANY_CORES.points.map((point) => {
      const part = (sign === 1 ? point.n : 20 - point.n) / 100;
      const karpFlatt = { part, low: part * 0.9, high: part * 1.1 };
      return { ...point, karpFlatt: point.n === 1 ? null : karpFlatt };
    });
  assert.ok(passing({ ...MANY_CORES, points: trend(1) }).has("rises"));
  assert.ok(passing({ ...MANY_CORES, points: trend(-1) }).has("falls"));
});

Deno.test("findScaling() finds that no law of splitting describes a loss", () => {
  const points = MANY_CORES.points.map((point) => ({
    ...point,
    speedup: point.n === 1 ? point.speedup : SLOWER.points[1]!.speedup,
  }));
  const { amdahl } = SLOWER;
  assert.ok(passing({ ...MANY_CORES, points, amdahl }).has("notSerial"));
});

Deno.test("findScaling() names shares that are not equal", () => {
  const points = MANY_CORES.points.map((point) =>
    point.n === 16 ? { ...point, ideal: 15 } : point
  );
  const uneven = passing({ ...MANY_CORES, points }).get("uneven");
  assert.deepEqual(
    (uneven as { ideals: { n: number; ideal: number }[] }).ideals
      .map(({ n, ideal }) => [n, ideal]),
    [[16, 15]],
  );
});

Deno.test("describeScaling() puts each rule into words, and says what is unknown", () => {
  const check = (scaling: Scaling, ...expected: readonly RegExp[]) => {
    const words = describeScaling(scaling).join("\n");
    for (const part of expected) assert.match(words, part);
  };
  check(
    SCALING,
    /With 2 Workers .* 1.91× .*\(95 % interval 1.85× to 1.96×\); 2 cores allow 2.00×/,
    /serial part of Amdahl's law can not be told: it takes 2 points or more, and there is 1\./,
  );
  check(
    MANY_CORES,
    /10 % of the work is serial \(95 % interval 9.7 % to 11 %\); then no number of cores would give more than 9.62× \(8.93× to 10.3×\)/,
    /shows no rise \(Karp–Flatt: 11 % with 2, 11 % with 16\)/,
  );
  check(
    { ...SCALING, amdahl: null, points: SCALING.points.slice(0, 1) },
    /it takes 2 points or more, and there are 0/,
  );
  check(
    { ...MANY_CORES, cpuShare: 0.02 },
    /can not be told: the work was on a core for 2 % of its time only/,
  );
  check(SLOWER, /^Noisy: other programs used 31 %/);
});
