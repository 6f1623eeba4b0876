/**
 * Cells that are sent together are judged each by what it could see when it ran,
 * whatever is declared by then.
 * @module
 */
import assert from "node:assert/strict";
import { LanguageService } from "../../language/service.ts";
import { findProblems, OPTIONS, UNKNOWN } from "./cases.ts";

interface Row {
  readonly name: string;
  readonly cells: readonly string[];
  /** `code line:column` of each problem, by cell. @default none in any cell */
  readonly finds?: readonly (readonly string[])[];
}

const ROWS: readonly Row[] = [
  {
    name: "function, called between",
    cells: [
      "function f(x: number) { return x }",
      "f(1)",
      "function f(x: string) { return x }",
      'f("a")',
    ],
  },
  {
    name: "const of another type",
    cells: ["const a = 1;", "a.toFixed()", 'const a = "x";', "a.trim()"],
  },
  {
    name: "let of another type",
    cells: ["let a = 1;", "a = 2; a.toFixed()", 'let a = "x";', 'a = "y"'],
  },
  {
    name: "var of another type",
    cells: ["var a = 1;", "a++", 'var a = "x";', "a.trim()"],
  },
  {
    name: "class with other members",
    cells: [
      "class A { one() { return 1 } }",
      "new A().one(); class B extends A { override one() { return 2 } }",
      "class A { two() { return 2 } }",
      "new A().two(); new B().one()",
    ],
  },
  {
    name: "enum with other members",
    cells: ["enum E { A }", "let e: E = E.A", "enum E { B }", "const g = E.B"],
  },
  {
    name: "interface with other members",
    cells: [
      "interface P { a: number }",
      "const p: P = { a: 1 }",
      "interface P { b: string }",
      'const q: P = { b: "" }; p.a.toFixed()',
    ],
  },
  {
    name: "type alias of another shape",
    cells: [
      "type T = number",
      "let t: T = 1",
      "type T = string",
      'let s: T = ""',
    ],
  },
  {
    name: "generic type with other parameters",
    cells: [
      "type Box<T> = { value: T }",
      "const b: Box<number> = { value: 1 }",
      "type Box<K, V> = Map<K, V>",
      "const c: Box<string, number> = new Map([['a', 1]])",
    ],
  },
  {
    name: "namespace with other members",
    cells: [
      "namespace N { export const a = 1; export type T = number }",
      "const n: N.T = N.a",
      'namespace N { export const b = ""; export type U = string }',
      "const m: N.U = N.b",
    ],
  },
  {
    name: "import of another module",
    cells: [
      'import { basename as name } from "node:path";',
      'name("/a/b").trim()',
      'import { hostname as name } from "node:os";',
      "name().trim()",
    ],
  },
  {
    name: "namespace import of another module",
    cells: [
      'import * as m from "node:path";',
      'm.basename("a")',
      'import * as m from "node:os";',
      "m.cpus()",
    ],
  },
  {
    name: "destructuring of other types",
    cells: [
      "const { a, b: [c] } = { a: 1, b: [2] };",
      "a.toFixed(); c!.toFixed()",
      'const [a, c] = ["x", true] as const;',
      "a.trim(); const d: true = c",
    ],
  },
  {
    name: "same cell run twice, used between",
    cells: [
      "const n = 1; function g() { return n }",
      "g().toFixed()",
      "const n = 1; function g() { return n }",
      "g().toFixed()",
    ],
  },
  {
    name: "cell edited and run again",
    cells: [
      "const n: number = 'x';",
      "n.toFixed()",
      "const n: string = 'x';",
      "n.trim()",
    ],
    finds: [["TS2322 1:7"], [], [], []],
  },
  {
    name: "another kind of declaration",
    cells: [
      "const k = () => 1;",
      "k().toFixed()",
      "class k { a = 1 }",
      "new k().a",
      "interface k { b: string }",
      'const one: k = { b: "" }; new k()',
      "let k = 1;",
      "k++",
    ],
  },
  {
    name: "errors stay with what a cell saw",
    cells: [
      "function f(x: number) { return x }",
      'f("a")',
      "function f(x: string) { return x }",
      "f(1)",
    ],
    finds: [[], ["TS2345 1:3"], [], ["TS2345 1:3"]],
  },
  {
    name: "through a cell that is used by another",
    cells: [
      "function f() { return 1 }",
      "function g() { return f() }",
      'function f() { return "x" }',
      "g().toFixed(); f().trim()",
      "g().trim()",
    ],
    finds: [[], [], [], [], ["TS2339 1:5"]],
  },
  {
    name: "type by the name of an import",
    cells: [
      'import { cpus } from "node:os";',
      "type cpus = ReturnType<typeof cpus>",
      "const all: cpus = cpus(); all.length",
      "const wrong: cpus = 1; cpus().toFixed()",
    ],
    finds: [[], [], [], ["TS2322 1:7", "TS2339 1:31"]],
  },
  {
    name: "interface and class by the name of an import",
    cells: [
      'import { EventEmitter } from "node:events"; import { join } from "node:path";',
      "interface EventEmitter { size: number } interface join { parts: string[] }",
      'const e: EventEmitter = { size: 1 }; new EventEmitter().on("a", () => {})',
      'const j: join = { parts: [join("a", "b")] }',
      "class join { parts = 1 }",
      "const k: join = new join(); k.parts.toFixed()",
    ],
  },
  {
    name: "type of a value, in the next cell",
    cells: [
      "const Schema = { parse: (v: unknown) => ({ id: String(v) }) };",
      "type Schema = ReturnType<typeof Schema.parse>;",
      "const one: Schema = Schema.parse(1); one.id.trim()",
      "function show(s: Schema) { return s.id }",
      "show(Schema.parse(2))",
    ],
  },
  {
    name: "value of a type, in the next cell",
    cells: [
      "interface Color { r: number }",
      "const Color: Color = { r: 1 };",
      "const c: Color = Color; c.r.toFixed()",
      'const Color = "red"; const d: Color = { r: 2 };',
    ],
  },
  {
    name: "namespace with types only beside a function",
    cells: [
      "function make(): make.Made { return { ok: true } }\nnamespace make { export interface Made { ok: boolean } }",
      "const m: make.Made = make(); m.ok",
      "namespace make { export interface Made { no: boolean } }",
      "const n: make.Made = { no: true }; make().ok",
    ],
  },
  {
    name: "name used before any cell declares it",
    cells: ["later.toFixed()", "const later = 1;", "later.toFixed()"],
    finds: [["TS2304 1:1"], [], []],
  },
];

Deno.test("LanguageService judges cells that are sent together each by what it saw", async () => {
  await using service = new LanguageService({
    ...OPTIONS,
    runtime: () => Promise.resolve(UNKNOWN),
  });
  const failures: string[] = [];
  for (const { name, cells, finds } of ROWS) {
    service.forget();
    const ran = cells.map((cell) => service.ran(cell, true));
    // Somebody types meanwhile: the server is told of all cells.
    await service.complete("a", 1);
    const found: string[][] = [];
    for (const cell of ran) {
      const problems = await findProblems(service, cell) ?? [];
      found.push(
        problems.map(({ code, line, column, message }) =>
          finds === undefined
            ? `${code} ${line}:${column} ${message}`
            : `${code} ${line}:${column}`
        ),
      );
    }
    try {
      assert.deepEqual(found, finds ?? cells.map(() => []));
    } catch (error) {
      failures.push(`${name}: ${(error as Error).message}`);
    }
  }
  assert.equal(failures.length, 0, `\n${failures.join("\n\n")}`);
});
