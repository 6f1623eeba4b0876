/**
 * tslab: names that are declared again, and what they mean to other cells.
 * @module
 */
import { type Case, cells, type Group } from "../case.ts";

const STALE = "a function keeps what its own cell has declared";

/** Ways to declare a name; each gives it something that tells its kind. */
const KINDS: Readonly<Record<string, (name: string) => string>> = {
  const: (name) => `const ${name} = "const"`,
  let: (name) => `let ${name} = "let"`,
  var: (name) => `var ${name} = "var"`,
  class: (name) => `class ${name} { static kind = "class" }`,
  function: (name) => `function ${name}() { return "function" }`,
  import: (name) => `import { join as ${name} } from "path"`,
  enum: (name) => `enum ${name} { Kind = "enum" }`,
};
const LOOKS: Readonly<Record<string, (name: string) => string>> = {
  const: (name) => name,
  let: (name) => name,
  var: (name) => name,
  class: (name) => `${name}.kind`,
  function: (name) => `${name}()`,
  import: (name) => `${name}("im", "port")`,
  enum: (name) => `${name}.Kind`,
};

const pairs: readonly Case[] = Object.keys(KINDS).flatMap((first) =>
  Object.keys(KINDS).map((second) => {
    const name = `${first}_${second}`;
    const expected = second === "import" ? "im/port" : second;
    return cells(
      `${first}, then ${second}`,
      [KINDS[first]!(name), KINDS[second]!(name), LOOKS[second]!(name)],
      expected,
    );
  })
);

/** Every kind of declaration after every other. */
export const REDECLARATION: Group = { title: "Redeclaration", cases: pairs };

/** Names between cells. */
export const NAMES: Group = {
  title: "Names",
  cases: [
    cells(
      "a closure sees a later assignment",
      [
        "let n1 = 1; const read1 = () => n1",
        "n1 = 2",
        "read1()",
      ],
      "2",
      STALE,
    ),
    cells("a counter in a closure", [
      "let n2 = 0; function up() { return ++n2 }",
      "up(); up()",
      "n2",
    ], "2"),
    cells(
      "a function that is declared again",
      [
        "function n3() { return 1 } function calls3() { return n3() }",
        "function n3() { return 2 }",
        "calls3()",
      ],
      "2",
      STALE,
    ),
    cells("another type under the same name", [
      "let n4 = 1",
      'let n4 = "text"',
      "n4.toUpperCase()",
    ], "TEXT"),
    cells("destructuring twice", [
      "const { n5, m5 } = { n5: 1, m5: 2 }",
      "const [n5, m5] = [3, 4]",
      "n5 + m5",
    ], "7"),
    cells(
      "a rest and a default",
      "const { n6 = 5, ...rest6 } = { b: 1 } as any; [n6, rest6]",
      "[5, { b: 1 }]",
    ),
    cells("a class and a subclass", [
      "class Base7 { hi() { return `hi ${this.name}` } constructor(readonly name: string) {} }",
      'class Sub7 extends Base7 {} \n new Sub7("x").hi()',
    ], "hi x"),
    cells("instances of an earlier class", [
      "class C8 { v = 1 } const c8 = new C8()",
      "class C8 { v = 2 }",
      "[c8.v, new C8().v, c8 instanceof C8]",
    ], "[1, 2, false]"),
    cells("an interface for later cells", [
      "interface I9 { a: number }",
      "const i9: I9 = { a: 1 }; i9.a",
    ], "1"),
    cells("an interface that is declared again", [
      "interface I10 { a: number }",
      "interface I10 { b: string }",
      'const i10: I10 = { b: "x" }; i10.b',
    ], "x"),
    cells("a type alias, then a value", [
      "type T11 = string",
      "const T11 = 5",
      "T11",
    ], "5"),
    cells("a value, then a type", [
      "const T12 = 5",
      "type T12 = string",
      'const t12: T12 = "x"; [T12, t12]',
    ], "[5, x]"),
    cells("generics", [
      "function id13<T>(x: T): T { return x }",
      'id13<string>("x").length',
    ], "1"),
    cells("overloads", [
      "function o14(a: string): string\nfunction o14(a: number): number\nfunction o14(a: any) { return a }",
      "o14(5) + 1",
    ], "6"),
    cells("an enum counts", [
      "enum E15 { A, B, C = 10, D }",
      "[E15.B, E15.D, E15[0]]",
    ], "[1, 11, A]"),
    cells("a const enum", "const enum E16 { A = 3 } \n E16.A", "3"),
    cells("a namespace", [
      "namespace N17 { export const a = 1; export function f() { return a + 1 } }",
      "N17.f()",
    ], "2"),
    cells(
      "an abstract class",
      "abstract class A18 { abstract f(): number } class B18 extends A18 { f() { return 3 } } \n new B18().f()",
      "3",
    ),
    cells(
      "parameter properties",
      "class P19 { constructor(private a: number, public b = a + 1) {} } \n new P19(1).b",
      "2",
    ),
    cells(
      "private members",
      "class P20 { #x = 4; get x() { return this.#x } } \n new P20().x",
      "4",
    ),
    cells(
      "a function is hoisted in its cell",
      "const n21 = early21(); function early21() { return 1 } \n n21",
      "1",
    ),
    cells("var in a block", ["{ var n22 = 1 }", "n22"], "1", "forgets it"),
    cells("let in a block stays there", [
      "{ let n23 = 1 }",
      "typeof (globalThis as any).n23",
    ], "undefined"),
    cells("an import stays for later cells", [
      'import * as path24 from "path"',
      "path24.basename('a/b')",
    ], "b"),
    cells("an import that its cell does not use", [
      'import { sep as sep25, join as join25 } from "path"; sep25',
      'join25("a", "b")',
    ], "a/b"),
    cells("import type", [
      'import type { Stats as Stats27 } from "fs"',
      "let s27: Stats27; 1",
    ], "1"),
    cells("as const", 'const n28 = ["a", "b"] as const; n28.length', "2"),
    cells(
      "satisfies",
      "const n29 = { a: 1 } satisfies Record<string, number>; n29.a",
      "1",
    ),
    cells("an old cast", 'const n30 = <any> "x"; n30.length', "1"),
    cells(
      "optional chaining and ??",
      "const n31: any = {}; n31.a?.b ?? 5",
      "5",
    ),
    cells(
      "a generator",
      ["function* g32() { yield 1; yield 2 }", "[...g32()]"],
      "[1, 2]",
    ),
    cells(
      "a label",
      "outer33: for (const i of [1, 2]) { for (;;) continue outer33 } \n 33",
      "33",
    ),
    cells("names of Unicode", ["const größe = 2", "größe"], "2"),
    cells("a name that a global has", ["const name = 5", "name"], "5"),
    cells(
      "console of one's own",
      "{ const console = { log: () => 1 }; console.log() } \n 36",
      "36",
    ),
    cells("the same cell again", [
      "let n38 = 0; n38++",
      "let n38 = 0; n38++",
      "n38",
    ], "1"),
  ],
};
