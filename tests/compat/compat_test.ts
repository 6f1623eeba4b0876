/**
 * Notebooks of other kernels behave here as their cases say; what the kernels
 * themselves do is in `docs/compat.md`.
 * @module
 */
import assert from "node:assert/strict";
import { runOwn } from "./own_kernel.ts";
import { type Compared, hasGpu, SUITES } from "./suites.ts";

for (const compared of Object.keys(SUITES) as Compared[]) {
  Deno.test(`cells made for ${compared} do what their cases say`, async () => {
    const wrong: string[] = [];
    await runOwn(compared, SUITES[compared], ({ title }, results) => {
      for (const { one, isRight, found } of results) {
        if (!isRight) wrong.push(`${title}: ${one.name}: ${found}`);
      }
    });
    assert.deepEqual(wrong, []);
  });
}

Deno.test({
  name: `objects of WebGPU are among the cases${
    hasGpu ? "" : ": skipped, this machine has no adapter"
  }`,
  ignore: !hasGpu,
  fn() {
    assert.equal(SUITES.deno.at(-1)?.title, "WebGPU");
  },
});
