import assert from "node:assert/strict";
import { mutateCell } from "./mutants.ts";

Deno.test("mutateCell() puts one fault into each mutant, coarse ones first", () => {
  const source =
    "async function f(n: number) {\n  if (n < 2) return n;\n  log(n);\n  return await f(n - 1);\n}";
  assert.deepEqual(
    mutateCell(source).map(({ what, line }) => `${line}: ${what}`),
    [
      "1: the body of f was emptied",
      "2: return gives undefined",
      "4: return gives undefined",
      "2: a condition was turned around",
      "2: < became <=",
      "3: a statement was removed",
      "4: - became +",
      "2: 2 became 3",
      "4: await was removed",
      "4: 1 became 2",
    ],
  );
  assert.equal(
    mutateCell(source)[3]!.source,
    source.replace("n < 2", "!(n < 2)"),
  );
});

Deno.test("mutateCell() leaves loops able to end, and reads half a cell", () => {
  const what = (source: string) => mutateCell(source).map(({ what }) => what);
  assert.deepEqual(what("for (;;) { i++; if (i) break; }"), [
    "a condition was turned around",
  ]);
  assert.deepEqual(what("const f = (x) => x;\nlet y = 1"), [
    "f returns undefined",
    "y is undefined",
    "1 became 2",
  ]);
  assert.deepEqual(what(""), []);
  assert.ok(mutateCell("function f( { return 1 +").length >= 0);
});
