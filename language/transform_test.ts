import assert from "node:assert/strict";
import { startNotebook } from "./test_notebook.ts";
import { transformCell } from "./transform.ts";

/** Runs cells one after another; the value of the last one counts. */
async function check(cells: readonly string[], expected: unknown) {
  using notebook = startNotebook();
  let value: unknown;
  for (const cell of cells) value = await notebook.run(cell);
  assert.deepEqual(value, expected, cells.join("\n---\n"));
}

Deno.test("transformCell() gives the value of a last expression", async () => {
  const table: readonly (readonly [string, unknown])[] = [
    ["1 + 1", 2],
    ["1; 2;", 2],
    ["1;;", 1],
    ["const tA = 1", undefined],
    ["if (true) 1", undefined],
    ["", undefined],
    ["  \n\n", undefined],
    ["// only a comment", undefined],
    ["1 // a comment at the end", 1],
    ["/* a { */ 1 /* } */", 1],
    ["interface T { a: 1 }\ntype U = T", undefined],
    ["5\ntype U = 1", 5],
    ["5 as unknown as string", 5],
    ["1, 2", 2],
    ["'use strict'", "use strict"],
    ["null", null],
    ["-0", -0],
    ["10n", 10n],
    ["await Promise.resolve(3)", 3],
    ["export default 4", 4],
    ["this", undefined],
    ["(function () { return this })()", undefined],
    ["let tB = 1\n;[1, 2].map((x) => x + tB)", [2, 3]],
    ["`a\nb${1}\n`", "a\nb1\n"],
    ["/[}{]`'/.test(\"}`'\")", true],
    ["tC: for (;;) { for (;;) break tC }\n6", 6],
    ["const tD = <T,>(x: T) => x\ntD(7)", 7],
    ["let \\u0074E = 8; tE", 8],
    ["const größe = 9, 数 = größe + 1\n数", 10],
    ["let tF = 1\r\nlet tG = 2\r\ntF + tG", 3],
    ["#!/usr/bin/env deno\n11", 11],
    ["let __g = 1, __meta = 2\n__g + __meta", 3],
    ["import.meta.url.endsWith('notebook.ipynb')", true],
    ["eval('1 + 1')", 2],
    ["let tH: number\ntH = 5\ntH!", 5],
    ["class TI { static readonly a?: number = 3 }\nTI.a", 3],
  ];
  for (const [cell, expected] of table) await check([cell], expected);
});

Deno.test("transformCell() does not await a value", async () => {
  using notebook = startNotebook();
  const promise = await notebook.runToResult("Promise.resolve(1)");
  assert.ok(promise?.value instanceof Promise);
  const thenable = await notebook.runToResult("({ then() { throw 1 } })");
  assert.equal(typeof thenable?.value, "object");
});

Deno.test("transformCell() lets any kind of name follow any other", async () => {
  const kinds: readonly (readonly [declare: string, value: unknown])[] = [
    ["const tX = 1", 1],
    ["let tX = 2", 2],
    ["var tX = 3", 3],
    ["class tX { static v = 4 }", 4],
    ["function tX() { return 5 }", 5],
    ["enum tX { v = 6 }", 6],
    [
      "import { version as tX } from 'data:text/javascript,export const version = 7'",
      7,
    ],
    ["const { tX } = { tX: 8 }", 8],
    ["const [tX] = [9]", 9],
    ["namespace tX { export const v = 10 }", 10],
    ["import * as tX from 'data:text/javascript,export const v = 11'", 11],
    ["const tX = () => 12", 12],
    ["using tX = { v: 13, [Symbol.dispose]() {} }", 13],
  ];
  const read =
    "typeof tX === 'number' ? tX : 'v' in tX ? tX.v : (tX as () => number)()";
  for (const [first] of kinds) {
    for (const [second, value] of kinds) {
      await check([first, second, read], value);
    }
  }
});

