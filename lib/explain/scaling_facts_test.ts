import assert from "node:assert/strict";
import { SCALING, SLOWER } from "../plot/speedup_gallery_data.ts";
import type { Scaling } from "../measure/scale_result.ts";
import { explainScaling } from "./scaling_facts.ts";

function check(scaling: Scaling, expected: readonly RegExp[]): void {
  const found = explainScaling(scaling);
  assert.equal(found.length, expected.length);
  found.forEach(({ sentence }, i) => assert.match(sentence, expected[i]!));
}

Deno.test("explainScaling() gives the best number, and what more than cores bring", () => {
  check(SCALING, [
    /^With 2 Workers the work was 1\.91× as fast as with 1 \(.*\); 2 cores allow 2\.00×\.$/,
    /^4 Workers on 2 cores gave 1\.90× .*: no gain shown over 2/,
  ]);
  check(SLOWER, [
    /^Splitting the work makes it slower: with 2 Workers it took 1\.61×/,
    /^3 Workers on 2 cores/,
  ]);
  assert.match(explainScaling(SLOWER)[0]!.advice, /^Give each more to do/);
});

Deno.test("explainScaling() says no more than the samples show", () => {
  const flat = SCALING.points.filter(({ n }) => n <= 2).map((point) => ({
    ...point,
    speedup: { ratio: 1.01, low: 0.97, high: 1.06, shown: false },
  }));
  check({ ...SCALING, points: flat }, [/no difference shown/]);
  check({ ...SCALING, points: SCALING.points.slice(0, 1) }, []);
});
