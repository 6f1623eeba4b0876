import assert from "node:assert/strict";
import { transformPlain } from "./plain_expression.ts";
import { transformCell } from "./transform.ts";

/** Whether a cell takes the short way; if so, its script is the usual one. */
function isPlain(source: string): boolean {
  const script = transformPlain(source, "cell_1.ts");
  if (script === null) return false;
  const options = { name: "cell_1.ts", folderUrl: "file:///" };
  assert.deepEqual(script, transformCell(source, options), source);
  return true;
}

Deno.test("transformPlain() makes the script that transformCell() makes", () => {
  const cells = [
    "1+1",
    "x",
    "x;\n",
    "x ; ",
    "'use strict'",
    'console.log("a", b.c[0], [1, -2.5], f()) \n\n',
    "(a)",
    "(a + b) * c.d(e)[f - 1] / 2 % 3 === !g && -h != i || j",
    "table.class.import.await.arguments",
    "'ä💡' + \"it's\"",
    "__g + __b + __meta",
    "a - -b",
    "[]",
    '"a"\n.length'.replace("\n", " "),
  ];
  for (const cell of cells) assert.ok(isPlain(cell), cell);
});

Deno.test("transformPlain() leaves to TypeScript what it does not know for sure", () => {
  const cells = [
    "",
    ";",
    " x",
    "\nx",
    "x\ny",
    "x; y",
    "x;;",
    "// x",
    "x // y",
    "x /* y */",
    "x = 1",
    "x += 1",
    "x++",
    "--x",
    "a-->b",
    "a ** b",
    "-a ** b",
    "a<b>(c)",
    "a as b",
    "a!",
    "a! == b",
    "a ?? b",
    "a?.b",
    "{ a: 1 }",
    "({})",
    "a => b",
    "(a) => b",
    "async (a)",
    "(a, b)",
    "f(...a)",
    "f(a,)",
    "[,]",
    "01",
    "1_0",
    "1n",
    "1.toFixed()",
    "'a\\n'",
    "`a`",
    "/a/",
    "a + /b/",
    "this",
    "arguments",
    "arguments[0]",
    "let[0]",
    "await x",
    "import.meta",
    "import('a')",
    "new.target",
    "new A()",
    "typeof a",
    "type (a)",
    "yield",
    "eval('1')",
    "@a",
    "#a in b",
    "f(",
    "f)",
    "a b",
    `${"(".repeat(100_000)}1${")".repeat(100_000)}`,
  ];
  for (const cell of cells) assert.ok(!isPlain(cell), cell.slice(0, 100));
});

Deno.test("transformPlain() is right about all short rows of tokens", () => {
  let plain = 0;
  const visit = (source: string, left: number): void => {
    if (isPlain(source)) plain++;
    if (left === 0) return;
    for (const token of TOKENS) visit(source + token, left - 1);
  };
  visit("", 4);
  assert.ok(plain > 500, `${plain} were plain`);
});

Deno.test("transformPlain() is right about long rows of tokens", () => {
  let seed = 1;
  const below = (end: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % end;
  };
  const pick = (tokens: readonly string[]): string =>
    tokens[below(tokens.length)]!;
  /** Mostly the grammar, sometimes any token. */
  const grow = (depth: number): string => {
    if (below(40) === 0) return pick(TOKENS);
    switch (depth === 0 ? 0 : below(6)) {
      case 1:
        return `${grow(depth - 1)}${pick(OPERATORS)}${grow(depth - 1)}`;
      case 2:
        return `${grow(depth - 1)}(${grow(depth - 1)}, ${grow(depth - 1)})`;
      case 3:
        return `${grow(depth - 1)}[${grow(depth - 1)}]`;
      case 4:
        return `(${grow(depth - 1)})${pick([".a", " .if", ""])}`;
      case 5:
        return `${pick(["-", "!", ""])}[${grow(depth - 1)}]`;
      default:
        return pick(["a", "as", "b ", "of", "1", "0.5", "'s'", "null", '"+"']);
    }
  };
  let plain = 0;
  for (let i = 0; i < 3000; i++) {
    if (isPlain(grow(4) + pick(["", ";", " ;\n", "\n"]))) plain++;
  }
  assert.ok(plain > 500, `${plain} were plain`);
});

const OPERATORS = ["+", " - ", "*", "/", " % ", "==", "!==", " && ", "||"];
const TOKENS = [
  ..."()[].,;!-+*/%=&| \n\t<>?:{}@#\\`",
  "a",
  "1",
  "0",
  "'s'",
  "&&",
  "await",
  "type",
  "async",
];
