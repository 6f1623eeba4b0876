import assert from "node:assert/strict";
import { findModes } from "./modes.ts";
import { createRandom } from "./random.ts";

Deno.test("findModes() finds two crowds, their centres and shares", () => {
  const random = createRandom(3);
  const near = Array.from({ length: 40 }, () => 12 + normal(random));
  const far = Array.from({ length: 20 }, () => 57 + 4 * normal(random));
  const { modes } = findModes([...far, ...near]);
  assert.equal(modes.length, 2);
  assert.ok(Math.abs(modes[0]!.center - 12) < 0.6);
  assert.ok(Math.abs(modes[1]!.center - 57) < 3);
  assert.equal(modes[0]!.share, 40 / 60);
});

Deno.test("findModes() finds three crowds", () => {
  const random = createRandom(5);
  const samples = [1, 8, 60].flatMap((center) =>
    Array.from({ length: 30 }, () => center * (1 + 0.05 * normal(random)))
  );
  assert.equal(findModes(samples).modes.length, 3);
});

Deno.test("findModes() seldom sees two crowds in samples of one", () => {
  const shapes: Record<string, (random: () => number) => number> = {
    normal: (random) => 100 + 10 * normal(random),
    even: (random) => 50 + 50 * random(),
    "long tail": (random) => Math.exp(normal(random)),
    exponential: (random) => 10 - 10 * Math.log(1 - random()),
  };
  for (const [name, draw] of Object.entries(shapes)) {
    for (const count of [30, 200]) {
      const random = createRandom(11);
      let wrong = 0;
      for (let round = 0; round < 200; round++) {
        const samples = Array.from({ length: count }, () => draw(random));
        if (findModes(samples).modes.length > 1) wrong++;
      }
      assert.ok(wrong <= 8, `${name}, ${count}: ${wrong} of 200`);
    }
  }
});

Deno.test("findModes() takes few, equal or mixed samples for one crowd", () => {
  assert.equal(findModes([1, 1, 1, 50, 50, 50]).modes.length, 1);
  assert.deepEqual(findModes(Array(40).fill(7)), {
    modes: [{ center: 7, share: 1, low: 7, high: 7 }],
  });
  const random = createRandom(2);
  const mixed = Array.from({ length: 60 }, () => normal(random));
  assert.equal(findModes(mixed).modes.length, 1);
});

Deno.test("findModes() mostly sees two crowds of equal size that are not far apart", () => {
  const random = createRandom(12);
  for (const [count, least] of [[30, 50], [60, 60], [200, 95]] as const) {
    let found = 0;
    for (let round = 0; round < 100; round++) {
      const samples = Array.from(
        { length: count },
        () => (random() < 0.5 ? 10 : 13) * (1 + 0.05 * normal(random)),
      );
      if (findModes(samples).modes.length === 2) found++;
    }
    assert.ok(found >= least, `${count}: ${found} of 100`);
  }
});

Deno.test("findModes() takes steps of a clock for no crowds", () => {
  const random = createRandom(6);
  for (const deviation of [0.3, 0.5, 1, 2]) {
    for (const count of [20, 60, 300]) {
      // A thousand steps long, as samples of measure() are at least.
      const samples = Array.from(
        { length: count },
        () => Math.round(1000 + deviation * normal(random)) * 8e-5,
      );
      assert.equal(findModes(samples).modes.length, 1, `${deviation} ${count}`);
    }
  }
});

/** Box-Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) *
    Math.cos(2 * Math.PI * random());
}
