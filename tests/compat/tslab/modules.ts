/**
 * tslab: modules that cells are, files and packages.
 * @module
 */
import { cells, displays, type Group } from "../case.ts";

const NO_TYPES = "has no types for it: Could not find a declaration file";
const ESM = "can not require modules of the newer kind (issue 72)";

/** Cells that are modules. */
export const MODULE_CELLS: Group = {
  title: "Module cells",
  cases: [
    cells("a module and its import", [
      "/** @module m1 */\nexport const a = 1;",
      'import { a } from "./m1"; a',
    ], "1"),
    cells(
      "a module is not run by its own cell",
      '/** @module m2 */\nconsole.log("loading"); export {}',
      "",
    ),
    cells("a module is run when it is imported", [
      '/** @module m3 */\nconsole.log("loading"); export {}',
      'import "./m3"',
    ], "loading"),
    cells("a module is run once", [
      '/** @module m4 */\nconsole.log("loading"); export const x4 = 1',
      'import "./m4"',
      'import { x4 } from "./m4"; x4',
    ], "1"),
    cells("its names are no names of cells", [
      "/** @module m5 */\nexport const hidden5 = 1",
      "typeof (globalThis as any).hidden5",
    ], "undefined"),
    cells("run again, it takes the place of the first", [
      "/** @module m6 */\nexport const a6 = 1",
      'import { a6 } from "./m6"',
      "/** @module m6 */\nexport const a6 = 2",
      'import { a6 } from "./m6"; a6',
    ], "2"),
    cells("importers of a changed module", [
      "/** @module m7 */\nexport const a7 = 1",
      '/** @module n7 */\nimport { a7 } from "./m7"; export const b7 = a7 * 10',
      'import { b7 } from "./n7"',
      "/** @module m7 */\nexport const a7 = 2",
      'import { b7 } from "./n7"; b7',
    ], "20"),
    cells("a default export", [
      "/** @module m8 */\nexport default function f() { return 8 }",
      'import f8 from "./m8"; f8()',
    ], "8"),
    cells("a namespace import", [
      "/** @module m9 */\nexport const a = 1, b = 2",
      'import * as m9 from "./m9"; m9.a + m9.b',
    ], "3"),
    cells("types of a module", [
      "/** @module m10 */\nexport interface S { n: number }\nexport type T = S[]",
      'import { S, T } from "./m10"; const t10: T = [{ n: 1 }]; t10.length',
    ], "1"),
    cells("a class of a module", [
      "/** @module m11 */\nexport class K { constructor(public n: number) {} }",
      'import { K as K11 } from "./m11"; new K11(3).n',
    ], "3"),
    cells("a module without exports", [
      "/** @module m12 */\nconst inside = 1",
      'import "./m12"; 12',
    ], "12"),
    cells("a module imports a file", [
      '/** @module m13 */\nimport { answer } from "./tools"; export const more = answer + 1',
      'import { more } from "./m13"; more',
    ], "43"),
    cells("a module imports a package", [
      '/** @module m14 */\nimport { add } from "typed-pack"; export const sum = add(1, 2)',
      'import { sum } from "./m14"; sum',
    ], "3"),
    displays("a module displays", [
      '/** @module m15 */\nimport { display } from "tslab"; export const show = () => display.text("from m15")',
      'import { show as show15 } from "./m15"; show15()',
    ], { "text/plain": "from m15" }),
    cells("words beside the tag", [
      "/**\n * Tools for later.\n * @module m16\n */\nexport const a = 16",
      'import { a as a16 } from "./m16"; a16',
    ], "16"),
    cells("a name that is none", "/** @module not-a-name */\n17", "17"),
    cells("dynamic import of a module", [
      "/** @module m18 */\nexport const a = 18",
      '(await import("./m18")).a',
    ], "18"),
    cells("require of a module", [
      "/** @module m19 */\nexport const a = 19",
      'require("./m19").a',
    ], "19"),
    cells("JSX in a module", [
      "/** @module m20 @jsx */\nconst React = { createElement: (t: string) => t }; export const v = <p/>",
      'import { v } from "./m20"; v',
    ], "p"),
    cells("@node is an ordinary cell", "/** @node */\n21", "21"),
    cells(
      "a cell for the browser is not run",
      '/** @browser */\ndocument.title = "x"; console.log("ran")',
      "",
    ),
    cells(
      "a module for the browser",
      "/** @browser @module m23 */\nexport const el = () => document.body",
      "",
    ),
    cells("a module with an error", [
      '/** @module m24 */\nthrow new Error("in module")',
      'import "./m24"',
    ], { fails: "in module" }),
    cells("enums in a module", [
      "/** @module m25 */\nexport enum E { A = 5 }",
      'import { E as E25 } from "./m25"; E25.A',
    ], "5"),
  ],
};

