/**
 * What the name at the cursor is.
 * @module
 */
import assert from "node:assert/strict";
import type { RuntimeAnswer } from "../../language/service.ts";
import { checkRows, type NotebookRow, splitAtCursor } from "./cases.ts";

interface Row extends NotebookRow {
  /** The cell, with the cursor. */
  readonly at: string;
  /** Whether the source is wanted too. @default false */
  readonly isDetailed?: boolean;
  /** The whole text without marks; `null` when nobody knows it. @default anything */
  readonly is?: string | null;
  /** What the text without marks has. @default anything */
  readonly has?: readonly (string | RegExp)[];
  /** What the Markdown has. @default anything */
  readonly marked?: RegExp;
  /** What the text must not have. @default nothing */
  readonly lacks?: RegExp;
}

const GREET = "/**\n * Says `hello`.\n *\n * @param who To whom.\n" +
  " * @returns The **greeting**.\n */\n" +
  "function greet(who: string, loud = false): string {\n  return who;\n}";

const ROWS: readonly Row[] = [
  { name: "constant", cells: ["const n = 5"], at: "n¦", is: "const n: 5" },
  {
    name: "let of an earlier cell",
    cells: ["let n = 5"],
    at: "n¦",
    is: "let n: number",
  },
  {
    name: "let that was assigned in another cell",
    cells: ["let n = 5", "n = 6"],
    at: "¦n",
    is: "let n: number",
  },
  {
    name: "redeclared with another type",
    cells: ["const n = 5", 'const n = ["x"]'],
    at: "n¦",
    is: "const n: string[]",
  },
  {
    name: "redeclared as a class",
    cells: ["const n = 5", "class n {}"],
    at: "n¦",
    is: "class n",
  },
  {
    name: "destructured object",
    cells: ["const { a: { b } } = { a: { b: true } }"],
    at: "b¦",
    is: "const b: boolean",
  },
  {
    name: "destructured with a default",
    cells: ["const { a = 'x' }: { a?: string } = {}"],
    at: "a¦",
    is: "const a: string",
  },
  {
    name: "destructured array's rest",
    cells: ["const [x, ...xs] = [1, 2]"],
    at: "xs¦",
    is: "const xs: [number]",
  },
  {
    name: "enum",
    cells: ["enum Color { Red, Green }"],
    at: "Color¦",
    is: "enum Color",
  },
  {
    name: "enum member",
    cells: ["enum Color { Red, Green }"],
    at: "Color.Gre¦en",
    is: "(enum member) Color.Green = 1",
  },
  {
    name: "interface",
    cells: ["/** A point. */ interface P { x: 1 }"],
    at: "let p: P¦",
    is: "interface P\nA point.",
  },
  {
    name: "interface merged in one cell",
    cells: ["interface P { x: 1 }\ninterface P { y: 2 }"],
    at: "declare const p: P; p.y¦",
    is: "(property) P.y: 2",
  },
  {
    name: "type alias",
    cells: ['type Side = "left" | "right"'],
    at: "let s: Side¦",
    is: 'type Side = "left" | "right"',
  },
  {
    name: "namespace",
    cells: ["namespace Geo { export const pi = 3 }"],
    at: "Geo¦",
    is: "namespace Geo",
  },
  {
    name: "class with documentation",
    cells: ["/** A thing. */ class A { constructor(public a: number) {} }"],
    at: "A¦",
    is: "class A\nA thing.",
  },
  {
    name: "class after new",
    cells: ["/** A thing. */ class A { constructor(public a: number) {} }"],
    at: "new A¦(1)",
    has: ["constructor A(a: number): A"],
  },
  {
    name: "member of a class extended in a later cell",
    cells: [
      "class A {\n  /** How big. */\n  size = 1;\n}",
      "class B extends A {}",
    ],
    at: "new B().si¦ze",
    is: "(property) A.size: number\nHow big.",
  },
  {
    name: "abstract method",
    cells: ["abstract class A { abstract area(): number }"],
    at: "declare const a: A; a.area¦()",
    is: "(method) A.area(): number",
  },
  {
    name: "generic function",
    cells: [
      "function first<T>(all: readonly T[]): T | undefined { return all[0] }",
    ],
    at: "first¦(['a'])",
    is: "function first<string>(all: readonly string[]): string | undefined",
  },
  {
    name: "overloads",
    cells: [
      "function pick(a: string): string;\nfunction pick(a: number): number;\nfunction pick(a: any) { return a }",
    ],
    at: "pick¦(1)",
    is: "function pick(a: number): number (+1 overload)",
  },
  {
    name: "async function",
    cells: ["async function load() { return [1] }"],
    at: "load¦",
    is: "function load(): Promise<number[]>",
  },
  {
    name: "result of a top-level await",
    cells: ["const rows = await Promise.resolve([1])"],
    at: "rows¦",
    is: "const rows: number[]",
  },
  {
    name: "arrow function",
    cells: ["const twice = (n: number) => 2 * n"],
    at: "twice¦",
    is: "const twice: (n: number) => number",
  },
  {
    name: "function that calls an earlier one",
    cells: ["const one = () => 1", "function two() { return [one()] }"],
    at: "two¦",
    is: "function two(): number[]",
  },
  {
    name: "name from a failed cell",
    cells: ["const a = 5; throw 1"],
    at: "a¦",
    is: "const a: 5",
  },
  {
    name: "error, then fixed",
    cells: ["const n: number = 'x'", "const n: string = 'x'"],
    at: "n¦",
    is: "const n: string",
  },
  {
    name: "using",
    cells: ["class R { [Symbol.dispose]() {} }"],
    at: "using r = new R(); r¦",
    has: [/using r: R|const r: R/],
  },
  {
    name: "loop variable",
    at: "for await (const row of [{ id: 1 }]) { ro¦w }",
    is: "const row: {\n    id: number;\n}",
  },
  {
    name: "typed parameter",
    at: "function f(a: string) { return ¦a }",
    is: "(parameter) a: string",
  },
  {
    name: "name shadowed in a function",
    cells: ["const a = 1"],
    at: "function f(a: string) { return ¦a }",
    is: "(parameter) a: string",
  },
  {
    name: "JSX component",
    cells: ["/** A panel. */ function Panel() { return null }"],
    at: "<Pan¦el />",
    is: "function Panel(): null\nA panel.",
  },
  {
    name: "on a later line after an emoji and CRLF",
    cells: ["const n = 5"],
    at: '"😀";\r\n"😀" + n¦',
    is: "const n: 5",
  },
  {
    name: "on the first line of an object literal",
    cells: ["const n = 5"],
    at: "{ a: n¦ }",
    is: "const n: 5",
  },
  // Documentation.
  {
    name: "own function, its documentation",
    cells: [GREET],
    at: "greet¦",
    has: [
      "function greet(who: string, loud?: boolean): string",
      "Says hello.",
      /@param who\s*[—-]? ?To whom/,
      "The greeting.",
    ],
    lacks: /[`*]/,
    marked: /Says `hello`\.[^]*\*\*greeting\*\*/,
  },
  {
    name: "own function, inside of its call",
    cells: [GREET],
    at: "greet(¦)",
    has: ["greet(who: string", "Says hello."],
  },
  {
    name: "own function, at a later argument",
    cells: [GREET],
    at: 'greet("x", ¦)',
    has: ["greet(who: string, loud?: boolean): string"],
  },
  {
    name: "Deno function",
    at: "Deno.readText¦File",
    has: [
      "function Deno.readTextFile(path: string | URL",
      "entire contents of a file",
    ],
  },
  {
    name: "Deno itself",
    at: "Deno¦",
    has: ["namespace Deno", "global namespace"],
  },
  { name: "fetch", at: "fetch¦", has: ["function fetch(", "Fetch a resource"] },
  { name: "console.log", at: "console.log¦", has: ["Console.log("] },
  {
    name: "method of a builtin",
    at: '"a".toUpper¦Case()',
    is:
      "(method) String.toUpperCase(): string\nConverts all the alphabetic characters in a string to uppercase.",
  },
  {
    name: "Array.map, instantiated",
    at: '[1].map¦((n) => "x")',
    has: ["(method) Array<number>.map<string>("],
  },
  { name: "Promise", at: "Promise¦", has: ["Promise"] },
  {
    name: "node built-in",
    cells: ['import { join } from "node:path"'],
    at: "join¦",
    has: [/function join\(\.\.\.paths: string\[\]\): string|join\(/],
  },
  {
    name: "import of a relative module",
    cells: ['import { addAreas } from "./shapes.ts"'],
    at: "addAreas¦",
    is: "function addAreas(...areas: number[]): number\nAdds areas.",
  },
  {
    name: "type-only import",
    cells: ['import type { Corners } from "./shapes.ts"'],
    at: "let c: Corners¦",
    is: "interface Corners\nSomething with corners.",
  },
  {
    name: "import of the import map",
    cells: ['import { SIDES } from "shapes"'],
    at: "SIDES¦",
    is: "const SIDES: 4\nHow many sides a square has.",
  },
  {
    name: "import under another name",
    cells: ['import { SIDES as corners } from "./shapes.ts"'],
    at: "corners¦",
    is: "const corners: 4\nHow many sides a square has.",
  },
  {
    name: "namespace import",
    cells: ['import * as shapes from "./shapes.ts"'],
    at: "shapes.Cir¦cle",
    is: "class Circle\nA circle.",
  },
  {
    name: "helper of mod.ts by path",
    cells: ['import { compare } from "../../../mod.ts"'],
    at: "compare¦",
    has: ["function compare<", "Runs the same jobs"],
  },
  {
    name: "helper of skein",
    cells: ['import { task } from "skein"'],
    at: "task¦",
    has: ["function task<", /@param|Units|work/],
  },
  {
    name: "option of a helper",
    cells: ['import { compare } from "skein"'],
    at: "compare((n: number) => n, { inputs: [1], sam¦ples: 3 })",
    has: [/\(property\) CompareOptions<.*>\.samples\?: number/],
  },
  {
    name: "npm package",
    cells: ['import { z } from "npm:zod@4.6.7/mini"'],
    at: "z.strictOb¦ject",
    has: ["strictObject"],
  },
  {
    name: "result of an npm package",
    cells: [
      'import { z } from "npm:zod@4.6.7/mini"',
      "const row = z.object({ id: z.number() }).parse({})",
    ],
    at: "row¦",
    is: "const row: {\n    id: number;\n}",
  },
  // Sources.
  {
    name: "source of a function",
    cells: [GREET],
    at: "greet¦",
    isDetailed: true,
    has: [
      /greet\(who: string, loud = false\): string \{\n {2}return who;\n\}$/,
    ],
  },
  {
    name: "no source when it is not asked for",
    cells: [GREET],
    at: "greet¦",
    lacks: /return who/,
  },
  {
    name: "source of a class",
    cells: ["class A {\n  a = 1;\n}"],
    at: "A¦",
    isDetailed: true,
    is: "class A\n\nclass A {\n  a = 1;\n}",
  },
  {
    name: "source of the later one of two",
    cells: ["function f() { return 1 }", "function f() { return 2 }"],
    at: "f¦",
    isDetailed: true,
    has: ["return 2"],
    lacks: /return 1/,
  },
  {
    name: "source of a function of the same cell",
    at: "const x = 1;\nfunction f() { return x }\nf¦()",
    isDetailed: true,
    has: ["function f() { return x }"],
  },
  {
    name: "source of an arrow function",
    cells: ["let twice = (n: number) => {\n  return 2 * n;\n}"],
    at: "twice¦",
    isDetailed: true,
    has: ["twice = (n: number) => {\n  return 2 * n;\n}"],
  },
  {
    name: "source of a method",
    cells: ["class A { grow(by: number) { return by } }"],
    at: "new A().grow¦",
    isDetailed: true,
    has: ["grow(by: number) { return by }"],
  },
  {
    name: "source of a type",
    cells: ["interface P {\n  x: 1;\n}"],
    at: "let p: P¦",
    isDetailed: true,
    has: ["interface P {\n  x: 1;\n}"],
  },
  {
    name: "no source of what is not the user's",
    at: "fetch¦",
    isDetailed: true,
    lacks: /declare function/,
  },
  // Nobody knows.
  { name: "unknown name", at: "nobody¦", is: null },
  { name: "empty place", at: " ¦ ", is: null },
  { name: "number", at: "15¦", is: null },
  // The running program.
  {
    name: "value of a constant",
    cells: ["const n = 5"],
    at: "n¦",
    runtime: text("number\n\n5"),
    is: "const n: 5\n\nValue now: 5",
  },
  {
    name: "any",
    cells: ["const o: any = { a: 1 }"],
    at: "o¦",
    runtime: text("object\n\n{ a: 1 }"),
    is: "object\n\n{ a: 1 }",
  },
  {
    name: "member of any",
    cells: ["const o: any = { a: 1 }"],
    at: "o.a¦",
    runtime: text("number\n\n1"),
    is: "number\n\n1",
  },
  {
    name: "member of any when the program is busy",
    cells: ["const o: any = { a: 1 }"],
    at: "o.a¦",
    runtime: null,
    is: null,
  },
  {
    name: "JSON",
    cells: ['const o = JSON.parse("{}")'],
    at: "o¦",
    runtime: text("object\n\n{}"),
    is: "object\n\n{}",
  },
  {
    name: "function that gives any",
    cells: ["/** Reads. */ function read(a: string): any { return a }"],
    at: "read¦",
    runtime: text("function read\n\n[Function: read]"),
    has: [
      "function read(a: string): any\nReads.",
      "Value now: [Function: read]",
    ],
  },
  {
    name: "any with documentation",
    cells: ["/** Settings. */ const o: any = { a: 1 }"],
    at: "o¦",
    runtime: text("object\n\n{ a: 1 }"),
    has: ["Settings.", "{ a: 1 }"],
  },
  {
    name: "unknown to types, known to the program",
    at: "madeGlobal¦",
    runtime: text("string\n\n'x'"),
    is: "string\n\n'x'",
  },
];

function text(answer: string): RuntimeAnswer {
  return { type: "description", lookupId: 0, text: answer };
}

Deno.test("LanguageService describes names, with documentation and source", async () => {
  await checkRows(ROWS, async (service, row) => {
    const { source, offset } = splitAtCursor(row.at);
    const found = await service.inspect(source, offset, row.isDetailed);
    const plain = found?.plain ?? "";
    if (row.is !== undefined) assert.equal(found?.plain ?? null, row.is);
    for (const one of row.has ?? []) {
      const has = typeof one === "string"
        ? plain.includes(one)
        : one.test(plain);
      assert.ok(has, `${one} is not in ${JSON.stringify(plain)}`);
    }
    if (row.lacks) assert.doesNotMatch(plain, row.lacks);
    if (row.marked) assert.match(found?.markdown ?? "", row.marked);
  });
});
