import assert from "node:assert/strict";
import { SCALING, SLOWER } from "../../plot/gallery/speedup_gallery_data.ts";
import type { Scaling } from "./scale.ts";
import { explainScaling } from "./findings.ts";

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
