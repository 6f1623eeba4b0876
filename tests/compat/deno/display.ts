/**
 * Deno.jupyter: how values are shown, and what a cell can show.
 * @module
 */
import { cells, displays, type Group } from "../case.ts";

const PNG = "new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])";
const JPEG = "new Uint8Array([255, 216, 255, 217])";
const DISPLAY = 'Symbol.for("Jupyter.display")';
const VEGA = "https://vega.github.io/schema";

/** The value of a cell. */
export const VALUES: Group = {
  title: "Values",
  cases: [
    cells("a number", "1 + 1", { gives: { "text/plain": "2" } }),
    cells("a string has quotes", '"a"', { gives: { "text/plain": '"a"' } }),
    cells("an object", '({ a: "x" })', {
      gives: { "text/plain": '{ a: "x" }' },
    }),
    cells("braces alone are an object", '{ a: 1, b: "x" }', {
      gives: { "text/plain": '{ a: 1, b: "x" }' },
    }),
    cells("braces with a semicolon are a block", "{ let a = 1; }", {
      prints: "",
    }),
    cells("null", "null", { gives: { "text/plain": "null" } }, "shows nothing"),
    cells("undefined shows nothing", "undefined", { prints: "" }),
    cells(
      "a bigint",
      "10n",
      { gives: { "text/plain": "10n" } },
      "shows nothing",
    ),
    cells("NaN", "NaN", { gives: { "text/plain": "NaN" } }, "shows nothing"),
    cells(
      "minus zero",
      "-0",
      { gives: { "text/plain": "-0" } },
      "shows nothing",
    ),
    cells("a symbol", 'Symbol("s")', { gives: { "text/plain": "Symbol(s)" } }),
    cells("a function", "(function f() {})", {
      gives: { "text/plain": "[Function: f]" },
    }),
    cells("a map", "new Map([[1, 2]])", {
      gives: { "text/plain": "Map(1) { 1 => 2 }" },
    }),
    cells("a date", "new Date(0)", {
      gives: { "text/plain": "1970-01-01T00:00:00.000Z" },
    }),
    cells("an awaited value", "await Promise.resolve(5)", {
      gives: { "text/plain": "5" },
    }),
    cells(
      "a thrown string",
      'throw "plain"',
      { fails: "plain" },
      "says Error, and nothing else",
    ),
    cells("an error's name and message", 'throw new RangeError("far")', {
      sends: [{
        type: "error",
        content: { ename: "RangeError", evalue: "far" },
      }],
      fails: "far",
    }),
    cells("_ is the last value", ["6 * 7", "_"], {
      gives: { "text/plain": "42" },
    }, "is undefined in notebooks"),
    cells(
      "_ is not changed by what gives nothing",
      ["1 + 2", 'console.log("x")', "_"],
      { gives: { "text/plain": "3" } },
      "is undefined in notebooks",
    ),
    {
      name: "_error is the last error",
      note: "is undefined in notebooks",
      steps: [{ run: 'throw new TypeError("kept")', fails: "kept" }, {
        run: "_error.message",
        gives: { "text/plain": '"kept"' },
      }],
    },
    cells("a name of one's own for _", ["const _ = { own: 1 }", "2", "_.own"], {
      gives: { "text/plain": "1" },
    }),
  ],
};