Deno.test("transformCell() lets functions see what is assigned later", async () => {
  const table: readonly (readonly [readonly string[], unknown])[] = [
    [["let tX = 1\nconst tF = () => tX", "tX = 2", "tF()"], 2],
    [["let tX = 1\nfunction tF() { return tX }", "let tX = 3", "tF()"], 3],
    [[
      "function tF() { return tG() }\nfunction tG() { return 1 }",
      "function tG() { return 4 }",
      "tF()",
    ], 4],
    [["function tF() { return tG() }", "const tG = () => 5", "tF()"], 5],
    [["let tN = 0", "const tInc = () => { tN++ }", "tInc(); tInc()", "tN"], 2],
    [["tF()\nfunction tF() { return 6 }\ntF()"], 6],
    [["async function tF() { return 7 }\nawait tF()"], 7],
    [["function* tF() { yield 8 }\n[...tF()]"], [8]],
    [
      ["async function* tF() { yield 9 }\nconst tR = []\nfor await (const x of tF()) tR.push(x)\ntR"],
      [9],
    ],
    [["function tF() {} function tF() { return 10 }\ntF()"], 10],
    [["export default function tF() { return 11 }", "tF()"], 11],
    [["export async function tF() { return 12 }", "await tF()"], 12],
    [[
      "let tCalls = 0\nfunction tF(n: number): number { tCalls++; return n < 2 ? n : tF(n - 1) + tF(n - 2) }",
      "const tMemo = new Map(), tOld = tF\ntF = (n) => tMemo.has(n) ? tMemo.get(n) : (tMemo.set(n, tOld(n)), tMemo.get(n))",
      "tCalls = 0\ntF(20)\ntCalls",
    ], 21],
    [
      ["function tF(a: string): void\nfunction tF(a: number): void\nfunction tF(a: unknown) { return a }\ntF(13)"],
      13,
    ],
    [
      ["const tX = 1\nfunction tF() { const tX = 2; { let tX = 3; return tX } }\ntF() + tX"],
      4,
    ],
  ];
  for (const [cells, expected] of table) await check(cells, expected);
});

Deno.test("transformCell() keeps what a failed cell had set", async () => {
  using notebook = startNotebook();
  const error = await notebook.runToError(
    "let tX = 1\nfunction tF() { return 2 }\nthrow new Error('stop')\nlet tY = 3\nvar tZ = 4\nclass tA {}",
  );
  assert.equal(error.message, "stop");
  assert.deepEqual(
    await notebook.run("[tX, tF(), typeof tY, typeof tZ, 'tA' in globalThis]"),
    [1, 2, "undefined", "undefined", false],
  );
});

Deno.test("transformCell() names functions and classes as declarations do", async () => {
  const table: readonly (readonly [string, unknown])[] = [
    ["const tF = () => 1\ntF.name", "tF"],
    ["let tF = function () {}\ntF.name", "tF"],
    ["var tF = (async () => {})\ntF.name", "tF"],
    ["const tF = class {}\ntF.name", "tF"],
    ["const tF = function own() {}\ntF.name", "own"],
    ["function tF() {}\ntF.name", "tF"],
    ["class TA {}\nTA.name", "TA"],
    ["const { tF = () => 1 } = {}\ntF.name", "tF"],
    ["const [tF = class {}] = []\ntF.name", "tF"],
    ["const { a: tF = () => 1 } = {}\ntF.name", "tF"],
    ["let tA = 1, tF = () => 1, tG\n[tF.name, tG]", ["tF", undefined]],
    [
      "function tF(a = 1) { return a }\nString(tF)",
      "function /*tF*/(a = 1) { return a }",
    ],
    [
      "const tF = (a: number) => {\n  return a\n}\nString(tF)",
      "(a        ) => {\n  return a\n}",
    ],
    ["class TA { a = 1 }\nString(TA)", "class TA { a = 1 }"],
  ];
  for (const [cell, expected] of table) await check([cell], expected);
});

