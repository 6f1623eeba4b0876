import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { CROSSOVER, NEVER } from "../../plot/gallery/crossover_gallery_data.ts";
import { type Crossover, crossover, type CrossoverCurve } from "./crossover.ts";
import { task } from "../../run/task.ts";
import { crossoverFigure } from "./figure.ts";
import { describeCrossover, findCrossover } from "./findings.ts";
import { openWays } from "./engine.ts";

const sum = (limit: number) => {
  let sum = 0;
  for (let i = 0; i < limit; i++) sum += i;
  return sum;
};

Deno.test("crossover() runs all models at all sizes, and shows a figure", async () => {
  const measured = await crossover(sum, {
    sizes: [20_000, 10],
    jobs: 2,
    samples: 3,
  });
  assert.deepEqual(measured.sizes.map(({ size }) => size), [10, 20_000]);
  assert.deepEqual(
    measured.curves.map(({ model }) => model),
    ["pool", "workers", "processes"],
  );
  for (const { points } of measured.curves) {
    assert.deepEqual(points.map(({ size }) => size), [10, 20_000]);
    assert.ok(points.every(({ samplesMs }) => samplesMs.length === 3));
  }
  assert.deepEqual(
    JSON.parse(JSON.stringify(measured)),
    structuredClone({ ...measured }),
  );
  const bundle = await measured[DISPLAY]();
  assert.match(String(bundle["image/svg+xml"]), /<title>sum<\/title>/);
  assert.match(String(bundle["text/plain"]), /Workers, started before:/);
});

Deno.test("crossover() says what a task threw", async () => {
  const fail = (size: number) => {
    if (size > 5) throw new RangeError("too large");
    return size;
  };
  await assert.rejects(
    crossover(fail, { sizes: [1, 9], models: ["pool"], samples: 3 }),
    /^RangeError: too large/,
  );
  const models = ["pool", "workers", "processes"] as const;
  await using ways = await openWays(task(fail), 2, models);
  const { signal } = new AbortController();
  for (const model of ["sequential", ...models] as const) {
    await ways.run[model](1, signal);
    await assert.rejects(ways.run[model](9, signal), /too large/, model);
  }
});

Deno.test({
  name: "crossover() leaves processes out where they are not permitted",
  permissions: { run: false, read: true },
  fn: async () => {
    const { curves, findings } = await crossover(sum, {
      sizes: [10, 100],
      models: ["pool", "processes"],
      samples: 3,
    });
    assert.deepEqual(curves.map(({ model }) => model), ["pool"]);
    assert.match(findings.join("\n"), /Processes were left out/);
  },
});

Deno.test("crossover() ends when time is over, also tasks that wait for ever", async () => {
  const forever = (_: number) => new Promise<void>(() => {});
  for (const models of [["pool"], ["workers"]] as const) {
    await assert.rejects(
      crossover(forever, { sizes: [1, 2], models, maxMs: 300 }),
      /fewer than 3 rounds were done after 300 ms/,
    );
  }
});

Deno.test("crossover() refuses what cannot be", async () => {
  await assert.rejects(
    crossover(sum, { sizes: [5, 5] }),
    /number of different sizes is 1, expected an integer, 2 or more/,
  );
  await assert.rejects(
    crossover(sum, { sizes: [1, 2], jobs: 1 }),
    /jobs is 1, expected an integer from 2 to 64/,
  );
  await assert.rejects(
    crossover(sum, { sizes: [1, 2], models: [] }),
    /models is an array of 0, expected one or more of "pool"/,
  );
});

/** Rules of the curves, without what stands below each. */
function rulesOf(measured: Crossover): readonly string[] {
  return Array.from(findCrossover(measured)).map(({ rule }) => rule)
    .filter((rule) => rule !== "setting");
}

Deno.test("findCrossover() finds where it pays, never, and for sure or not", () => {
  assert.deepEqual(rulesOf(CROSSOVER), ["at", "at", "at"]);
  const [first] = Array.from(findCrossover(CROSSOVER));
  assert.ok(first?.rule === "at");
  assert.equal(Math.round(first.values.crossing.size * 1000), 212);
  assert.equal(first.values.isSure, true);

  assert.deepEqual(rulesOf(NEVER), ["at", "never", "never"]);
  const [unsure] = Array.from(findCrossover(NEVER));
  assert.ok(unsure?.rule === "at");
  assert.equal(unsure.values.isSure, false);
  const never = { ...NEVER.curves[0]!, crossing: { type: "never" } as const };
  assert.deepEqual(rulesOf({ ...NEVER, curves: [never] }), ["notShown"]);
});

Deno.test("findCrossover() tells sizes that all pay from those that may not", () => {
  const [pool] = CROSSOVER.curves;
  const always = (points: CrossoverCurve["points"]) =>
    rulesOf({
      ...CROSSOVER,
      curves: [{ ...pool!, points, crossing: { type: "always" } }],
    });
  const { points } = pool!;
  assert.deepEqual(
    always(points.filter(({ speedup }) => speedup.low >= 1)),
    ["always"],
  );
  // The smallest task may be no faster: its interval spans 1.
  assert.deepEqual(always(points), ["mostly"]);
  const alike = points.map((point) => ({
    ...point,
    speedup: { ratio: 1, low: 0.9, high: 1.1, shown: false },
  }));
  assert.deepEqual(always(alike), ["alike"]);
});

Deno.test("describeCrossover() puts each rule into words, none of them beside others", () => {
  const words = describeCrossover(CROSSOVER).join("\n");
  assert.match(
    words,
    /Workers, started before: pays from tasks of 212 µs on \(95 % interval 170 µs to 265 µs\)/,
  );
  assert.match(words, /2 tasks of the same size ran on 2 cores/);
  const never = describeCrossover(NEVER).join("\n");
  assert.match(
    never,
    /A Worker for each task: never pays in this range \(tasks of 10.0 µs to 1.00 ms\)/,
  );
  assert.match(
    never,
    /beyond the range\), which the largest task does not show/,
  );
  const stamp = { ...CROSSOVER.stamp, noisy: true, otherCpuShare: 0.5 };
  assert.match(
    describeCrossover({ ...CROSSOVER, stamp }).join("\n"),
    /From which size on .* pays can not be told: other programs used 50 %/,
  );
  // The figure says no more than the words.
  assert.doesNotMatch(
    crossoverFigure({ ...CROSSOVER, stamp }).svg,
    /pays from (here|\d)/,
  );
  assert.match(crossoverFigure(CROSSOVER).svg, /pays from (here|\d)/);
});