/** What makes a value be shown in another way. */
export const FORMATS: Group = {
  title: "Formats",
  cases: [
    cells(
      "its own method",
      `({ [${DISPLAY}]: () => ({ "text/html": "<b>1</b>" }) })`,
      { gives: { "text/html": "<b>1</b>" } },
    ),
    cells(
      "a method that is async",
      `({ async [${DISPLAY}]() { await null; return { "text/markdown": "# 1" } } })`,
      { gives: { "text/markdown": "# 1" } },
    ),
    cells(
      "Deno.jupyter.$display",
      `({ [Deno.jupyter.$display]: () => ({ "text/plain": "own" }) })`,
      { gives: { "text/plain": "own" } },
    ),
    cells("the two symbols are one", `Deno.jupyter.$display === ${DISPLAY}`, {
      gives: { "text/plain": "true" },
    }),
    cells(
      "several formats at once",
      `({ [${DISPLAY}]: () => ({ "text/plain": "p", "text/html": "<p>h</p>", "application/json": { a: 1 } }) })`,
      {
        gives: {
          "text/plain": "p",
          "text/html": "<p>h</p>",
          "application/json": { a: 1 },
        },
      },
    ),
    cells(
      "a method of a class",
      `class Card { constructor(public n: number) {} [${DISPLAY}]() { return { "text/html": "<i>" + this.n + "</i>" } } }\nnew Card(3)`,
      { gives: { "text/html": "<i>3</i>" } },
    ),
    cells(
      "the method of a function",
      `Object.assign(() => 1, { [${DISPLAY}]: () => ({ "text/html": "fn" }) })`,
      { gives: { "text/html": "fn" } },
    ),
    cells(
      "a method that throws",
      `({ [${DISPLAY}]() { throw new RangeError("no") } })`,
      { fails: "no" },
      "says all is well",
    ),
    cells("a canvas", '({ toDataURL: () => "data:image/png;base64,AQID" })', {
      gives: { "image/png": "AQID" },
    }),
    cells(
      "a canvas of another format",
      '({ toDataURL: () => "data:image/jpeg;base64,AQID" })',
      { gives: { "image/jpeg": "AQID" } },
    ),
    cells(
      "Vega",
      `({ toSpec: () => ({ $schema: "${VEGA}/vega/v5.json", marks: [] }) })`,
      { gives: { "application/vnd.vega.v5+json": { marks: [] } } },
    ),
    cells(
      "Vega-Lite 5",
      `({ toSpec: () => ({ $schema: "${VEGA}/vega-lite/v5.json", mark: "bar" }) })`,
      { gives: { "application/vnd.vegalite.v5+json": { mark: "bar" } } },
    ),
    cells(
      "Vega-Lite 4",
      `({ toSpec: () => ({ $schema: "${VEGA}/vega-lite/v4.json", mark: "bar" }) })`,
      { gives: { "application/vnd.vegalite.v4+json": { mark: "bar" } } },
    ),
    cells(
      "Vega-Lite 6",
      `({ toSpec: () => ({ $schema: "${VEGA}/vega-lite/v6.json", mark: "bar" }) })`,
      { gives: { "application/vnd.vegalite.v6+json": { mark: "bar" } } },
      "calls it Vega 5",
    ),
    cells(
      "a spec without its schema is a value",
      '({ toSpec: () => ({ mark: "bar" }) })',
      { prints: "{ toSpec: [Function: toSpec] }" },
      "sends no data",
    ),
    cells("an element", '({ outerHTML: "<p>e</p>" })', {
      gives: { "text/html": "<p>e</p>" },
    }),
    cells("an SVG element", '({ outerHTML: "<svg></svg>" })', {
      gives: { "image/svg+xml": "<svg></svg>" },
    }),
    cells("bytes of a PNG", PNG, { gives: { "image/png": "iVBORw0KGgo=" } }),
    cells("bytes of a JPEG", JPEG, { gives: { "image/jpeg": "/9j/2Q==" } }),
    cells("other bytes", "new Uint8Array([1, 2])", {
      gives: { "text/plain": "Uint8Array(2) [ 1, 2 ]" },
    }),
    cells(
      "its own method comes first",
      `({ outerHTML: "<p></p>", [${DISPLAY}]: () => ({ "text/plain": "first" }) })`,
      { gives: { "text/plain": "first" } },
    ),
    cells("format", 'await Deno.jupyter.format({ outerHTML: "<p>f</p>" })', {
      gives: { "text/plain": '{ "text/html": "<p>f</p>" }' },
    }),
    cells(
      "format of a plain value",
      "Object.keys(await Deno.jupyter.format(5))",
      { gives: { "text/plain": '[ "text/plain" ]' } },
    ),
    cells(
      "format of a string",
      '(await Deno.jupyter.format("s"))["text/plain"].includes("s")',
      { gives: { "text/plain": "true" } },
    ),
  ],
};

