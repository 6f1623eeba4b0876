import assert from "node:assert/strict";
import { listDefaults } from "./defaults.ts";

Deno.test("listDefaults() reads kinds from types, else from values", () => {
  const check = (
    source: string,
    kinds: string[] | null,
    values: unknown[] | null = null,
  ) => {
    const [found] = listDefaults(source);
    assert.deepEqual([found?.kinds, found?.values], [kinds, values], source);
  };
  check("let a = 1", ["number"]);
  check("let a = -1.5", ["number"]);
  check("let a = -Infinity", ["number"]);
  check("let a = 'x'", ["string"]);
  check("let a = `x${1}`", ["string"]);
  check("let a = 5n", ["bigint"]);
  check("let a = !true", ["boolean"]);
  check("let a = [1]", ["array"]);
  check("let a = { b: 1 } as const", ["object"]);
  check("let a = null", null);
  check("let a = f()", null);
  check("let a", null);
  check("let a: string | null = null", ["string", "null"]);
  check("let a: 'x' | 'y' = 'x'", ["string"], ["x", "y"]);
  check("let a: 1 | true = 1", ["number", "boolean"], [1, true]);
  check("let a: readonly number[] = []", ["array"]);
  check("let a: Record<string, number> = {}", ["object"]);
  check("let a: Options = {}", null);
  check("let a: (number | undefined) = 1", ["number", "undefined"]);
});

Deno.test("listDefaults() lists each variable with its line", () => {
  assert.deepEqual(
    listDefaults(
      "// text\nconst a = 1, b = 'x';\nfunction f() { let c = 1; }\nlet d = {\n  e: 1,\n};",
    )
      .map(({ name, text }) => [name, text]),
    [["a", "const a = 1, b = 'x'"], ["b", "const a = 1, b = 'x'"], [
      "d",
      "let d = {",
    ]],
  );
});
