import assert from "node:assert/strict";
import { cellOptions, standInFor } from "./stand_ins.ts";

Deno.test("standInFor() knows the kernels whose place we can take, by their names", () => {
  const check = (kernelspec: unknown, expected: string | undefined) =>
    assert.equal(standInFor({ kernelspec }), expected);
  check({ name: "tslab", display_name: "TypeScript" }, "tslab");
  check({ name: "jslab" }, "jslab");
  check({ name: "deno" }, "deno");
  check({ name: "skein" }, undefined);
  check({ name: "toString" }, undefined);
  check({ name: 5 }, undefined);
  check(undefined, undefined);
});

Deno.test("cellOptions() joins what a kernel's notebooks expect with tsconfig.json, which wins", async () => {
  const folder = await Deno.makeTempDir({ prefix: "skein stand in " });
  try {
    assert.deepEqual(cellOptions(folder, undefined), {});
    assert.deepEqual(cellOptions(folder, "deno"), { cells: "typescript" });
    const tslab = cellOptions(folder, "tslab");
    assert.equal(tslab.compilerOptions?.experimentalDecorators, true);
    assert.equal(tslab.compilerOptions?.strict, false);
    assert.equal(cellOptions(folder, "jslab").cells, "javascript");
    const text = '{ "compilerOptions": { "strict": true, "jsx": "react" } }';
    await Deno.writeTextFile(`${folder}/tsconfig.json`, text);
    const both = cellOptions(folder, "tslab").compilerOptions;
    assert.equal(both?.strict, true);
    assert.equal(both?.jsx, "react");
    assert.equal(both?.experimentalDecorators, true);
    const { compilerOptions } = cellOptions(folder, undefined);
    assert.deepEqual(compilerOptions, { strict: true, jsx: "react" });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
