import assert from "node:assert/strict";
import { listMatches, planReplacements } from "./find.ts";

const CELLS = [
  { id: "a", text: "let A = a + 1; // a.b" },
  { id: "b", text: "nothing" },
  { id: "c", text: "🙂a.b" },
];
const find = (words: string, isCaseKept = false) =>
  listMatches(CELLS, { words, isCaseKept })
    .map(({ cellId, from, to }) => `${cellId}${from}-${to}`).join(" ");

Deno.test("listMatches() finds words as they are written, in all cells", () => {
  assert.equal(find(""), "");
  assert.equal(find("a.b"), "a18-21 c2-5");
  assert.equal(find("A", true), "a4-5");
  assert.equal(find("A"), "a4-5 a8-9 a18-19 c2-3");
  assert.equal(find("("), "");
});

Deno.test("planReplacements() changes each cell once", () => {
  const plan = planReplacements(
    listMatches(CELLS, { words: "a.b", isCaseKept: true }),
    "x",
  );
  assert.deepEqual(Object.fromEntries(plan), {
    a: [{ from: 18, to: 21, insert: "x" }],
    c: [{ from: 2, to: 5, insert: "x" }],
  });
});
