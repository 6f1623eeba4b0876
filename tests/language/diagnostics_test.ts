/**
 * What is wrong with cells, and what is no problem of a notebook.
 * @module
 */
import assert from "node:assert/strict";
import { checkRows, findProblems, type NotebookRow } from "./cases.ts";

interface Row extends NotebookRow {
  /** The cell that is diagnosed after the others, as one that was run. */
  readonly cell: string;
  /** `code line:column-endColumn` of each problem, in order. @default none */
  readonly finds?: readonly string[];
  /** What the first message says. @default anything */
  readonly says?: RegExp;
}

const PROBLEMS: readonly Row[] = [
  {
    name: "first line, first column",
    cell: 'nope; "a"',
    finds: ["TS2304 1:1-5"],
    says: /^Cannot find name 'nope'\.$/,
  },
  {
    name: "last line, without a line break",
    cell: "const a = 1;\nconst b: string = a",
    finds: ["TS2322 2:7-8"],
  },
  {
    name: "after an emoji",
    cell: 'const face = "😀"; const n: number = face;',
    finds: ["TS2322 1:26-27"],
  },
  {
    name: "after CRLF",
    cell: "const a = 1;\r\nconst s: string = a;\r\nconst t: string = a;\r\n",
    finds: ["TS2322 2:7-8", "TS2322 3:7-8"],
  },
  {
    name: "after tabs",
    cell: 'if (true) {\n\t\tconst n: number = "a";\n}',
    finds: ["TS2322 2:9-10"],
  },
  {
    name: "after line breaks that only TypeScript knows",
    cell:
      "/*\u2028*/const a = 1;\rconst s: string = a;\u2029const t: string = a;",
    finds: ["TS2322 3:7-8", "TS2322 4:7-8"],
  },
  {
    name: "after half characters, escaped and not",
    cells: [
      "const half = '\\ud800', low = `\\u{dfff}`, raw = '\ud800\udc00\udc00';",
      "enum Half { A = '\\udbff' }",
    ],
    cell:
      "half.nope; low.nope; raw.nope;\n// \ud800\nconst h: Half = '\\ud800';",
    finds: [
      "TS2339 1:6-10",
      "TS2339 1:16-20",
      "TS2339 1:26-30",
      "TS2322 3:7-8",
    ],
  },
  {
    name: "after characters that are no letters",
    cell: "const z = '\0\b\v';\v\f\u0085\ufeffconst n: string = 1",
    finds: ["TS2322 1:27-28"],
  },
  {
    name: "over many lines",
    cell: "const p: { a: number } = {\n  b: 1,\n  c: 2,\n};\n(\n  1\n).foo(\n)",
    finds: ["TS2353 2:3-4", "TS2339 7:3-6"],
  },
  {
    name: "over many lines without an end column",
    cell: "function f(): number {\n}\nf(\n  1,\n  2,\n);",
    finds: ["TS2355 1:15-21", "TS2554 4:3"],
  },
  {
    name: "in an object literal that is a cell",
    cell: "{ a: nope, b: 1,\n  c: nope }",
    finds: ["TS2304 1:6-10", "TS2304 2:6-10"],
  },
  {
    name: "name redeclared with another type",
    cells: ["let a = 1", "let a = 'x'"],
    cell: "a.toFixed()",
    finds: ["TS2551 1:3-10"],
  },
  {
    name: "const redeclared as a function",
    cells: ["const a = 1", "function a(): string { return 'x' }"],
    cell: "const n: number = a();",
    finds: ["TS2322 1:7-8"],
  },
  {
    name: "assigning another type to a let of an earlier cell",
    cells: ["let n = 1"],
    cell: 'n = "x";',
    finds: ["TS2322 1:1-2"],
  },
  {
    name: "assigning to a const of an earlier cell",
    cells: ["const n = 1"],
    cell: "n = 2;",
    finds: ["TS2588 1:1-2"],
    says: /because it is a constant/,
  },
  {
    name: "class extended in a later cell",
    cells: ["class A { size(): number { return 1 } }"],
    cell: 'class B extends A { override size(): string { return "x" } }',
    finds: ["TS2416 1:30-34"],
  },
  {
    name: "abstract class of an earlier cell",
    cells: ["abstract class Shape { abstract area(): number }"],
    cell: "new Shape();\nclass Dot extends Shape {}",
    finds: ["TS2511 1:1-12", "TS2515 2:7-10"],
  },
  {
    name: "missing property of an interface of an earlier cell",
    cells: ["interface P { name: string; age: number }"],
    cell: 'const p: P = { name: "x" };',
    finds: ["TS2741 1:7-8"],
  },
  {
    name: "overloads",
    cells: [
      "function pick(a: string): string;\nfunction pick(a: number): number;\n" +
      "function pick(a: unknown): unknown { return a }",
    ],
    cell: "pick(true);\nconst s: string = pick(1);",
    finds: ["TS2769 1:6-10", "TS2322 2:7-8"],
  },
  {
    name: "generic function",
    cells: ["function first<T>(all: readonly T[]): T { return all[0] as T }"],
    cell: 'const n: number = first(["a"]);',
    finds: ["TS2322 1:7-8"],
  },
  {
    name: "result of an async function",
    cells: ["async function load() { return await Promise.resolve(5) }"],
    cell: "const s: string = await load();\nload().toFixed();",
    finds: ["TS2322 1:7-8", "TS2339 2:8-15"],
  },
  {
    name: "enum of an earlier cell",
    cells: ["enum Color { Red, Green }"],
    cell: "const c: Color = Color.Blue;",
    finds: ["TS2339 1:24-28"],
  },
  {
    name: "null that may be there",
    cells: ["const found = [1].find((n) => n > 2)"],
    cell: "found.toFixed()",
    finds: ["TS18048 1:1-6"],
  },
  {
    name: "parameter without a type",
    cell: "function f(a) { return a }",
    finds: ["TS7006 1:12-13"],
  },
  {
    name: "error, then fixed",
    cells: ['const n: number = "x"', "const n: number = 1"],
    cell: "const s: string = n;",
    finds: ["TS2322 1:7-8"],
  },
  {
    name: "syntax error",
    cell: "const a = ;",
    finds: ["TS1109 1:11-12"],
  },
  {
    name: "JSX attribute",
    cell: "const el = <p>{nope}</p>;",
    finds: ["TS2304 1:16-20"],
  },
  {
    name: "relative module without the name",
    cell: 'import { Square } from "./shapes.ts";',
    finds: ["TS2305 1:10-16"],
  },
  {
    name: "relative module that is not there",
    cell: 'import { a } from "./none.ts";\na',
    finds: ["no-local 1:19-30"],
  },
  {
    name: "type of a module of the import map",
    cell: 'import { SIDES } from "shapes";\nconst s: string = SIDES;',
    finds: ["TS2322 2:7-8"],
  },
  {
    name: "argument of an npm package",
    cell: 'import { z } from "npm:zod@4.6.7/mini";\nz.string(5);',
    finds: ["TS2345 2:10-11"],
  },
  {
    name: "argument of a helper",
    cells: ['import { task } from "skein"'],
    cell: "task(5);",
    finds: ["TS2345 1:6-7"],
  },
  {
    name: "import in an earlier cell, used wrongly",
    cells: ['import { Circle } from "./shapes.ts"'],
    cell: 'new Circle("x").radius;',
    finds: ["TS2345 1:12-15"],
  },
  {
    name: "two problems in source order",
    cell: 'const b: string = 1;\nconst a: number = "a";',
    finds: ["TS2322 1:7-8", "TS2322 2:7-8"],
  },
  {
    name: "satisfies and unions",
    cells: ['type Side = "left" | "right"'],
    cell: 'const s: Side = "up";',
    finds: ["TS2322 1:7-8"],
  },
  {
    name: "class used before it was declared in its cell",
    cell: "new Late();\nclass Late {}",
    finds: ["TS2449 1:5-9"],
  },
  {
    name: "const of the same cell declared twice",
    cell: "const a = 1;\nconst a = 2;",
    finds: ["TS2451 1:7-8", "TS2451 2:7-8"],
  },
];

