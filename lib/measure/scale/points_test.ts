import assert from "node:assert/strict";
import { createRandom } from "../../base/statistics/mod.ts";
import { amdahlSpeedUp } from "../fit/amdahl.ts";
import { findAmdahl, makePoints } from "./points.ts";

/** Rounds of work with a known serial part, on some cores, with 3 % of noise. */
function makeRounds(serial: number, counts: readonly number[], cores: number) {
  const random = createRandom(8);
  return Array.from(
    { length: 15 },
    () =>
      counts.map((n) =>
        500 / amdahlSpeedUp(serial, Math.min(n, cores)) *
        (1 + 0.06 * (random() - 0.5))
      ),
  );
}

Deno.test("findAmdahl() finds a known serial part, and its interval holds it", () => {
  const counts = [1, 2, 3, 4, 6, 8, 10];
  for (const serial of [0.02, 0.1, 0.4]) {
    const rounds = makeRounds(serial, counts, 8);
    const points = makePoints(rounds, counts, { jobs: 840, cores: 8, seed: 1 });
    const found = findAmdahl(rounds, points, 1)!;
    assert.ok(found.low <= serial && serial <= found.high, `${serial}`);
    assert.ok(found.high - found.low < 0.05);
  }
});

Deno.test("makePoints() knows what lies past the cores, also with a quota", () => {
  const counts = [1, 2, 3];
  const rounds = makeRounds(0, counts, 1.5);
  const points = makePoints(rounds, counts, { jobs: 12, cores: 1.5, seed: 1 });
  assert.deepEqual(
    points.map(({ beyondCores }) => beyondCores),
    [false, true, true],
  );
  assert.deepEqual(points.map(({ ideal }) => ideal), [1, 1.5, 1.5]);
  assert.equal(points[0]!.karpFlatt, null);
  const { part, low, high } = points[1]!.karpFlatt!;
  assert.ok(low <= part && part <= high);
  // One Worker alone tells nothing, and those past the cores nothing of Amdahl.
  assert.equal(findAmdahl(rounds, points, 1), null);
});