/** Files and packages. */
export const IMPORTS: Group = {
  title: "Files and packages",
  cases: [
    cells(
      "a file without its ending",
      'import { answer } from "./tools"; answer',
      "42",
    ),
    cells(
      "its default export",
      'import greet from "./tools"; greet("x")',
      "hello x",
    ),
    cells(
      "a type of a file",
      'import { Shape } from "./tools"; const sh: Shape = { sides: 3 }; sh.sides',
      "3",
    ),
    cells(
      "a file that imports a file",
      'import { next } from "./chain"; next',
      "43",
    ),
    cells(
      "a JavaScript file",
      'import { twice } from "./plain"; twice(4)',
      "8",
    ),
    cells(
      "all of a JavaScript file",
      'import * as plain5 from "./plain"; plain5.kind',
      "plain",
    ),
    cells(
      "a folder's index",
      'import { place } from "./lib"; place',
      "lib/index",
    ),
    cells("a file with JSX", 'import { view } from "./view"; view', "<main>"),
    cells(
      "JSON as default",
      'import data from "./data.json"; data.rows.length',
      "3",
    ),
    cells(
      "JSON as a namespace",
      'import * as data9 from "./data.json"; data9.rows[0]',
      "1",
    ),
    cells("require of JSON", 'require("./data.json").rows[2]', "3"),
    cells(
      "require of JSON without its ending",
      'require("./data").rows[1]',
      "2",
    ),
    cells("require of a JavaScript file", 'require("./plain").kind', "plain"),
    cells("dynamic import of a file", '(await import("./tools")).answer', "42"),
    displays(
      "a file that displays",
      'import { show } from "./shows"; show("<i>f</i>")',
      { "text/html": "<i>f</i>" },
    ),
    cells(
      "old decorators in a file",
      'import { Noted, seen } from "./decorated"; new Noted(); seen',
      '["a", "f"]',
    ),
    cells(
      "a package",
      'const cjs18 = require("cjs-pack"); cjs18.hello()',
      "cjs",
    ),
    cells(
      "a package as default",
      'import cjs19 from "cjs-pack"; cjs19.hello()',
      "cjs",
      NO_TYPES,
    ),
    cells(
      "a package as a namespace",
      'import * as typed20 from "typed-pack"; typed20.add(1, 2)',
      "3",
    ),
    cells(
      "names of a package",
      'import { add } from "typed-pack"; add(2, 3)',
      "5",
    ),
    cells(
      "a package that is a function",
      'const func22 = require("cjs-func"); func22(1)',
      "2",
    ),
    cells("a package with a scope", 'require("@scope/pack").scoped', "true"),
    cells("a file of a package", 'require("cjs-pack/extra/part").part', "part"),
    cells(
      "a package that says it is a module",
      'const f25 = require("flagged-pack"); [f25.default, f25.named]',
      '["the default", "named"]',
    ),
    cells(
      "a package of the newer kind",
      'const { esm } = await import("esm-pack" as any); esm',
      "esm",
      ESM,
    ),
    cells("a missing file", 'require("./not-there")', { fails: "not-there" }),
    cells("a missing package", 'require("not-there-pack")', {
      fails: "not-there-pack",
    }),
    cells(
      "require.resolve",
      'require.resolve("cjs-pack").endsWith("cjs-pack/main.js")',
      "true",
    ),
    cells(
      "the file's own version",
      'require("cjs-pack/package.json").version',
      "1.2.3",
    ),
    {
      name: "a file that has changed",
      note: "may come to grief: Unexpected pending rebuildTimer",
      steps: [
        {
          run:
            'import { writeFileSync } from "fs"; writeFileSync("changing.ts", "export const at = 1")',
        },
        { run: 'import { at } from "./changing"; at', prints: "1" },
        { run: 'writeFileSync("changing.ts", "export const at = 2000")' },
        { run: "await new Promise((done) => setTimeout(done, 5))" },
        { run: 'import { at } from "./changing"; at', prints: "2000" },
      ],
    },
  ],
};
