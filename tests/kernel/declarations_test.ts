/**
 * What cells declare, from cell to cell, in a real session.
 * @module
 */
import assert from "node:assert/strict";
import { TestKernel } from "./open_kernel.ts";

Deno.test("kernel hoists var at a cell's top level", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run("console.log(total); var total = 5; total");
  assert.deepEqual([run.text(), run.result], ["undefined\n", "5"]);
});

Deno.test("kernel keeps constants of earlier cells, however they are assigned to", async () => {
  await using kernel = new TestKernel();
  await kernel.run("const limit = 5; enum Mode { On }");
  await kernel.run('import { join } from "node:path";');
  const error = (await kernel.run("limit = 6; limit")).error;
  assert.match(
    error,
    /^TypeError: Assignment to constant variable 'limit'\.\n/,
  );
  assert.match(error, /Cell \[3\], line 1/);
  for (
    const code of [
      "[limit] = [6]",
      "for (limit of [6]);",
      "Mode = 1",
      "join += 1",
      "await 0; limit++",
      "queueMicrotask(() => { limit = 6 }); await new Promise((r) => setTimeout(r))",
    ]
  ) {
    const run = await kernel.run(code);
    assert.match(
      run.error + run.text(),
      /Assignment to constant/,
      code,
    );
  }
  const caught = await kernel.run(
    "const own = 1; let said; try { own = 2 } catch (e) { said = e.name } [own, said, limit, Mode.On]",
  );
  assert.equal(caught.result, '[ 1, "TypeError", 5, 0 ]');
  // Any kind may be declared again, as any kind.
  const again = await kernel.run(
    "let limit = 1; limit = 2; function join() {} class Mode {} join = 3; [limit, join, typeof Mode]",
  );
  assert.equal(again.result, '[ 2, 3, "function" ]');
});

Deno.test("a global object that takes no names is said to be the cause", async () => {
  for (const how of ["freeze", "seal", "preventExtensions"]) {
    await using kernel = new TestKernel({ languageServer: false });
    await kernel.run(`Object.${how}(globalThis); undefined`);
    const run = await kernel.run("let fresh = 1; fresh");
    assert.match(
      run.error,
      /^TypeError: Cannot declare "fresh": globalThis was frozen or sealed, /,
    );
    assert.equal((await kernel.run("1 + 1")).result, "2");
  }
  await using kernel = new TestKernel({ languageServer: false });
  const run = await kernel.run("var Infinity = 1");
  assert.doesNotMatch(run.error, /frozen/);
});
