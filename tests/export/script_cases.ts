/**
 * Notebooks whose cells declare names again, fail, or are no TypeScript; and what
 * their scripts print.
 * @module
 */
import type { Metadata } from "../../nbformat/mod.ts";

/** A cell: code, or code with tags. */
type CaseCell = string | readonly [code: string, ...tags: string[]];

/** A notebook, and what its script prints. */
export interface ScriptCase {
  readonly name: string;
  readonly cells: readonly CaseCell[];
  readonly prints: string;
  /** What is said of it, as parts of sentences. */
  readonly problems?: readonly string[];
  /** What the text of the script must look like. */
  readonly text?: RegExp;
  readonly metadata?: Metadata;
}

export const SCRIPT_CASES: readonly ScriptCase[] = [
  {
    name: "constants declared again are assigned, and functions see it",
    cells: [
      "const x = 1;\nconst f = () => x;",
      "const x = 2",
      "f()",
      "let x: string = 'three'",
      "x",
    ],
    prints: "2\nthree\n",
    text: /let x = 1;[^]*x = 2;/,
  },
  {
    name:
      "functions are there from the start of their cell, recursive ones too",
    cells: [
      "g(3);\nfunction g(n: number): number { return n === 0 ? 0 : g(n - 1); }",
      "const h = g;\nfunction g<T>(n: T) { return ['new', n]; }\nh(2)",
      "g.name",
    ],
    prints: '[ "new", 2 ]\ng\n',
  },
  {
    name: "overloads, generators and async functions are assigned",
    cells: [
      "function f(a: string): string;\nfunction f(a: number): number;\nfunction f(a: unknown) { return a; }",
      "export async function f() { return 1; }\nawait f()",
      "function* f() { yield 2; }\n[...f()]",
    ],
    prints: "1\n[ 2 ]\n",
  },
  {
    name: "classes, abstract and generic, are assigned",
    cells: [
      "abstract class A<T> { static made = 1; abstract get(): T; }",
      "class B extends A<number> { get() { return A.made; } }\nnew B().get()",
      "export default class A { static made = 2; }",
      "new B().get()",
    ],
    prints: "1\n2\n",
  },
  {
    name: "enums and namespaces start anew",
    cells: [
      "enum E { A, B }",
      "enum E { C = 'c' }\nE",
      "namespace N { export const a = 1; }",
      "namespace N { export const b = 2; }\nN",
    ],
    prints: '{ C: "c" }\n{ b: 2 }\n',
  },
  {
    name: "types may be declared as often as one likes",
    cells: [
      "type T = number;\ninterface I { a: T }",
      "type T = string;\ninterface I { a: string }\nconst i: I = { a: 'b' };\ni.a",
    ],
    prints: "b\n",
  },
  {
    name: "patterns are assigned as a whole",
    cells: [
      "const { a, b: [c] } = { a: 1, b: [2] };",
      "foo()\nconst { a, ...rest } = { a: 3, d: 4 };\nfunction foo() {}",
      "[a, c, rest.d]",
      "const [c, a = 9] = [8]",
      "[a, c]",
    ],
    prints: "[ 3, 2, 4 ]\n[ 9, 8 ]\n",
  },
  {
    name: "var in loops and blocks meets a let of another cell",
    cells: [
      "for (var i = 0; i < 3; i++) {}\nif (true) { var t = 5; var [u] = [6]; }",
      "let i = i0(); function i0() { return 7; }",
      "for (var t of [1, 2]);\nlet u = 0;\n[i, t, u]",
      "var i;",
      "typeof i",
    ],
    prints: "[ 7, 2, 0 ]\nundefined\n",
  },
  {
    name: "imports stand at the top, each module once",
    cells: [
      "import { join } from 'node:path';\nimport assert, { equal } from 'node:assert/strict';",
      "import * as path from 'node:path';\nimport { join, type ParsedPath } from \"node:path\";\nimport type { Buffer } from 'node:buffer';",
      "import { basename as join } from 'node:path';\njoin('a/b')",
      "equal(1, 1); assert(true); path.sep.length",
    ],
    prints: "b\n1\n",
    text: /^(?!.*import[^]*\nconst)[^]*import \{ join as joinImported/,
  },
  {
    name: "require, import =, export * and default exports work",
    cells: [
      "import util = require('node:util');\nexport * from 'node:os';",
      "const { sep } = require('node:path'); export { sep };\nutil.types.isDate(new Date())",
      "export default sep.length",
    ],
    prints: "true\n",
  },
  {
    name: "what fails as it should is caught, and its names live on",
    cells: [
      [
        "const a = 1;\nfunction f() { return a; }\nthrow new Error('told')",
        "raises-exception",
      ],
      ["import { none } from './none.ts';", "raises-exception"],
      "f()",
    ],
    prints: "1\n",
    text: /try \{/,
  },
  {
    name: "using is disposed of when its cell ends",
    cells: [
      "using x = { n: 1, [Symbol.dispose]() { console.log('end'); } };\nconst y = x.n;\nconsole.log('in')",
      "y + x.n",
    ],
    prints: "in\nend\n2\n",
  },
  {
    name: "what is not run, and what is no TypeScript, becomes a comment",
    cells: [
      ["throw 1;\n/* no end", "skip-execution"],
      "//| eval: false\nthrow 2",
      "%matplotlib inline",
      "!ls */",
      "#| echo: false\n'ran'",
    ],
    prints: "ran\n",
    problems: ["Cell 3 is a comment", "Cell 4 is a comment"],
  },
  {
    name: "values are shown, but neither undefined nor what is logged",
    cells: [
      "{ a: 1 }",
      "undefined",
      "console.log('once')",
      "1, 2",
      "let q; q = 3",
      "(() => 4)()\n;",
      "// nothing",
      "null",
    ],
    prints: "{ a: 1 }\nonce\n2\n3\n4\nnull\n",
  },
  {
    name: "cells without semicolons do not run into each other",
    cells: [
      "const list = [1, 2]",
      "[0]",
      "(3)",
      "`4`",
      "let z = list",
      "[5].length",
    ],
    prints: "[ 0 ]\n3\n4\n1\n",
  },
  {
    name: "a name of Deno's means Deno's until a cell declares it",
    cells: [
      "typeof structuredClone",
      "const structuredClone = 5;\nstructuredClone",
      "function later() { return name1; }",
      "const name1 = 'ok'; later()",
    ],
    prints: "function\n5\nok\n",
  },
  {
    name: "the function that shows values has a name that is free",
    cells: ["const showValue = 1; showValue"],
    prints: "1\n",
    text: /function showValue_/,
  },
];
