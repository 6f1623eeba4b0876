import assert from "node:assert/strict";
import { joinLines, splitLines } from "./lines.ts";

Deno.test("splitLines() splits where Python's str.splitlines() does", () => {
  const check = (text: string, expected: readonly string[]) => {
    assert.deepEqual(splitLines(text), expected);
    assert.equal(joinLines(splitLines(text)), text);
  };
  check("", []);
  check("a", ["a"]);
  check("a\n", ["a\n"]);
  check("\n\na", ["\n", "\n", "a"]);
  check("a\r\nb\rc", ["a\r\n", "b\r", "c"]);
  check("a\vb\fc\x1cd\x85e\u2028f\u2029g", [
    "a\v",
    "b\f",
    "c\x1c",
    "d\x85",
    "e\u2028",
    "f\u2029",
    "g",
  ]);
  check("10%\r20%\r", ["10%\r", "20%\r"]);
});