Deno.test("transformCell() binds patterns", async () => {
  const table: readonly (readonly [string, unknown])[] = [
    ["const { tA, b: { tB = 2 } } = { tA: 1, b: {} }\n;[tA, tB]", [1, 2]],
    ["let [tA, , [tB] = [5], ...tC] = [1, 2, undefined, 4]\n;[tA, tB, tC]", [
      1,
      5,
      [4],
    ]],
    ["const { a: tA, ...tB } = { a: 1, b: 2 }\n;[tA, tB]", [1, { b: 2 }]],
    [
      "const tK = 'k'\nconst { [tK]: tA, 'x y': tB } = { k: 1, 'x y': 2 }\n;[tA, tB]",
      [1, 2],
    ],
    ["const { tA } = await Promise.resolve({ tA: 3 })\ntA", 3],
    ["const tZ = 1, { tA } = { tA: 2 }, [tB] = [3]\n;[tZ, tA, tB]", [1, 2, 3]],
    ["let tA = 1\nlet tB = 2\n;[tA, tB] = [tB, tA]\n;[tA, tB]", [2, 1]],
    ["let tA\n[tA] = [4]\ntA", 4],
    ["const tA = () => {}\n[1].length", 1],
    [
      "const tA = 1\nconst { tB } = { tB: 2 }\nconst [tC] = [3]\ntA + tB + tC",
      6,
    ],
    ["const {} = {}, [] = []\n1", 1],
  ];
  for (const [cell, expected] of table) await check([cell], expected);
});

Deno.test("transformCell() makes var global wherever it stands", async () => {
  const table: readonly (readonly [readonly string[], unknown])[] = [
    [["for (var tI = 0, tN = 3; tI < tN; tI++);", "tI"], 3],
    [["for (var tI = 0, tJ; tI < 1; tI++) tJ = tI", "tJ"], 0],
    [["for (var tK in { a: 1 }) {}", "tK"], "a"],
    [["for (var { length: tK } of ['abc']) {}", "tK"], 3],
    [["for (var [tK] of [[5]]) {}", "tK"], 5],
    [["for await (var tK of [6]) {}", "tK"], 6],
    [["if (true) var tK = () => 7\nelse var tL = 1", "tK()"], 7],
    [
      ["{ { var tK = 8 } }\ntry { throw 1 } catch { var tL = 9 }", "tK + tL"],
      17,
    ],
    [["switch (1) { case 1: var [tK] = [10] }", "tK"], 10],
    [["while (true) { var tK = 11; break }", "tK"], 11],
    [["var tK = 1", "var tK", "tK"], 1],
    [["var tK = tK || 5", "var tK = tK + 1, tL = 1", "tK"], 6],
    [["for (var tK = tK ?? 7; false;);", "tK"], 7],
    [["let tK = 1", "let tK", "tK"], undefined],
    [[
      "{ let tK = 1; const tL = 2; function tM() {} }\nfor (let tI = 0; ;) break",
      "[typeof tK, typeof tL, typeof tM, typeof tI]",
    ], ["undefined", "undefined", "undefined", "undefined"]],
    [["(() => { var tK = 1 })()", "typeof tK"], "undefined"],
  ];
  for (const [cells, expected] of table) await check(cells, expected);
});

