/**
 * tslab: JSX and decorators as it compiles them, and jslab.
 * @module
 */
import { cells, type Group } from "../case.ts";

const REACT =
  "const React = { createElement: (tag: any, props: any, ...kids: any[]) => ({ tag, props, kids }), Fragment: 'all' }";
const NO_JSX = "does not read it as JSX";

/** What the compiler makes of code. */
export const COMPILING: Group = {
  title: "JSX and decorators",
  cases: [
    cells(
      "JSX calls React",
      [
        REACT,
        "/** @jsx */ (<a href='x'>t</a> as any).props.href",
      ],
      "x",
      NO_JSX,
    ),
    cells(
      "a fragment",
      "/** @jsx */ (<><b /></> as any).tag",
      "all",
      NO_JSX,
    ),
    cells(
      "a component",
      [
        "/** @jsx */ function Big(props: any): any { return props.n * 2 }",
        "/** @jsx */ (<Big n={2} /> as any).tag(({ n: 4 }))",
      ],
      "8",
      NO_JSX,
    ),
    cells(
      "children",
      "/** @jsx */ (<ul><li /><li /></ul> as any).kids.length",
      "2",
      NO_JSX,
    ),
    cells(
      "a method's decorator",
      "function log1(t: any, key: string, d: PropertyDescriptor) { console.log(key, typeof d.value) } \n class A1 { @log1 run() {} }",
      "run function",
    ),
    cells(
      "a class's decorator",
      "function seal2(c: any) { c.sealed = true } \n @seal2 class A2 { static sealed = false } \n A2.sealed",
      "true",
    ),
    cells(
      "a field's decorator",
      "const seen3: string[] = []; function f3(t: any, key: string) { seen3.push(key) } \n class A3 { @f3 a = 1 } \n seen3",
      "[a]",
    ),
    cells(
      "a parameter's decorator",
      "const seen4: number[] = []; function p4(t: any, key: string, i: number) { seen4.push(i) } \n class A4 { m(a: any, @p4 b: any) {} } \n seen4",
      "[1]",
    ),
    cells(
      "a decorator factory",
      "function tag5(name: string) { return (c: any) => { c.tag = name } } \n @tag5('t') class A5 { static tag: string } \n A5.tag",
      "t",
    ),
    cells(
      "a decorator replaces a method",
      "function twice6(t: any, k: string, d: any) { const f = d.value; d.value = function () { return 2 * f.call(this) } } \n class A6 { @twice6 n() { return 4 } } \n new A6().n()",
      "8",
    ),
  ],
};

/** The kernel jslab. */
export const JSLAB: Group = {
  title: "jslab",
  isJavaScript: true,
  cases: [
    cells("a value", "let a = 1; a + 1", "2"),
    cells("names between cells", ["const b = 5", "b * 2"], "10"),
    cells("declared again", ["const c = 5", 'const c = "x"', "c"], "x"),
    cells("await", "await Promise.resolve(3)", "3"),
    cells(
      "an import",
      'import * as path from "path"; path.basename("a/b")',
      "b",
    ),
    cells("require", 'require("path").sep', "/"),
    cells(
      "tslab's module",
      'import { display } from "tslab"; display.html("<b>j</b>")',
      { shows: [{ data: { "text/html": "<b>j</b>" } }] },
    ),
    cells("a module cell", [
      "/** @module js1 */\nexport const k = 7",
      'import { k } from "./js1"; k',
    ], "7"),
    cells("a type annotation", "let t: number = 1", {
      problem: "1:8 - Type annotations can only be used in TypeScript files.",
    }),
    cells("an interface", "interface I { a: string }", {
      fails: "can only be used in TypeScript files.",
    }),
    cells("an enum", "enum E { A }", {
      fails: "can only be used in TypeScript files.",
    }),
    cells("a cast", "const u = 1 as any", {
      fails: "can only be used in TypeScript files.",
    }),
    cells("an untyped function", "function f(x) { return x + 1 } \n f(1)", "2"),
    cells(
      "a class with a private field",
      "class P { #a = 1; get a() { return this.#a } } \n new P().a",
      "1",
    ),
    cells("an error", 'throw new RangeError("js")', {
      fails: "RangeError: js",
    }),
    cells(
      "another type for a variable",
      'let w = 5; w = "text"; w',
      "text",
      "checks JavaScript too: not assignable",
    ),
  ],
};