/** What a cell shows beside its value. */
export const DISPLAYS: Group = {
  title: "Displays",
  cases: [
    displays("display of a value", "await Deno.jupyter.display(5)", {
      "text/plain": "5",
    }),
    displays(
      "display that nobody awaits",
      'Deno.jupyter.display({ outerHTML: "<p>d</p>" }); undefined',
      { "text/html": "<p>d</p>" },
    ),
    displays(
      "a raw bundle",
      'await Deno.jupyter.display({ "text/html": "<b>r</b>" }, { raw: true })',
      { "text/html": "<b>r</b>" },
    ),
    displays(
      "a raw bundle of JSON",
      'await Deno.jupyter.display({ "application/json": { a: [1] } }, { raw: true })',
      { "application/json": { a: [1] } },
    ),
    displays(
      "an object that is not raw",
      'await Deno.jupyter.display({ "text/html": "x" })',
      { "text/plain": '{ "text/html": "x" }' },
    ),
    cells(
      "a display that changes",
      'await Deno.jupyter.display(1, { display_id: "d" }); await Deno.jupyter.display(2, { display_id: "d", update: true })',
      {
        shows: [{ data: { "text/plain": "1" } }, {
          data: { "text/plain": "2" },
          replaces: true,
        }],
      },
    ),
    cells("its id", 'await Deno.jupyter.display(1, { display_id: "mine" })', {
      sends: [{
        type: "display_data",
        content: { transient: { display_id: "mine" }, metadata: {} },
      }],
    }),
    cells(
      "displays keep their order",
      "for (const i of [1, 2, 3]) await Deno.jupyter.display(i)",
      { shows: [1, 2, 3].map((i) => ({ data: { "text/plain": String(i) } })) },
    ),
    cells("md", "Deno.jupyter.md`# ${1 + 1}`", {
      gives: { "text/markdown": "# 2" },
    }),
    cells("html", 'Deno.jupyter.html`<b>${"<i>"}</b>`', {
      gives: { "text/html": "<b><i></b>" },
    }),
    cells("svg", "Deno.jupyter.svg`<svg>${1}</svg>`", {
      gives: { "image/svg+xml": "<svg>1</svg>" },
    }),
    cells("a template with undefined", "Deno.jupyter.md`a${undefined}b`", {
      gives: { "text/markdown": "ab" },
    }),
    displays(
      "display of a template",
      "await Deno.jupyter.display(Deno.jupyter.md`*m*`)",
      { "text/markdown": "*m*" },
    ),
    cells(
      "names of Deno.jupyter",
      "const { display: show14, html: html14 } = Deno.jupyter; await show14(html14`<p>n</p>`)",
      { shows: [{ data: { "text/html": "<p>n</p>" } }] },
    ),
    cells("an image of bytes", `Deno.jupyter.image(${PNG})`, {
      gives: { "image/png": "iVBORw0KGgo=" },
    }),
    cells("an image of a file", [
      `Deno.writeFileSync("pic.png", ${PNG})`,
      'Deno.jupyter.image("pic.png")',
    ], { gives: { "image/png": "iVBORw0KGgo=" } }),
    cells("a JPEG of a file", [
      `Deno.writeFileSync("pic.jpg", ${JPEG})`,
      'Deno.jupyter.image("pic.jpg")',
    ], { gives: { "image/jpeg": "/9j/2Q==" } }),
    cells("an image that is none", "Deno.jupyter.image(new Uint8Array([1]))", {
      fails: "TypeError",
    }),
    cells("an image that is not there", 'Deno.jupyter.image("not-there.png")', {
      fails: "",
    }),
  ],
};