const NO_PROBLEMS: readonly Row[] = [
  { name: "unused names", cell: "const a = 1; function f(b: number) {}" },
  { name: "unused import", cell: 'import { Circle } from "./shapes.ts"' },
  { name: "last expression unused", cell: "1 + 1;\n[1, 2]" },
  { name: "empty cell", cell: "" },
  { name: "comment only", cell: "// nothing" },
  {
    name: "top-level await and for await",
    cell: "const a = await Promise.resolve(1);\n" +
      "for await (const b of [a]) b.toFixed();",
  },
  { name: "redeclared const", cells: ["const a = 1"], cell: 'const a = "x"' },
  {
    name: "redeclared let",
    cells: ["let a = 1"],
    cell: "let a = 'x'; a.at(0)",
  },
  {
    name: "redeclared class",
    cells: ["class A { a = 1 }", "new A().a"],
    cell: "class A { b = 1 }\nnew A().b",
  },
  {
    name: "class over const",
    cells: ["const A = 1"],
    cell: "class A {}; new A()",
  },
  {
    name: "interface over interface: the later one alone",
    cells: ["interface P { a: number }", "interface P { b: number }"],
    cell: "const p: P = { b: 1 }",
  },
  {
    name: "interface merged in one cell",
    cell: "interface P { a: number }\ninterface P { b: number }\n" +
      "const p: P = { a: 1, b: 2 }",
  },
  {
    name: "interface and const of one name",
    cells: [
      "interface P { a: number }\nconst P = { make: (): P => ({ a: 1 }) }",
    ],
    cell: "const p: P = P.make(); p.a",
  },
  {
    name: "type over class",
    cells: ["class T {}"],
    cell: "type T = number; const t: T = 1",
  },
  {
    name: "name that shadows a global",
    cells: ["const name = 1; const event = 2; const status = 3"],
    cell: "name + event + status",
  },
  {
    name: "name of a global function",
    cells: ["function open(a: number) { return a }\nconst fetch = 1"],
    cell: "open(1) + fetch",
  },
  {
    name: "shadowed inside of a function",
    cells: ["const a = 1"],
    cell: 'function f(a: string) { return a.at(0) }\n{ const a = ""; a.at(0) }',
  },
  {
    name: "let of an earlier cell assigned",
    cells: ["let n = 1"],
    cell: "n = 2; n += 1; n++;",
  },
  {
    name: "let without a type, assigned later",
    cells: ["let later"],
    cell: "later = 5",
  },
  {
    name: "let without a type, used in a third cell",
    cells: ["let later", "later = 5"],
    cell: "later.toFixed()",
  },
  {
    name: "var of an earlier cell",
    cells: ["var count = 0; for (var i = 0; i < 3; i++) count++"],
    cell: "count = i",
  },
  {
    name: "function that calls one of an earlier cell",
    cells: ["function one() { return 1 }"],
    cell: "function two(): number { return one() + one() }",
  },
  {
    name: "destructured object, nested, with defaults and rest",
    cells: [
      "const { a, b: { c = 2 }, ...rest } = { a: 1, b: { c: 3 }, d: 'x' }",
    ],
    cell: "a.toFixed(); c.toFixed(); rest.d.at(0)",
  },
  {
    name: "destructured array with holes and rest",
    cells: ["let [x, , y = 5, ...zs] = [1, 2, 3, 4]"],
    cell: "x = y; zs.push(x)",
  },
  {
    name: "destructured again, some names",
    cells: ["const [p, q] = [1, 'x']", "const [q, r] = [2, true]"],
    cell: "p.toFixed(); q.toFixed(); r.valueOf()",
  },
  {
    name: "enum over enum",
    cells: ["enum E { A }", "enum E { B }"],
    cell: "E.B",
  },
  {
    name: "const enum and declared type",
    cells: ["const enum E { A = 'a' }\ntype V = E.A"],
    cell: "const v: V = E.A",
  },
  {
    name: "namespace",
    cells: [
      "namespace Geo { export const pi = 3; export interface P { x: 1 } }",
    ],
    cell: "const p: Geo.P = { x: 1 }; Geo.pi.toFixed()",
  },
  {
    name: "type-only import used later",
    cells: ['import type { Corners } from "./shapes.ts"'],
    cell: "const c: Corners = { count: 3 }",
  },
  {
    name: "inline type import used later",
    cells: ['import { type Corners, SIDES } from "./shapes.ts"'],
    cell: "const c: Corners = { count: SIDES }",
  },
  {
    name: "namespace import used as value and type",
    cells: ['import * as shapes from "./shapes.ts"'],
    cell: "const c: shapes.Corners = { count: shapes.SIDES }",
  },
  {
    name: "import of a builtin",
    cells: [
      'import assert from "node:assert/strict"; import fs from "node:fs"',
    ],
    cell: "assert.equal(fs.existsSync('.'), true)",
  },
  {
    name: "same import twice",
    cells: ['import { SIDES } from "./shapes.ts"'],
    cell: 'import { SIDES } from "./shapes.ts"; SIDES',
  },
  {
    name: "import that narrows in a later cell",
    cells: ["import { addAreas as add } from './shapes.ts'"],
    cell: "add(1, 2).toFixed()",
  },
  {
    name: "dynamic import",
    cell: 'const { SIDES } = await import("./shapes.ts"); SIDES.toFixed()',
  },
  {
    name: "JSX and a component of an earlier cell",
    cells: ["const h = (...a: unknown[]) => a; const Hi = () => <b>hi</b>"],
    cell: "<div class='x'><Hi /></div>",
  },
  {
    name: "decorator",
    cells: ["function dec(_: unknown, c: ClassDecoratorContext) { c.name }"],
    cell: "@dec\nclass A {}\n new A()",
  },
  {
    name: "using",
    cells: ["class R { [Symbol.dispose]() {} }"],
    cell:
      "using r = new R(); await using s = { async [Symbol.asyncDispose]() {} }",
  },
  {
    name: "exports",
    cells: [
      "export const a = 1; export function f() { return a }",
      "export default 5",
    ],
    cell: "f() + a",
  },
  {
    name: "re-export",
    cell: 'export { SIDES } from "./shapes.ts"; export * from "./shapes.ts"',
  },
  { name: "object literal that is a cell", cell: "{ a: 1, b: [2] }" },
  { name: "display and Deno.jupyter", cell: "Deno.jupyter.html`<b>x</b>`" },
  {
    name: "global of the running program",
    cell: "display(1)",
    runtime: { type: "description", lookupId: 0, text: "function display" },
  },
  {
    name: "name from a failed cell",
    cells: ['const n: number = "x"; const ok = 5; throw new Error("no")'],
    cell: "n.toFixed(); ok.toFixed()",
  },
  {
    name: "names beside a syntax error",
    cells: ["const good = 1;\nconst bad = ;"],
    cell: "good.toFixed()",
  },
  {
    name: "code after throw and unreachable",
    cell: "function f() { return 1; f() }\nlabel: for (;;) { break label }",
  },
  {
    name: "helper of mod.ts by path",
    cell: 'import { compare, task } from "../../../mod.ts";\n' +
      "task((n: number) => n); compare",
  },
  {
    name: "recursive types over cells",
    cells: ["interface Tree { left?: Tree; right?: Tree }"],
    cell: "const t: Tree = { left: { right: {} } }",
  },
  {
    name: "function redeclared with other parameters",
    cells: ["function f(a: number) {}", "f(1)"],
    cell: "function f(a: string) {}\nf('x')",
  },
  {
    name: "declare global, long ago",
    cells: [
      "declare global { var shared: number }",
      "const a = 1",
      "const b = 2",
      "console.log(a + b)",
    ],
    cell: "shared.toFixed()",
  },
  {
    name: "cells that declare nothing",
    cells: ["let a = 1", "a = 2", "a", 'console.log("a")'],
    cell: "a.toFixed()",
  },
  {
    name: "generator and accessor",
    cells: [
      "function* count() { yield 1 }\nconst o = { get a() { return 1 } }",
    ],
    cell: "for (const n of count()) n.toFixed(); o.a.toFixed()",
  },
];

Deno.test("LanguageService finds what is wrong with a cell, and only that", async () => {
  await checkRows([...PROBLEMS, ...NO_PROBLEMS], async (service, row) => {
    const problems = await findProblems(service, service.ran(row.cell));
    const found = problems?.map(({ code, line, column, endColumn }) =>
      `${code} ${line}:${column}${endColumn ? `-${endColumn}` : ""}`
    );
    const all = JSON.stringify(problems);
    assert.deepEqual(found, row.finds ?? [], `found ${all}`);
    if (row.says) assert.match(problems![0]!.message, row.says);
  });
});
