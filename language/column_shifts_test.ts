import assert from "node:assert/strict";
import { composeShifts, originalColumn } from "./column_shifts.ts";
import { startNotebook } from "./test_notebook.ts";

/** Throws at {@link MARK}, and compares where V8 says that was. */
async function checkPosition(source: string, options: { exact: boolean }) {
  using notebook = startNotebook();
  await notebook.run(
    "let tG: any, tId = (x: any) => x\n" +
      "let tD = (v: any) => v\nlet React = { createElement: (...a: any[]) => a }",
  );
  const cell = source.replace("MARK", MARK);
  const { shifts } = notebook.transform(cell);
  const error = await notebook.runToError(cell);
  const [, line, column] = error.stack?.match(/cell\.ts\D*:(\d+):(\d+)/) ?? [];
  const before = cell.slice(0, cell.indexOf(MARK)).split(/\r\n|\n/);
  assert.equal(Number(line), before.length, `${cell}\n${error.stack}`);
  if (!options.exact) return;
  assert.equal(
    originalColumn(shifts, Number(line), Number(column)),
    (before.at(-1)?.length ?? 0) + 1,
    `${cell}\n${error.stack}\n${JSON.stringify(shifts)}`,
  );
}

const MARK = "new Error('mark')";

Deno.test("originalColumn() finds the user's column in an erased cell", async () => {
  const table = [
    "throw MARK",
    "  throw MARK",
    "// comment\n\nthrow MARK",
    "let a = 1; throw MARK",
    "const tA: number = tId((() => { throw MARK })())",
    "let tA = 1, tB = (() => { throw MARK })()",
    "const { tA, tB = (() => { throw MARK })() } = {} as any",
    "const { tA: { tB } = (() => { throw MARK })() } = {} as any",
    "let [tA = (() => { throw MARK })()] = []",
    "const tF = () => { throw MARK }\ntF()",
    "let x = 1\nconst tF = (a: string) => { throw MARK }\ntF('')",
    "let x = 1; const tF = (a: string) => { throw MARK }; tF('')",
    "function tF<T>(a: T) { throw MARK }\ntF(1)",
    "const a = 1\nfunction tF(a: number = 1) { throw MARK }\ntF()",
    "const a = 1; function tF() { throw MARK } tF()",
    "function tF() {\n  throw MARK\n}\ntF()",
    "function tF() {} throw MARK",
    "export function tF(a: number): never { throw MARK }\ntF(1)",
    "export default async function tF() { throw MARK }\nawait tF()",
    "class tA { m(): void { throw MARK } }\nnew tA().m()",
    "let x\nclass tA { static { throw MARK } }",
    "let x\nexport abstract class tA { static x = tId((() => { throw MARK })()) }",
    "1\ntId((() => { throw MARK })())",
    "1; tId((() => { throw MARK })())",
    "await tId((() => { throw MARK })())",
    "const tA = await (async () => { throw MARK })()",
    "import * as tP from 'node:path'; throw MARK",
    "import {\n  join,\n} from 'node:path'; throw MARK",
    "const x = import.meta.url, y = (() => { throw MARK })()",
    "const x = () => import('./a.ts'); throw MARK",
    "for (var i = 0; i < 1; i++) { throw MARK }",
    "for (var { length } of ['a']) throw MARK",
    "if (true) { var tA = 1; throw MARK }",
    "using tR = null; throw MARK",
    "let s = `a\n${1}` as string; throw MARK",
    "let s: string\r\nlet t: string; throw MARK",
    "export const tA = 1; throw MARK",
    "export default tId((() => { throw MARK })())",
    "{ a: tId((() => { throw MARK })()) }",
    "{\n  a: tId((() => { throw MARK })()) }",
    "type A = {\n  a: 1\n}\nlet tA: A; throw MARK",
    "#!shebang\nthrow MARK",
  ];
  for (const source of table) await checkPosition(source, { exact: true });
});

Deno.test("originalColumn() finds the user's line in a lowered cell", async () => {
  const table: readonly (readonly [source: string, exact: boolean])[] = [
    ["enum tE { A }\nthrow MARK", true],
    ["enum tE { A } throw MARK", true],
    [
      "enum tE {\n  A = 1,\n  B = tId((() => { throw MARK })()),\n  C = 3\n}",
      true,
    ],
    ["namespace tN {\n  export const a = 1\n  throw MARK\n}", true],
    ["namespace tN { export function f() { throw MARK } }\ntN.f()", true],
    [
      "class tP {\n  constructor(private a: number, b = 2) {\n    throw MARK\n  }\n}\nnew tP(1)",
      true,
    ],
    [
      "class tP {\n  constructor(\n    private a: number,\n  ) {}\n  m() {\n    throw MARK }\n}\nnew tP(1).m()",
      true,
    ],
    [
      "const tEl = (\n  <a\n    b={(() => { throw MARK })()}\n  >\n    x\n  </a>\n)",
      true,
    ],
    [
      "const tEl = <a/>\nfunction tF() {\n  // why\n  throw MARK\n}\ntF()",
      true,
    ],
    [
      "function tF() {\n  return <a>\n    {tId((() => { throw MARK })())}\n  </a>\n}\ntF()",
      true,
    ],
    [
      "@tD\nclass tA {\n  @tD m() {\n    throw MARK\n  }\n  @tD f = 1\n}\nnew tA().m()",
      true,
    ],
    ["@tD class tA {\n  a = 1\n}\n\nthrow MARK", true],
    ["class tA {\n  @tD f = tId((() => { throw MARK })())\n}\nnew tA()", true],
    ["const x = <any> 1; throw MARK", true],
    ["function tF() {\n  return <any>\n    1\n}\nthrow MARK", true],
    ["const t = <any> `a\nb`; throw MARK", true],
  ];
  for (const [source, exact] of table) await checkPosition(source, { exact });
});

Deno.test("originalColumn() keeps inserted text from running over", () => {
  const shifts = { 1: [[11, -10]], 3: [[5, -2], [9, 4]] } as const;
  const table: readonly (readonly [number, number, number])[] = [
    [1, 1, 1],
    [1, 10, 1],
    [1, 11, 1],
    [1, 15, 5],
    [2, 7, 7],
    [3, 2, 2],
    [3, 4, 3],
    [3, 5, 3],
    [3, 9, 13],
  ];
  for (const [line, column, expected] of table) {
    assert.equal(originalColumn(shifts, line, column), expected);
  }
});

Deno.test("composeShifts() follows both steps", () => {
  const later = { 1: [[6, -5]], 2: [[3, 1]] } as const;
  const earlier = { 1: [[4, -1]], 3: [[2, 2]] } as const;
  const both = composeShifts(later, earlier);
  for (const line of [1, 2, 3]) {
    for (let column = 6; column < 20; column++) {
      const between = originalColumn(later, line, column);
      assert.equal(
        originalColumn(both, line, column),
        originalColumn(earlier, line, between),
      );
    }
  }
});
