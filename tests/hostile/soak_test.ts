/**
 * A short soak: `deno task bench soak` is the long one.
 * @module
 */
import assert from "node:assert/strict";
import { soak } from "../../bench/soak.ts";

Deno.test("kernel answers all that it is asked for a while, and leaves nothing", async () => {
  const { requests, wrong, samples, left } = await soak(5);
  assert.deepEqual(wrong, []);
  assert.ok(requests > 0);
  assert.deepEqual(left, []);
  const [, second, ...others] = samples;
  const last = others.at(-1);
  if (second?.descriptors && last?.descriptors) {
    // Some come and go; none is lost with each cell.
    const grown = last.descriptors - second.descriptors;
    assert.ok(grown < 20, `${grown} more descriptors`);
  }
});
