import assert from "node:assert/strict";
import { transformCell } from "./transform.ts";

const OPTIONS = { name: "cell", folderUrl: "file:///nb/" };

/** Expects a syntax error where the source has `⟦…⟧`, or none if it has not. */
function check(marked: string, message?: string) {
  const source = marked.replace(/[⟦⟧]/g, "");
  const result = transformCell(source, OPTIONS);
  if (message === undefined) {
    assert.equal(result.type, "script", `${source}\n${JSON.stringify(result)}`);
    return;
  }
  assert.ok(result.type === "syntax-error", source);
  const before = marked.slice(0, marked.indexOf("⟦")).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  assert.deepEqual(
    [result.line, result.column, result.message],
    [before.length, column, message],
    source,
  );
}

Deno.test("transformCell() tells what the parser finds", () => {
  check("const a = ⟦;⟧", "Expression expected.");
  check("let x = 1\nfoo(\n  1,⟦,⟧\n)", "Argument expression expected.");
  check("{ a: 1, b ⟦2⟧ }", "';' expected.");
  check("const f = () => {\n  return 1\n⟦⟧", "'}' expected.");
  check("let s = 'abc⟦⟧", "Unterminated string literal.");
  check(
    "let t = <T,>(x: T) => x;\nlet u = <string>⟦⟧;",
    "Expression expected.",
  );
});

Deno.test("transformCell() tells what only shows in the whole cell", () => {
  const top = "can only be used within a function body.";
  check(
    "f()\n⟦return 1⟧",
    "A 'return' statement can only be used within a function body.",
  );
  check("const ⟦x⟧;", "'x' is a constant and must be initialized.");
  check(
    "let ⟦{ a }⟧;",
    "A destructuring declaration must have an initializer.",
  );
  check("let a = 1\nconst ⟦a⟧ = 2", "Cannot redeclare 'a' in the same cell.");
  check(
    "import { a } from 'x'\nfunction ⟦a⟧() {}",
    "Cannot redeclare 'a' in the same cell.",
  );
  check("const A = 1\nenum ⟦A⟧ {}", "Cannot redeclare 'A' in the same cell.");
  check("let { a, b: [⟦a⟧] } = x", "Cannot redeclare 'a' in the same cell.");
  check("⟦f()⟧ = 1", "Only a variable or a property can be assigned to.");
  check("⟦a?.b⟧ = 1", "Only a variable or a property can be assigned to.");
  check("1 + ⟦2⟧++", "Only a variable or a property can be assigned to.");
  check("⟦arguments⟧.length", `'arguments' ${top}`);
  check("const f = () => ⟦new.target⟧", `'new.target' ${top}`);
  check(
    "⟦super⟧.x()",
    "'super' can only be used within a method or a constructor.",
  );
  check(
    "if (1) { ⟦break⟧ }",
    "A 'break' statement can only be used within a loop or 'switch'.",
  );
  check(
    "switch (1) { case 1: ⟦continue⟧ }",
    "A 'continue' statement can only be used within a loop.",
  );
  check(
    "function f() {\n  ⟦await x⟧\n}",
    "'await' is only allowed within async functions and at the top level of a cell.",
  );
});

Deno.test("transformCell() leaves what is right alone", () => {
  check(
    "const a = 1\na = 2\nconst f = () => a++\nimport b from 'x'\n;(b) += 2",
  );
  check("function f() { return arguments.length + new.target }");
  check("const f = () => { return 1 }");
  check("var a = 1; var a = 2; function g() {} function g() {}");
  check("function a(): void\nfunction a(x: 1): void\nfunction a(x?: 1) {}");
  check("interface A {}\nconst A = 1\ntype B = A\nlet B: B");
  check("enum E { A }\nenum E { B = 1 }\nnamespace E { export let x = 1 }");
  check("const a = 1\n{ let a = 2; a = 3 }\nconst f = (a) => a++");
  check("for (const x of y) x\nfor (const k in o);\nfor (a.b of c);");
  check("[a, b] = [b, a]; ({ a, b: c.d } = x); (a) = 1; a![0] = 2");
  check("for (;;) { switch (1) { default: continue } break }\nq: { break q }");
  check("class A { x = super.y; m() { super.m() } static { this.z = 1 } }");
  check("async () => { await 1; for await (const x of y); }");
  check("({ arguments: 1 }).arguments");
  check("try {} catch ({ message }) {}");
  check("await (1); await [1]; await /x/; await `t`; await -1; await +1");
});
