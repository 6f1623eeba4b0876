import assert from "node:assert/strict";
import { startNotebook } from "./test_notebook.ts";

Deno.test("transformCell() takes a cell in braces as an object where it can", async () => {
  const table: readonly (readonly [string, unknown])[] = [
    ["{ a: 1, b: [2] }", { a: 1, b: [2] }],
    ["{ a: 1 }", { a: 1 }],
    ["{}", {}],
    ["// note\n{\n  a: 1, // one\n  'b c': 2,\n}\n// end", { a: 1, "b c": 2 }],
    ["{ ...{ a: 1 }, get b() { return 2 } }", { a: 1, b: 2 }],
    ["{ Math }", { Math }],
    ["{ a: <any> 1 }", { a: 1 }],
    ["{ a: (await 1) as number }", { a: 1 }],
    ["{ let a = 1; }", undefined],
    ["{ tA = 1 }", undefined],
    ["{ ; }", undefined],
    ["{ a: 1 }\n2", 2],
  ];
  using notebook = startNotebook();
  await notebook.run("let tA: number");
  for (const [cell, expected] of table) {
    assert.deepEqual(await notebook.run(cell), expected, cell);
  }
  assert.equal(await notebook.run("tA"), 1);
});

Deno.test("transformCell() evaluates an object cell once", async () => {
  using notebook = startNotebook();
  await notebook.run("let tCalls = 0");
  await notebook.run("{ a: ++tCalls }");
  assert.equal(await notebook.run("tCalls"), 1);
});

Deno.test("transformCell() takes export = as an expression", async () => {
  using notebook = startNotebook();
  assert.equal(await notebook.run("const tA = 1\nexport = tA"), 1);
});