Deno.test("transformCell() hoists var, whatever it stands in", async () => {
  const table: readonly (readonly [readonly string[], unknown])[] = [
    [["const tR = typeof tV + tV; var tV = 5; [tR, tV]"], [
      "undefinedundefined",
      5,
    ]],
    [["tV = 1; const tR = tV; var tV: number; tR"], 1],
    [["const tR = tV; if (false) { var tV = 1 } tR"], undefined],
    [["const tR = tV; for (var tV = 0; tV < 1; tV++); [tR, tV]"], [
      undefined,
      1,
    ]],
    [["const tR = [tK, tL]; for (var tK in {}); for (var [tL] of []); tR"], [
      undefined,
      undefined,
    ]],
    [["const tR = tV; for await (var tV of [1]); [tR, tV]"], [undefined, 1]],
    [["const tR = tV; while (false) var tV = 1\ntR"], undefined],
    [["const tR = tV; do var tV = 1; while (false)\n[tR, tV]"], [undefined, 1]],
    [
      ["const tR = [tA, tB, tC]; try { var tA = 1 } catch { var tB = 2 } finally { var tC = 3 } [tR, tA, tB, tC]"],
      [[undefined, undefined, undefined], 1, undefined, 3],
    ],
    [["const tR = tV; switch (2) { case 1: var tV = 1 } [tR, tV]"], [
      undefined,
      undefined,
    ]],
    [["const tR = tV; tL: { var tV = 1; break tL } [tR, tV]"], [undefined, 1]],
    [
      ["const tR = [tA, tB, tC]; var { tA, b: [tB] = [2], ...tC } = { tA: 1, d: 4 }; [tR, tA, tB, tC]"],
      [[undefined, undefined, undefined], 1, 2, { d: 4 }],
    ],
    [["function tF() { return tV } const tR = tF(); var tV = 2; [tR, tF()]"], [
      undefined,
      2,
    ]],
    [["var tF = 1; function tF() {} tF"], 1],
    [["const tR = typeof tF; function tF() {} var tF; tR"], "function"],
    [["const tR = typeof tF; var tF = () => 1; tR + tF.name"], "undefinedtF"],
    // As in any module, a function in a block is the block's own.
    [["{ function tF() {} } typeof tF"], "undefined"],
    // What is there keeps its value, until the cell gives it another one.
    [["var tV = 1", "const tR = tV; var tV = 2; [tR, tV]"], [1, 2]],
    [["const tV = 1", "const tR = tV; var tV = 2; tV++; [tR, tV]"], [1, 3]],
    [["var toString; typeof toString"], "undefined"],
    [["var valueOf = 4; valueOf"], 4],
    [["for (var tI = 0; tI < 3; tI++) { var tV = (tV ?? 0) + tI } tV"], 3],
  ];
  for (const [cells, expected] of table) await check(cells, expected);
});

Deno.test("transformCell() makes constants that nothing can assign to", async () => {
  const constants = [
    ["const tX = 5"],
    ["const { tX } = { tX: 5 }"],
    ["const [{ a: [...[tX]] }] = [{ a: [5] }]"],
    ["import { version as tX } from 'data:text/javascript,export const version = 5'"],
    ["import tX from 'data:text/javascript,export default 5'"],
    ["import * as tX from 'data:text/javascript,export const v = 5'"],
    ["enum tX { v = 5 }"],
    ["export const enum tX { v = 5 }\n1"],
    ["namespace tX { export const v = 5 }\nnamespace tX { export const w = 6 }"],
    ["using tX = { v: 5, [Symbol.dispose]() {} }"],
    ["const tX = () => 5"],
    ["const tX = class { static v = 5 }"],
    ["let tX = 1", "const tX = 5"],
    ["function tX() {}", "const tX = 5"],
    ["export const tX = 5"],
  ];
  const assignments = [
    "tX = 6",
    "tX += 1",
    "tX ||= 1; tX &&= 6",
    "tX++",
    "--tX",
    "[tX] = [6]",
    "({ tX } = { tX: 6 })",
    "({ a: [tX = 1] } = { a: [] })",
    "[...tX] = [6]",
    "for (tX of [6]);",
    "for (tX in { a: 6 });",
    "for await (tX of [6]);",
    "(() => { tX = 6 })()",
    "class tC { static { tX = 6 } }",
    "await (async () => { await 0; tX = 6 })()",
    "eval('tX = 6')",
    "globalThis.tX = 6",
  ];
  const read =
    "typeof tX === 'number' ? tX : 'v' in tX ? tX.v : (tX as () => number)()";
  for (const declared of constants) {
    for (const assignment of assignments) {
      using notebook = startNotebook();
      for (const cell of declared) await notebook.run(cell);
      const error = await notebook.runToError(assignment);
      assert.ok(error instanceof TypeError, `${declared}; ${assignment}`);
      assert.equal(await notebook.run(read), 5, `${declared}; ${assignment}`);
      // Declaring again is always allowed.
      assert.equal(await notebook.run("let tX = 1; tX = 2; tX"), 2);
    }
  }
});

