import assert from "node:assert/strict";
import { relayText } from "./relay.ts";

Deno.test("relayText() puts tokens where they came from", () => {
  const mappings = [
    { generatedLine: 0, generatedColumn: 0, line: 0, column: 2 },
    { generatedLine: 1, generatedColumn: 0, line: 3, column: 0 },
    { generatedLine: 2, generatedColumn: 0, line: 3, column: 1 },
  ];
  assert.deepEqual(relayText("a;\nb;\nc;", mappings), {
    text: "  a;\n\n\nb; c;",
    shifts: { 4: [[4, -2]] },
  });
});

Deno.test("relayText() never parts words that belong together", () => {
  const mappings = [
    { generatedLine: 0, generatedColumn: 0, line: 0, column: 0 },
    { generatedLine: 0, generatedColumn: 19, line: 1, column: 4 },
  ];
  const { text } = relayText("const f = () => { return 1; };", mappings);
  assert.equal(text, "const f = () => { return 1; };");
  const { text: moved } = relayText("throw     1;", [
    { generatedLine: 0, generatedColumn: 10, line: 2, column: 0 },
  ]);
  assert.equal(moved, "throw 1;");
});

Deno.test("relayText() lets most tokens keep their lines", () => {
  const at = (generatedColumn: number, line: number) => ({
    generatedLine: 0,
    generatedColumn,
    line,
    column: 0,
  });
  const { text } = relayText("a; b; c; d;", [
    at(0, 0),
    at(3, 5),
    at(6, 1),
    at(9, 2),
  ]);
  assert.equal(text, "a; b;\nc;\nd;");
});
