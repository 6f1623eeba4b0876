import assert from "node:assert/strict";
import { isComplete } from "./completeness.ts";

Deno.test("isComplete() finds a whole cell complete", () => {
  const table = [
    "",
    "1 + 1",
    "const a = { b: [1] }",
    "// comment {",
    "/re[/]/",
    "await f()",
    "`a${1}b`",
    "const f = <T>(x: T) => x",
    "<a>b</a>",
    "if (a) b",
    "@dec class A {}",
  ];
  for (const source of table) {
    assert.deepEqual(isComplete(source), { status: "complete" }, source);
  }
});

Deno.test("isComplete() finds out that something is missing", () => {
  const table: readonly (readonly [string, string])[] = [
    ["f(", "  "],
    ["{", "  "],
    ["function f() {\n  if (a) {", "    "],
    ["function f() {\n  a()", "  "],
    ["function f() {\n\ta()\n", "\t"],
    ["const a = [", "  "],
    ["const a = [1,", ""],
    ["const f = () =>", "  "],
    ["`a", ""],
    ["`a${", "  "],
    ["`a${b}", ""],
    ["/* a", ""],
    ["1 +", ""],
    ["const a =", ""],
    ["a.", ""],
    ["await", ""],
    ["@dec", ""],
    ["if (a)", ""],
    ["if (a) b; else", ""],
    ["interface A {\n  b: 1", "  "],
    ["type A =", ""],
    ["<a>", ""],
    ["import { a } from", ""],
    ["class A {", "  "],
    ["for (const a of b)", ""],
    ["try { a }", ""],
    ["return (", "  "],
  ];
  for (const [source, indent] of table) {
    const expected = { status: "incomplete", indent };
    assert.deepEqual(isComplete(source), expected, source);
  }
});

Deno.test("isComplete() finds what no continuation makes right", () => {
  const table = ["const = 7q", "a b", "f(1,,)", "'abc", "let a = ;", ")", "}"];
  for (const source of table) {
    assert.deepEqual(isComplete(source), { status: "invalid" }, source);
  }
});
