import assert from "node:assert/strict";
import { studentT } from "./student_t.ts";

Deno.test("studentT() agrees with tables", () => {
  const expected: Readonly<Record<number, string>> = {
    1: "12.706",
    3: "3.182",
    5: "2.571",
    10: "2.228",
    30: "2.042",
    1000: "1.962",
  };
  for (const [freedom, t] of Object.entries(expected)) {
    assert.ok(Math.abs(studentT(Number(freedom)) - Number(t)) < 0.0015, t);
  }
});
