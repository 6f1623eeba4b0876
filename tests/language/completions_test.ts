/**
 * What could stand at the cursor.
 * @module
 */
import assert from "node:assert/strict";
import type { RuntimeAnswer } from "../../language/service.ts";
import { checkRows, type NotebookRow, splitAtCursor } from "./cases.ts";

interface Row extends NotebookRow {
  /** The cell, with the cursor. */
  readonly at: string;
  /** `text type` of what must be among the completions. @default nothing */
  readonly has?: readonly string[];
  /** `text type` of all of them, in order. @default anything */
  readonly is?: readonly string[];
  /** Texts that must not be. @default nothing */
  readonly lacks?: readonly string[];
  /** What a choice replaces. @default the name before the cursor */
  readonly replaces?: string;
  /** What the first one's signature and documentation say. @default anything */
  readonly says?: RegExp;
}

const ROWS: readonly Row[] = [
  // Members.
  {
    name: "member of a string",
    cells: ['const s = "a"'],
    at: "s.toUp¦",
    is: ["toUpperCase method"],
    says: /\(method\) String\.toUpperCase\(\): string\n.*uppercase/s,
  },
  {
    name: "member after a name redeclared with another type",
    cells: ["let a = 1", 'let a = "x"'],
    at: "a.¦",
    has: ["charAt method"],
    lacks: ["toFixed"],
  },
  {
    name: "member after ?.",
    cells: ["const p: { name?: string } | null = null as any"],
    at: "p?.name?.trimSt¦",
    is: ["trimStart method"],
  },
  {
    name: "member of what may be undefined",
    cells: ["const p: { name: string; age: number } | undefined = undefined"],
    at: "p?.¦",
    is: ["age field", "name field"],
  },
  {
    name: "member in a template literal",
    cells: ['const s = "a"'],
    at: "`it is ${s.toUp¦} now`",
    is: ["toUpperCase method"],
  },
  {
    name: "member inside of JSX",
    cells: ['const s = "a"'],
    at: "const el = <p>{s.toUp¦}</p>",
    is: ["toUpperCase method"],
  },
  {
    name: "member inside of a call",
    cells: ['const s = "a"'],
    at: "console.log(1, s.toUp¦)",
    is: ["toUpperCase method"],
  },
  {
    name: "member on a later line, after an emoji and CRLF",
    cells: ['const s = "a"'],
    at: 'const e = "😀";\r\n"😀" + s.toUp¦',
    is: ["toUpperCase method"],
  },
  {
    name: "member when a line below is half-written",
    cells: ['const s = "a"'],
    at: "const a = s.toUp¦\nfunction f( {",
    is: ["toUpperCase method"],
  },
  {
    name: "member in the middle of a name",
    cells: ['const s = "a"'],
    at: "s.toUp¦per",
    is: ["toUpperCase method"],
    replaces: "toUpper",
  },
  {
    name: "member of a class extended in a later cell",
    cells: [
      "class A { /** How big. */ size = 1; #hidden = 2; private own = 3 }",
      "class B extends A { grow() { return this.size } }",
    ],
    at: "new B().¦",
    is: ["grow method", "size field"],
  },
  {
    name: "member of this",
    cells: ["class A { size = 1 }"],
    at: "class B extends A { grow() { return this.si¦ } }",
    is: ["size field"],
    says: /\(property\) A\.size: number/,
  },
  {
    name: "member of a generic function's result",
    cells: ["function wrap<T>(value: T) { return { value } }"],
    at: "wrap('a').value.toUp¦",
    is: ["toUpperCase method"],
  },
  {
    name: "member of an awaited result",
    cells: ["async function load() { return { rows: [1], total: 1 } }"],
    at: "(await load()).¦",
    is: ["rows field", "total field"],
  },
  {
    name: "member of a top-level await of an earlier cell",
    cells: ["const loaded = await Promise.resolve({ rows: [1] })"],
    at: "loaded.ro¦",
    is: ["rows field"],
  },
  {
    name: "member of a destructured name",
    cells: [
      "const { a: { b: renamed } = { b: 'x' } } = {} as { a?: { b: string } }",
    ],
    at: "renamed.toUp¦",
    is: ["toUpperCase method"],
  },
  {
    name: "member of a destructured array's rest",
    cells: ["const [head, ...tail] = [1, 2, 3]"],
    at: "tail.fi¦",
    has: ["fill method", "filter method", "find method"],
  },
  {
    name: "member of an enum",
    cells: ["enum Color { Red, Green = 'g' }"],
    at: "Color.¦",
    is: ["Green enum-member", "Red enum-member"],
  },
  {
    name: "member of a namespace",
    cells: ["namespace Geo { export const pi = 3; export function area() {} }"],
    at: "Geo.¦",
    is: ["area function", "pi constant"],
  },
  {
    name: "member of an interface redeclared",
    cells: ["interface P { a: 1 }", "interface P { b: 1 }"],
    at: "declare const p: P; p.¦",
    is: ["b field"],
  },
  {
    name: "member of a let assigned in another cell",
    cells: ["let list: string[] = []", "list = ['a']"],
    at: "list[0]?.toUp¦",
    is: ["toUpperCase method"],
  },
  {
    name: "member of a type-only import",
    cells: ['import type { Corners } from "./shapes.ts"'],
    at: "function f(c: Corners) { return c.¦ }",
    is: ["count field"],
    says: /How many\./,
  },
  {
    name: "member of using",
    cells: ["class R { close() {} [Symbol.dispose]() {} }"],
    at: "using r = new R();\nr.clo¦",
    is: ["close method"],
  },
  {
    name: "member that needs brackets",
    cells: ["const o = { 'a-b': 1, ab: 2 }"],
    at: "o.a¦",
    is: ["ab field"],
  },
  {
    name: "member of Deno",
    at: "Deno.readTextF¦",
    has: ["readTextFile function"],
  },
  {
    name: "member of globalThis",
    at: "globalThis.structuredCl¦",
    has: ["structuredClone function"],
  },
  { name: "member of console", at: "console.tabl¦", is: ["table method"] },
  {
    name: "element of an array in for await",
    at: "for await (const row of [{ id: 1 }]) { row.¦ }",
    is: ["id field"],
  },
  {
    name: "element of an array in a callback",
    cells: ["const rows = [{ id: 1, name: 'x' }]"],
    at: "rows.map((row) => row.¦)",
    is: ["id field", "name field"],
  },
  // Names.
  {
    name: "local of the same cell",
    at: "const zebra = 1;\nfunction f(zoo: string) { const zinc = 2; z¦ }",
    has: ["zebra constant", "zinc constant", "zoo variable"],
  },
  {
    name: "typed parameter",
    cells: ["interface Item { price: number }"],
    at: "function f(item: Item) { return item.¦ }",
    is: ["price field"],
  },
  {
    name: "names of earlier cells, whatever their kind",
    cells: [
      "const nameA = 1; let nameB = 2; function nameC() {} class nameD {}\n" +
      "enum nameE { A } namespace nameF { export const a = 1 }",
    ],
    at: "name¦",
    has: [
      "nameA constant",
      "nameB variable",
      "nameC function",
      "nameD class",
      "nameE enum",
      "nameF module",
    ],
  },
  {
    name: "names that were imported, as what they are",
    cells: [
      'import { addAreas as ownAdd, Circle as OwnCircle, SIDES as ownSides, type Corners as OwnCorners } from "./shapes.ts";\n' +
      'import * as ownShapes from "./shapes.ts"',
    ],
    at: "own¦",
    is: ["ownAdd function", "ownShapes module", "ownSides constant"],
  },
  {
    name: "classes that were imported",
    cells: ['import { Circle } from "./shapes.ts"'],
    at: "new Circ¦",
    is: ["Circle class"],
  },
  {
    name: "types that were imported, where a type stands",
    cells: ['import type { Corners } from "./shapes.ts"'],
    at: "let c: Corn¦",
    is: ["Corners interface"],
  },
  {
    name: "function of an earlier cell, with its documentation",
    cells: [
      "/** Says hello.\n * @param who To whom. */\nfunction greet(who: string) {}",
    ],
    at: "gree¦",
    is: ["greet function"],
    says: /function greet\(who: string\): void\n.*Says hello\./s,
  },
  {
    name: "constant of an earlier cell, with its type",
    cells: ["/** How many. */\nconst amount = 5"],
    at: "amou¦",
    is: ["amount constant"],
    says: /const amount: 5\n.*How many\./s,
  },
  {
    name: "name of a failed cell",
    cells: ["const saved: number = 'x'; throw 1"],
    at: "save¦",
    is: ["saved constant"],
  },
  {
    name: "name declared twice, once",
    cells: ["const twice = 1", "function twice() {}"],
    at: "twic¦",
    is: ["twice function"],
  },
  {
    name: "name of an earlier cell that is declared in this one too",
    cells: ["const again = 1"],
    at: "let again = 'x'; agai¦",
    is: ["again variable"],
  },
  { name: "global", at: "structuredCl¦", is: ["structuredClone function"] },
  { name: "fetch", at: "fetc¦", has: ["fetch function"] },
  { name: "keywords", at: "awai¦", is: ["await keyword"] },
  {
    name: "keywords after names",
    cells: ["const consume = 1"],
    at: "cons¦",
    has: ["consume constant", "const keyword"],
  },
  {
    name: "type where a type stands",
    cells: ["interface Pixel { x: 1 }"],
    at: "let p: Pixe¦",
    is: ["Pixel interface"],
  },
  {
    name: "no type where a value stands",
    cells: ["interface Pixel { x: 1 }"],
    at: "Pixe¦",
    is: [],
  },
  {
    name: "class after new",
    cells: ["class Widget {}"],
    at: "new Widg¦",
    is: ["Widget class"],
  },
  {
    name: "JSX component",
    cells: ["function Panel(p: { wide?: boolean }) { return <p /> }"],
    at: "<Pane¦",
    has: ["Panel function"],
  },
  {
    name: "JSX attribute",
    cells: ["function Panel(p: { wide?: boolean }) { return null }"],
    at: "<Panel wi¦ />",
    is: ["wide field"],
  },
  {
    name: "decorator",
    cells: ["function logged(_: unknown, c: unknown) {}"],
    at: "@logg¦\nclass A {}",
    is: ["logged function"],
  },
  {
    name: "nothing inside of a comment",
    cells: ["const abc = 1"],
    at: "// ab¦",
    is: [],
  },
  {
    name: "nothing inside of a string",
    cells: ["const abc = 1"],
    at: 'const s: string = "ab¦"',
    is: [],
  },
  {
    name: "nothing for a name that is being declared",
    cells: ["const abc = 1"],
    at: "const ab¦",
    is: [],
  },
  {
    name: "names at an empty place",
    cells: ["const abc = 1"],
    at: "¦",
    has: ["abc constant", "fetch function", "const keyword"],
  },
  {
    name: "names after a bracket",
    cells: ["const abc = 1"],
    at: "f(¦",
    has: ["abc constant"],
  },
  {
    name: "shorthand property",
    cells: ["const width = 1"],
    at: "const o = { wid¦ }",
    has: ["width constant"],
  },
  {
    name: "labels of a loop",
    at: "outer: for (;;) { break out¦ }",
    is: ["outer property"],
  },
  // Literals.
  {
    name: "union in a string",
    cells: ['type Side = "left" | "right"'],
    at: 'const s: Side = "¦"',
    is: ["left constant", "right constant"],
    replaces: "",
  },
  {
    name: "union in a string, begun",
    cells: ['type Side = "left" | "right"'],
    at: 'const s: Side = "le¦"',
    is: ["left constant"],
    replaces: "le",
  },
  {
    name: "union as an argument",
    cells: ['function turn(side: "left" | "right") {}'],
    at: 'turn("¦")',
    is: ["left constant", "right constant"],
  },
  {
    name: "union as a property",
    cells: ['interface O { side: "left" | "right-hand" }'],
    at: 'const o: O = { side: "right-¦" }',
    is: ["right-hand constant"],
    replaces: "right-",
  },
  {
    name: "union in a comparison",
    cells: ['let side = "left" as "left" | "right"'],
    at: 'side === "¦"',
    is: ["left constant", "right constant"],
  },
  {
    name: "union in a case",
    cells: ['let side = "left" as "left" | "right"'],
    at: 'switch (side) { case "¦" }',
    has: ["left constant", "right constant"],
  },
  {
    name: "key in brackets",
    cells: ["const o = { 'a-b': 1, ab: 2 }"],
    at: 'o["a¦"]',
    has: ["a-b field", "ab field"],
    replaces: "a",
  },
  {
    name: "property of an object literal",
    cells: ["interface O { width: number; height?: number }"],
    at: "const o: O = { width: 1, ¦ }",
    is: ["height field"],
  },
  {
    name: "option of an own function",
    cells: ["function draw(o: { wide?: boolean; deep?: boolean }) {}"],
    at: "draw({ wi¦ })",
    has: ["wide field"],
  },
  // Imports.
  {
    name: "relative path",
    at: 'import { a } from "./sha¦"',
    is: ["./shapes.ts file"],
    replaces: "./sha",
  },
  {
    name: "relative path, the folder",
    at: 'import { a } from "./¦"',
    has: ["./shapes.ts file"],
    replaces: "./",
  },
  {
    name: "relative path, the folder above",
    at: 'import { a } from "../compl¦"',
    is: ["../completions_test.ts file"],
    replaces: "../compl",
  },
  {
    name: "relative path, dynamic",
    at: 'const m = await import("./sha¦")',
    is: ["./shapes.ts file"],
    replaces: "./sha",
  },
  {
    name: "import map",
    at: 'import { a } from "sha¦"',
    has: ["shapes file"],
    replaces: "sha",
  },
  {
    name: "node built-in",
    at: 'import a from "node:pat¦"',
    has: ["node:path file"],
    replaces: "node:pat",
  },
  {
    name: "our modules",
    at: 'import a from "ske¦"',
    is: ["skein module"],
    replaces: "ske",
  },
  {
    name: "our modules in single quotes, half-written",
    at: "import a from 'ske¦",
    is: ["skein module"],
    replaces: "ske",
  },
  {
    name: "our modules, dynamic",
    at: 'await import("ske¦")',
    is: ["skein module"],
    replaces: "ske",
  },
  {
    name: "name of a relative module",
    at: 'import { Cir¦ } from "./shapes.ts"',
    is: ["Circle class"],
    says: /A circle\./,
  },
  {
    name: "name of a builtin",
    at: 'import { readFileS¦ } from "node:fs"',
    is: ["readFileSync function"],
  },
  {
    name: "name of our module",
    at: 'import { tas¦ } from "skein"',
    has: ["task function"],
  },
  {
    name: "member of a module of the import map",
    cells: ['import * as shapes from "shapes"'],
    at: "shapes.addA¦",
    is: ["addAreas function"],
  },
  {
    name: "member of an npm package",
    cells: ['import { z } from "npm:zod@4.6.7/mini"'],
    at: "z.strictOb¦",
    has: ["strictObject function"],
  },
  {
    name: "member of an npm package's result",
    cells: [
      'import { z } from "npm:zod@4.6.7/mini"',
      "const row = z.object({ id: z.number() }).parse({ id: 1 })",
    ],
    at: "row.¦",
    is: ["id field"],
  },
  {
    name: "helper of mod.ts by path",
    cells: ['import { compare } from "../../../mod.ts"'],
    at: "compar¦",
    is: ["compare function"],
    says: /function compare<.*Runs the same jobs/s,
  },
  {
    name: "helper of skein",
    cells: ['import { compare } from "skein"'],
    at: "compar¦",
    is: ["compare function"],
  },
  {
    name: "option of a helper",
    cells: ['import { compare } from "skein"'],
    at: "compare((n: number) => n, { inputs: [1], sam¦ })",
    is: ["samples field"],
  },
  {
    name: "import of an earlier cell, a default",
    cells: ['import fs from "node:fs"'],
    at: "fs.existsS¦",
    is: ["existsSync function"],
  },
  // The running program.
  {
    name: "property made at run time",
    cells: ["const o: any = {}"],
    at: "o.ma¦",
    runtime: properties("o.ma", "made", "map"),
    is: ["made property", "map property"],
  },
  {
    name: "property made at run time beside typed ones",
    cells: ["class A { max = 1 }\nconst a = new A()"],
    at: "a.ma¦",
    runtime: properties("a.ma", "max", "made"),
    is: ["max field", "made property"],
  },
  {
    name: "global made at run time",
    at: "madeGlob¦",
    runtime: properties("madeGlob", "madeGlobal"),
    is: ["madeGlobal property"],
  },
  {
    name: "runtime does not disturb literals",
    cells: ['type Side = "left"'],
    at: 'const s: Side = "l¦"',
    runtime: properties("", "l1"),
    is: ["left constant"],
  },
  ...[
    "const s = 'con¦'",
    "const s = `con¦ ${1}`",
    'const s = "con¦',
    "// con¦",
    "/* con¦ */ 1",
    "/**\n * @param con¦\n */\nfunction f(x: number) { return x }",
    "/** @param {con¦} x */\nfunction f(x: number) { return x }",
    "const n = 12¦",
    "const r = /con¦/",
    "const con¦",
    "function con¦",
    "let x: con¦",
  ].map((at): Row => ({
    name: "no global",
    cells: ["const content = 1"],
    at,
    runtime: properties(at.split(/[^\w]/).at(-2)!, "console", "content"),
    is: [],
  })),
  {
    name: "no global for a key without a beginning",
    cells: ["const content = 1"],
    at: "const o = { a: 1, ¦ }",
    runtime: properties("", "console"),
    is: [],
  },
  {
    name: "a name of a cell as a key, and no global",
    cells: ["const content = 1"],
    at: "const local = 1, o = { con¦ }",
    runtime: properties("con", "console"),
    is: ["content constant"],
  },
  {
    name: "keys that a type expects, and no others",
    cells: [
      "interface Options { color?: string; size: number }\nfunction draw(o: Options) {}",
    ],
    at: "draw({ ¦ })",
    runtime: properties("", "console"),
    is: ["size field", "color field"],
  },
  {
    name: "keys that are not there yet",
    cells: [
      "interface Options { color?: string; size: number }\nfunction draw(o: Options) {}",
    ],
    at: "draw({ size: 1, c¦ })",
    runtime: properties("c", "console"),
    is: ["color field"],
  },
  {
    name: "what fits before and behind the cursor",
    cells: ["const getAll = 1, getValue = 2, getAllValue = 3, getting = 4"],
    at: "get¦Value",
    runtime: properties("get", "getValue", "getOther", "getSomeValue"),
    is: ["getAllValue constant", "getValue constant", "getSomeValue property"],
    replaces: "getValue",
  },
  {
    name: "runtime names before keywords",
    at: "aw¦",
    runtime: properties("aw", "awful"),
    is: ["awful property", "await keyword"],
  },
];

