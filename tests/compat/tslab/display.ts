/**
 * tslab: its module, and what displays look like.
 * @module
 */
import { cells, displays, type Group } from "../case.ts";

const BYTES = "new Uint8Array([1, 2, 3])";

/** The module `tslab`. */
export const DISPLAY: Group = {
  title: "Displays",
  cases: [
    cells("import of the module", [
      'import * as tslab from "tslab"',
      "typeof tslab.display.html",
    ], "function"),
    cells(
      "import of its names",
      'import { display, newDisplay, versions } from "tslab"; [typeof display, typeof newDisplay, typeof versions]',
      "[object, function, object]",
    ),
    cells(
      "require of the module",
      'typeof require("tslab").display.html',
      "function",
    ),
    cells("version of tslab", "/^1\\.0\\./.test(versions.tslab)", "true"),
    cells(
      "version of TypeScript",
      "/^\\d+\\.\\d+\\.\\d+/.test(versions.typescript)",
      "true",
    ),
    cells(
      "version of Node",
      "/^v\\d+\\.\\d+\\.\\d+/.test(versions.node)",
      "true",
    ),
    displays("html", 'display.html("<b>1</b>")', { "text/html": "<b>1</b>" }),
    displays("markdown", 'display.markdown("# 1")', { "text/markdown": "# 1" }),
    displays("latex", 'display.latex("$x^2$")', { "text/latex": "$x^2$" }),
    displays("svg", 'display.svg("<svg/>")', { "image/svg+xml": "<svg/>" }),
    displays("javascript", 'display.javascript("1 + 1")', {
      "text/javascript": "1 + 1",
    }),
    displays("text", 'display.text("plain")', { "text/plain": "plain" }),
    displays("png", `display.png(${BYTES})`, { "image/png": "AQID" }),
    displays("jpeg", `display.jpeg(${BYTES})`, { "image/jpeg": "AQID" }),
    displays("gif", `display.gif(${BYTES})`, { "image/gif": "AQID" }),
    displays("pdf", `display.pdf(${BYTES})`, { "application/pdf": "AQID" }),
    displays("bytes of a Buffer", 'display.png(Buffer.from("hi"))', {
      "image/png": "aGk=",
    }),
    displays(
      "bytes of a part",
      "display.png(new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4))",
      { "image/png": "AQID" },
    ),
    displays("raw text", 'display.raw("text/x-own", "own")', {
      "text/x-own": "own",
    }),
    displays("raw bytes", `display.raw("application/x-own", ${BYTES})`, {
      "application/x-own": "AQID",
    }),
    displays(
      "raw JSON as text",
      'display.raw("application/json", JSON.stringify({ a: 1 }))',
      { "application/json": '{"a":1}' },
    ),
    displays(
      "several, in order",
      'display.text("1"); display.text("2"); display.text("3")',
      { "text/plain": "1" },
      { "text/plain": "2" },
      { "text/plain": "3" },
    ),
    displays("empty text", 'display.html("")', { "text/html": "" }),
    displays("text of Unicode", 'display.text("größer 🎉")', {
      "text/plain": "größer 🎉",
    }),
    cells("calls give nothing", 'display.text("x")', {
      prints: "",
      shows: [{ data: { "text/plain": "x" } }],
    }),
    cells(
      "a display that changes",
      'const d25 = newDisplay(); d25.text("old"); d25.text("new")',
      {
        shows: [{ data: { "text/plain": "old" } }, {
          data: { "text/plain": "new" },
          replaces: true,
        }],
      },
    ),
    cells("a display that a later cell changes", [
      'const d26 = newDisplay(); d26.text("0 %")',
      'd26.text("100 %")',
    ], {
      sends: [{
        type: "update_display_data",
        content: { data: { "text/plain": "100 %" } },
      }],
    }),
    cells(
      "a display that changes its format",
      'const d27 = newDisplay(); d27.text("t"); d27.html("<i>h</i>"); d27.png(' +
        BYTES + ")",
      {
        sends: [
          { type: "display_data", content: { data: { "text/plain": "t" } } },
          {
            type: "update_display_data",
            content: { data: { "text/html": "<i>h</i>" } },
          },
          {
            type: "update_display_data",
            content: { data: { "image/png": "AQID" } },
          },
        ],
      },
    ),
    cells(
      "two displays that change",
      'const [a28, b28] = [newDisplay(), newDisplay()]; a28.text("a"); b28.text("b"); a28.text("A")',
      {
        sends: [
          { type: "display_data", content: { data: { "text/plain": "a" } } },
          { type: "display_data", content: { data: { "text/plain": "b" } } },
          {
            type: "update_display_data",
            content: { data: { "text/plain": "A" } },
          },
        ],
      },
    ),
    cells("a display and a value", 'display.text("shown"); 5', {
      prints: "5",
      shows: [{ data: { "text/plain": "shown" } }],
    }),
    cells(
      "a display before an error",
      'display.text("shown"); throw new Error("then")',
      { fails: "then", shows: [{ data: { "text/plain": "shown" } }] },
    ),
    displays(
      "a display of a timer",
      'await new Promise<void>((done) => setTimeout(() => { display.text("timed"); done() }, 1))',
      { "text/plain": "timed" },
    ),
    displays("a display within a function", [
      "function show33(x: string) { display.html(`<p>${x}</p>`) }",
      'show33("x")',
    ], { "text/html": "<p>x</p>" }),
    displays(
      "displays in a loop",
      "for (let i = 0; i < 3; i++) display.text(String(i))",
      { "text/plain": "0" },
      { "text/plain": "1" },
      { "text/plain": "2" },
    ),
    displays(
      "a picture of a file",
      'import { writeFileSync as write36, readFileSync as read36 } from "fs"; write36("p.png", ' +
        BYTES + '); display.png(read36("p.png"))',
      { "image/png": "AQID" },
    ),
  ],
};
