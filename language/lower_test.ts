import assert from "node:assert/strict";
import { startNotebook } from "./test_notebook.ts";

/** Runs cells one after another; the value of the last one counts. */
async function check(cells: readonly string[], expected: unknown) {
  using notebook = startNotebook();
  let value: unknown;
  for (const cell of cells) value = await notebook.run(cell);
  assert.deepEqual(value, expected, cells.join("\n---\n"));
}

Deno.test("transformCell() merges enums and namespaces within a cell", async () => {
  const table: readonly (readonly [readonly string[], unknown])[] = [
    [["enum tE { A, B = 'b' }\n;[tE.A, tE[0], tE.B]"], [0, "A", "b"]],
    [["enum tE { A }\nenum tE { B = 1 }\nObject.keys(tE).length"], 4],
    [["const enum tE { A = 3 }\ntE.A"], 3],
    [["enum tE { A }", "enum tE { B }", "Object.keys(tE)"], ["0", "B"]],
    [["enum tE { A = 2 }", "enum tF { B = tE.A + 1 }", "tF.B"], 3],
    [["declare enum tE { A }\ntypeof tE"], "undefined"],
    [["export enum tE { A = 4 }\ntE.A"], 4],
    [
      ["namespace tN { export const a = 1 }\nnamespace tN { export const b = a + 1 }\ntN.b"],
      2,
    ],
    [[
      "namespace tN { export const a = 1 }",
      "namespace tN { export const b = 1 }",
      "Object.keys(tN)",
    ], ["b"]],
    [["namespace tN.Inner { export const a = 5 }\ntN.Inner.a"], 5],
    [
      ["function tN() { return 1 }\nnamespace tN { export const a = 6 }\ntN() + tN.a"],
      7,
    ],
    [["class tN {}\nnamespace tN { export const a = 8 }\ntN.a"], 8],
    [["namespace tN { export interface I {} }\ntypeof tN"], "undefined"],
    [["namespace tN { export const a = 9 }\nimport tA = tN.a\ntA"], 9],
    [["function tF() { return tE.A }\nenum tE { A = 10 }\ntF()"], 10],
  ];
  for (const [cells, expected] of table) await check(cells, expected);
});

Deno.test("transformCell() lowers classes", async () => {
  const table: readonly (readonly [string, unknown])[] = [
    [
      "class tP { constructor(private a: number, readonly b = 2) {} }\n;({ ...new tP(1) })",
      { a: 1, b: 2 },
    ],
    [
      "function tD(v: any, c: any) { return class extends v { static tag = c.name } }\n@tD class tA {}\n(tA as any).tag",
      "tA",
    ],
    [
      "const tL = (v: any, c: any) => function (this: any) { return v.call(this) + 1 }\nclass tA { @tL m() { return 1 } }\nnew tA().m()",
      2,
    ],
    ["const tL = () => {}\nclass tA { @tL accessor x = 3 }\nnew tA().x", 3],
    ["class tA { accessor x = 1 }\nnew tA().x", 1],
    ["class tA { static accessor x = 5 }\ntA.x", 5],
    ["new (class { accessor #x = 6; get x() { return this.#x } })().x", 6],
    ["const tF = () => class { accessor ['x' + 1] = 7 }\nnew (tF())().x1", 7],
    [
      "function tF() { class tB { accessor x: number = 8 }\nreturn new tB().x }\ntF()",
      8,
    ],
    [
      "abstract class tA { abstract accessor x: number }\nclass tB extends tA { override accessor x = 9 }\nnew tB().x",
      9,
    ],
    ["class tA { accessor = 10; x = 11 }\nnew tA().accessor", 10],
    ["export class tA { accessor x = 12 }\nnew tA().x", 12],
    ["class tA { accessor x = 13; static v = new tA().x }\ntA.v", 13],
    [
      "const tL = () => {}\nfunction tF() { @tL class B { a = 4 }\nreturn new B().a }\ntF()",
      4,
    ],
  ];
  for (const [cell, expected] of table) await check([cell], expected);
  await check([
    "const tL = () => {}\n@tL class tA {}\nusing tR = { [Symbol.dispose]() {} }\nconst tZ = 5",
    "tZ",
  ], 5);
});

Deno.test("transformCell() hides TypeScript's own names", async () => {
  using notebook = startNotebook();
  const { declares } = notebook.transform("@tD class tA {}");
  assert.deepEqual(declares, ["tA"]);
  await notebook.run("1");
});

Deno.test("transformCell() lowers JSX and assertions", async () => {
  const react =
    "const React = { createElement: (...all: any[]) => all, Fragment: 'F' }";
  const table: readonly (readonly [readonly string[], unknown])[] = [
    [[react, "<a b={1}>text {2}</a>"], ["a", { b: 1 }, "text ", 2]],
    [[react, "<>x</>"], ["F", null, "x"]],
    [[
      react,
      "const tC = () => 1\nconst tEl = (\n  <tC.x\n    {...{ a: 1 }}\n  />\n)\ntEl[1]",
    ], { a: 1 }],
    [["/** @jsx tH */\nconst tH = (...all: any[]) => all;\n<a/>"], ["a", null]],
    [["const tX = <any> 1\ntX"], 1],
    [["const tF = <T>(x: T) => x\ntF<number>(2)"], 2],
    [["const tF = <T,>(x: T) => x\ntF(3)"], 3],
    [["let tX: unknown = 4\n;(tX as number) + tX! + <number> tX"], 12],
    [["const tF = async () => {\n  return <any>\n    5\n}\nawait tF()"], 5],
    [["const tT = <any> `a\n  ${1}\nb`\ntT"], "a\n  1\nb"],
  ];
  for (const [cells, expected] of table) await check(cells, expected);
});