/** What a program answers whose names start where the text after the last dot does. */
function properties(before: string, ...matches: string[]): RuntimeAnswer {
  const start = before.lastIndexOf(".") + 1;
  const types = matches.map(() => "property");
  const end = before.length;
  return { type: "completions", lookupId: 0, matches, types, start, end };
}

Deno.test("LanguageService completes names, members, literals and imports", async () => {
  await checkRows(ROWS, async (service, row) => {
    const { source, offset } = splitAtCursor(row.at);
    const { items, start, end } = await service.complete(source, offset);
    const found = items.map(({ text, type }) => `${text} ${type}`);
    const some = found.slice(0, 12).join(", ");
    if (row.is) assert.deepEqual(found.slice(0, 40), row.is);
    for (const one of row.has ?? []) {
      assert.ok(
        found.includes(one),
        `"${one}" is not in ${found.length}: ${some}`,
      );
    }
    for (const text of row.lacks ?? []) {
      assert.ok(
        !items.some((item) => item.text === text),
        `${text} is offered`,
      );
    }
    assert.ok(
      !items.some(({ type }) => type === "snippet"),
      "offers a snippet",
    );
    if (items.length === 0) return;
    const before = /[\p{ID_Continue}$]*$/u.exec(source.slice(0, offset))![0];
    assert.equal(source.slice(start, end), row.replaces ?? before);
    const [{ signature = "", documentation = "" } = {}] = items;
    if (row.says) assert.match(`${signature}\n${documentation}`, row.says);
  });
});
