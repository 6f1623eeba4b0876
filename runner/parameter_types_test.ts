import assert from "node:assert/strict";
import type { Default } from "../language/mod.ts";
import { fitParameters, type Typed } from "./parameter_types.ts";

const DEFAULTS: Default[] = [
  { name: "n", text: "let n = 1", kinds: ["number"], values: null },
  { name: "who", text: 'let who = ""', kinds: ["string"], values: null },
  { name: "big", text: "let big = 1n", kinds: ["bigint"], values: null },
  { name: "on", text: "let on = false", kinds: ["boolean"], values: null },
  { name: "list", text: "let list = []", kinds: ["array"], values: null },
  { name: "any", text: "let any = f()", kinds: null, values: null },
  {
    name: "mode",
    text: 'let mode: "a" | "b" = "a"',
    kinds: ["string"],
    values: ["a", "b"],
  },
  {
    name: "maybe",
    text: "let maybe: number | null = null",
    kinds: ["number", "null"],
    values: null,
  },
];

Deno.test("fitParameters() gives values the types of their defaults", () => {
  const check = (name: string, typed: Typed, expected: unknown) =>
    assert.deepEqual(fitParameters({ [name]: typed }, DEFAULTS), {
      [name]: expected,
    });
  check("n", { value: 2.5, text: "2.5" }, 2.5);
  check("n", { value: NaN, text: "NaN" }, NaN);
  check("who", { value: "ada", text: "ada" }, "ada");
  check("who", { value: 123, text: "0123" }, "0123");
  check("who", { value: true, text: "true" }, "true");
  check("who", { value: [1], text: "[1]" }, "[1]");
  check("big", { value: 7, text: "7" }, 7n);
  check("big", { value: 2n ** 80n, text: "…" }, 2n ** 80n);
  check("any", { value: { a: 1 }, text: "" }, { a: 1 });
  check("mode", { value: "b", text: "b" }, "b");
  check("maybe", { value: null, text: "null" }, null);
});

Deno.test("fitParameters() refuses what does not fit, and what nobody declares", () => {
  const check = (name: string, typed: Typed, expected: string) =>
    assert.throws(() => fitParameters({ [name]: typed }, DEFAULTS), {
      name: "RangeError",
      message: `Cannot set parameter "${name}": ${expected}`,
    });
  check(
    "n",
    { value: "x", text: "x" },
    "x is text, expected a number (the notebook says: let n = 1)",
  );
  check(
    "n",
    { value: 2n ** 60n + 1n, text: "1152921504606846977" },
    "1152921504606846977 is an integer that no number holds exactly, expected at most 9007199254740991, or a bigint in the notebook (the notebook says: let n = 1)",
  );
  check(
    "big",
    { value: 1.5, text: "1.5" },
    "1.5 is a number, expected a bigint (the notebook says: let big = 1n)",
  );
  check(
    "on",
    { value: 1, text: "1" },
    "1 is a number, expected true or false (the notebook says: let on = false)",
  );
  check(
    "list",
    { value: { a: 1 }, text: '{"a":1}' },
    '{"a":1} is an object, expected a list (the notebook says: let list = [])',
  );
  check(
    "mode",
    { value: "c", text: "c" },
    'c is none of "a", "b" (the notebook says: let mode: "a" | "b" = "a")',
  );
  check(
    "maybe",
    { value: "x", text: "x" },
    "x is text, expected a number or null (the notebook says: let maybe: number | null = null)",
  );
  check(
    "m",
    { value: 1, text: "1" },
    "the notebook does not declare it, expected one of n, who, big, on, list, any, mode, maybe",
  );
  assert.throws(() => fitParameters({ n: { value: 1, text: "1" } }, null), {
    message:
      'Cannot set parameter "n": the notebook has no cell tagged parameters, expected one that declares it',
  });
  assert.deepEqual(fitParameters({}, null), {});
});
