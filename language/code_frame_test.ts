import assert from "node:assert/strict";
import { codeFrame } from "./code_frame.ts";

const SOURCE = "one\ntwo\n\tthree(3)\nfour\nfive";

Deno.test("codeFrame() shows the lines around", () => {
  assert.deepEqual(codeFrame(SOURCE, 3, 2), [
    "  1 | one",
    "  2 | two",
    "> 3 |   three(3)",
    "    |   ^",
    "  4 | four",
  ]);
});

Deno.test("codeFrame() marks all of a range", () => {
  assert.deepEqual(
    codeFrame(SOURCE, 3, 2, { endColumn: 7, linesBefore: 0, linesAfter: 0 }),
    ["> 3 |   three(3)", "    |   ^^^^^"],
  );
});

Deno.test("codeFrame() stays inside the source", () => {
  assert.deepEqual(codeFrame(SOURCE, 1, 1), [
    "> 1 | one",
    "    | ^",
    "  2 | two",
  ]);
  assert.deepEqual(codeFrame(SOURCE, 9, 1), []);
  assert.deepEqual(codeFrame("", 1, 1), ["> 1 |", "    | ^"]);
  assert.deepEqual(codeFrame("ab", 1, 9), ["> 1 | ab", "    |   ^"]);
});

Deno.test("codeFrame() aligns line numbers", () => {
  const source = Array.from({ length: 10 }, (_, index) => `l${index + 1}`);
  assert.deepEqual(
    codeFrame(source.join("\r\n"), 9, 1, { linesBefore: 1 }),
    ["   8 | l8", ">  9 | l9", "     | ^", "  10 | l10"],
  );
});

Deno.test("codeFrame() cuts long lines around the mark", () => {
  const line = `${"a".repeat(100)}!${"b".repeat(100)}`;
  assert.deepEqual(codeFrame(`x\n${line}`, 2, 101, { maxWidth: 11 }), [
    "  1 |",
    "> 2 | …aaaa!bbbb…",
    "    |      ^",
  ]);
  assert.deepEqual(codeFrame(line, 1, 1, { maxWidth: 5 }), [
    "> 1 | aaaa…",
    "    | ^",
  ]);
});