Deno.test("transformCell() lets a cell catch what it assigns to its own constant", async () => {
  const table: readonly (readonly [readonly string[], unknown])[] = [
    [[
      "const tX = 1; let tR = 0; try { tX = 2 } catch (e) { tR = e.name } [tX, tR]",
    ], [1, "TypeError"]],
    [[
      "import { join as tX } from 'node:path'; try { tX = 2 } catch (e) { e.name }\ntypeof tX",
    ], "function"],
    [[
      "const tLog = []; tLog.push('began'); const tX = 1; try { tX++ } catch { tLog.push('caught') } tLog",
    ], ["began", "caught"]],
    // An earlier function keeps trying, and fails as soon as it is a constant.
    [["let tX = 1; function tF() { tX++ }", "tF(); tX"], 2],
    [[
      "let tX = 1; function tF() { tX++; return tX }",
      "const tX = 5",
      "try { tF() } catch (e) { e.name + tX }\ntX",
    ], 5],
    [["const tX = 1", "{ let tX = 2; tX = 3 }\ntX"], 1],
    [["const tX = { a: 1 }", "tX.a = 2; tX.a"], 2],
    // What a cell reads of itself is what was there before.
    [["const tX = 1", "const tX = tX + 1; tX"], 2],
    [[
      "let tX = 1",
      "let tX = (() => { try { throw 1 } catch { return tX + 1 } })(); tX",
    ], 2],
  ];
  for (const [cells, expected] of table) await check(cells, expected);
  using notebook = startNotebook();
  await notebook.run("const tX = 1");
  await notebook.runToError("const tX = (() => { throw new Error('no') })()");
  assert.equal(await notebook.run("tX"), 1);
});

Deno.test("transformCell() disposes of a resource when its cell ends", async () => {
  await check([
    "const tLog: string[] = []",
    "using tR = { [Symbol.dispose]() { tLog.push('closed') }, id: 1 }\nawait using tS = { async [Symbol.asyncDispose]() { tLog.push('async') } }\nfunction tF() { return tR.id }\ntLog.push('used ' + tF())",
    "tLog",
  ], ["used 1", "async", "closed"]);
});

Deno.test("transformCell() replaces globals whose setter does nothing", async () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  const expected = ["mine", "let"];
  try {
    await check([
      "const navigator = 'mine'",
      "const tA = navigator\nlet { navigator } = { navigator: 'let' }\n;[tA, navigator]",
    ], expected);
  } finally {
    if (before !== undefined) {
      Object.defineProperty(globalThis, "navigator", before);
    }
  }
});

Deno.test("transformCell() survives code without semicolons", async () => {
  await check([
    `const tA = 1
class TB {}
(1)
function tF() { return 1 }
(2)
const tC = () => {}
(3)
export { tA }
(4)
let tD
/x/.test("x")
var tE
\`t\`.length
const { length: tG } = "four"
const [tH] = [tG]
interface TI {}
(5)
tH`,
  ], 4);
});

Deno.test("transformCell() lists what a cell declares", () => {
  const script = transformCell(
    "import a, { b as c } from 'm'\nlet d, { e } = x\nfunction f() {}\nif (1) var g\nenum H {}\ntype I = 1\nlet j = <a/>\nusing k = x",
    { name: "cell", folderUrl: "file:///" },
  );
  assert.ok(script.type === "script");
  assert.deepEqual(script.declares, [..."acdefgHjk"]);
});
