import assert from "node:assert/strict";
import { SCALING, SLOWER } from "../../plot/gallery/speedup_gallery_data.ts";
import type { Scaling } from "./scale.ts";
import { admit } from "../../explain/mod.ts";
import type { SpeedUp } from "../../base/record/mod.ts";
import { explainScaling, findBest, findBeyondCores } from "./best.ts";

function check(scaling: Scaling, expected: readonly RegExp[]): void {
  const found = explainScaling(scaling);
  assert.equal(found.length, expected.length);
  found.forEach(({ sentence }, i) => assert.match(sentence, expected[i]!));
}

Deno.test("explainScaling() gives the best number, and what more than cores bring", () => {
  check(SCALING, [
    /^With 2 Workers the work was 1\.91× as fast as with 1 \(.*\); 2 cores allow 2\.00×\.$/,
    /^4 Workers on 2 cores gave 1\.90× .*, no gain shown over 2, as a core runs one at a time\.$/,
  ]);
  check(SLOWER, [
    /^With 2 Workers the work took 1\.61× as long .*\. Whether splitting the work is the reason can not be told: other programs used 31 %/,
    /^3 Workers on 2 cores/,
  ]);
  assert.equal(explainScaling(SLOWER)[0]!.advice, "");
  const calm = { ...SLOWER, stamp: SCALING.stamp };
  check(calm, [/as long as with 1 .*: splitting it makes it slower\.$/, /./]);
  assert.match(explainScaling(calm)[0]!.advice, /^Give each more to do/);
  // Naps: more is gained than cores give.
  const naps = SCALING.points.map((point) => ({
    ...point,
    speedup: {
      ratio: point.n,
      low: point.n,
      high: point.n,
      shown: point.n > 1,
    },
  }));
  check({ ...SCALING, points: naps, cpuShare: 0.01 }, [
    /as fast as with 1 .*The most that there is to gain can not be told: the work was on a core for 1 % of its time only\.$/,
    /, more than \d did: the jobs seem to wait for something besides a core\.$/,
  ]);
});

Deno.test("explainScaling() says no more than the samples show", () => {
  const flat = SCALING.points.filter(({ n }) => n <= 2).map((point) => ({
    ...point,
    speedup: { ratio: 1.01, low: 0.97, high: 1.06, shown: false },
  }));
  check({ ...SCALING, points: flat }, [/no difference shown/]);
  check({ ...SCALING, points: SCALING.points.slice(0, 1) }, []);
});

const OTHERS = "other programs used 30 % of all cores meanwhile";
const CALM = { others: [], noise: [], computing: 1 };
const GROUNDS = {
  "calm, computing": CALM,
  "others had the cores": { ...CALM, others: [OTHERS], noise: [OTHERS] },
  "samples scatter": { ...CALM, noise: ["the samples scatter widely"] },
  "naps": { ...CALM, computing: 0.01 },
  "not measured": { ...CALM, computing: null },
};
const WHY_NOT = {
  others: /can not be told: other programs used 30 %/,
  naps: /can not be told: the work was on a core for 1 % of its time only/,
  unknown: /can not be told: whether the work computes was not measured/,
};

function speedup(ratio: number, shown = true): SpeedUp {
  return { ratio, low: 0.95 * ratio, high: 1.05 * ratio, shown };
}

function shape(best: SpeedUp, beyond: SpeedUp | null = null): Scaling {
  const [, point] = SCALING.points;
  const more = { n: 4, speedup: beyond!, ideal: 2, beyondCores: true };
  const points = [
    { ...point!, n: 2, speedup: best, ideal: 2 },
    ...beyond === null ? [] : [{ ...point!, ...more }],
  ];
  return { ...SCALING, points };
}

const TABLE = {
  "what cores allow, of a speed-up by Workers": {
    find: findBest,
    shape: shape(speedup(1.9)),
    says: {
      "calm, computing": /\(95 % interval .*\); 2 cores allow 2\.00×\.$/,
      "others had the cores": /; 2 cores allow 2\.00×\.$/,
      "samples scatter": /; 2 cores allow 2\.00×\.$/,
      "naps": WHY_NOT.naps,
      "not measured": WHY_NOT.unknown,
    },
  },
  "what cores allow, of more than that": {
    find: findBest,
    shape: shape(speedup(3.9)),
    says: {
      "calm, computing":
        /can not be told: more was gained \(at least 3\.7\d×\)/,
      "others had the cores": /can not be told: more was gained/,
      "samples scatter": /can not be told: more was gained/,
      "naps": WHY_NOT.naps,
      "not measured": WHY_NOT.unknown,
    },
  },
  "that splitting is what makes it slower": {
    find: findBest,
    shape: shape(speedup(0.6)),
    says: {
      "calm, computing":
        /took 1\.67× as long .*: splitting it makes it slower\.$/,
      "others had the cores": WHY_NOT.others,
      "samples scatter": /: splitting it makes it slower\.$/,
      "naps": /: splitting it makes it slower\.$/,
      "not measured": /: splitting it makes it slower\.$/,
    },
  },
  "no difference": {
    find: findBest,
    shape: shape(speedup(1.01, false)),
    says: {
      "calm, computing": /no difference shown \(95 % interval [^)]*\)\.$/,
      "others had the cores": /no difference shown \(95 % interval [^)]*\)\.$/,
      "samples scatter": /no difference shown \(95 % interval [^)]*\)\.$/,
      "naps": /no difference shown \(95 % interval [^)]*\)\.$/,
      "not measured": /no difference shown \(95 % interval [^)]*\)\.$/,
    },
  },
  "why more Workers than cores bring nothing": {
    find: findBeyondCores,
    shape: shape(speedup(1.9), speedup(1.9)),
    says: {
      "calm, computing":
        /, no gain shown over 2, as a core runs one at a time\.$/,
      "others had the cores": /, as a core runs one at a time\.$/,
      "samples scatter": /, as a core runs one at a time\.$/,
      "naps": /, no gain shown over 2\.$/,
      "not measured": /, no gain shown over 2\.$/,
    },
  },
};

for (const [name, { find, shape, says }] of Object.entries(TABLE)) {
  Deno.test(`the gate of scaling: ${name}`, () => {
    for (const [circumstances, expected] of Object.entries(says)) {
      const grounds = GROUNDS[circumstances as keyof typeof GROUNDS];
      const found = admit(find(shape), grounds);
      assert.match(found?.sentence ?? "", expected, circumstances);
    }
  });
}
