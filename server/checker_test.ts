import assert from "node:assert/strict";
import { placeProblem } from "./checker.ts";

Deno.test("placeProblem() finds what lines and columns mean", () => {
  const source = "let a = 1;\nlet b: string = a;\n";
  const check = (
    at: { line: number; column: number; endColumn?: number },
    expected: string,
  ) => {
    const { from, to, message } = placeProblem(source, {
      ...at,
      code: "TS1",
      message: "m",
    });
    assert.equal(source.slice(from, to), expected);
    assert.equal(message, "TS1 m");
  };
  check({ line: 2, column: 5, endColumn: 6 }, "b");
  check({ line: 2, column: 17 }, "a;");
  check({ line: 1, column: 1, endColumn: 4 }, "let");
  // What lies outside is put at the end.
  check({ line: 9, column: 9, endColumn: 99 }, "");
});
