import assert from "node:assert/strict";
import { createRandom } from "../base/statistics/mod.ts";
import { chooseByPriority } from "./sample.ts";

Deno.test("chooseByPriority() lets the first to be put off go on before or after the second", () => {
  const random = createRandom(9);
  const [threads, depth, turns] = [3, 3, 6];
  const seen = new Map<string, number>();
  for (let draw = 0; draw < DRAWS; draw++) {
    const choose = chooseByPriority(random, { threads, depth, turns });
    const left = [2, 2, 2];
    const taken: number[] = [];
    while (taken.length < turns) {
      const enabled = [0, 1, 2].filter((thread) => left[thread]! > 0);
      const thread = choose(enabled, taken);
      left[thread]!--;
      taken.push(thread);
    }
    const schedule = taken.join("");
    seen.set(schedule, (seen.get(schedule) ?? 0) + 1);
  }
  // One order of 3 threads in 6, and one pair of places in 6²: the first to be
  // put off may go on before the second, or after it.
  const expected = DRAWS / (6 * turns ** (depth - 1));
  for (const schedule of ["012201", "012210"]) {
    const count = seen.get(schedule) ?? 0;
    // Four standard deviations of chance.
    assert.ok(
      Math.abs(count - expected) < 4 * Math.sqrt(expected),
      `${schedule}: ${count}, expected ${expected}`,
    );
  }
});

const DRAWS = 20_000;
