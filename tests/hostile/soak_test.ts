/**
 * A short soak: `deno task bench soak` is the long one.
 * @module
 */
import assert from "node:assert/strict";
import type { SoakResult } from "../../bench/soak.ts";

Deno.test("kernel answers all that it is asked for a while, and leaves nothing", async () => {
  const { requests, wrong, samples, left } = await soakAlone(5);
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

/** In a process of its own: other tests have kernels and children in this one. */
async function soakAlone(seconds: number): Promise<SoakResult> {
  const soak = JSON.stringify(import.meta.resolve("../../bench/soak.ts"));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { soak } from ${soak};
      console.log(JSON.stringify(await soak(${seconds})));`,
    ],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}
