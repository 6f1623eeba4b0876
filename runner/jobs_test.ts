import assert from "node:assert/strict";
import { inParallel } from "./jobs.ts";

Deno.test("inParallel() keeps the order, and no more under way than asked", async () => {
  let active = 0;
  let most = 0;
  const results = await inParallel([3, 1, 2, 0], 2, async (turns) => {
    most = Math.max(most, ++active);
    for (let i = 0; i < turns; i++) await null;
    active--;
    return turns * 10;
  });
  assert.deepEqual(results, [30, 10, 20, 0]);
  assert.equal(most, 2);
  assert.deepEqual(await inParallel([], 3, () => Promise.resolve(1)), []);
});

Deno.test("inParallel() fails when one does, once the others have ended", async () => {
  const ended: number[] = [];
  const run = inParallel([1, 2, 3], 2, async (item) => {
    if (item === 1) throw new RangeError("one");
    await null;
    ended.push(item);
  });
  await assert.rejects(run, { message: "one" });
  assert.deepEqual(ended, [2]);
});
