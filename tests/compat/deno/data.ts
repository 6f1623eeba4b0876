/**
 * Deno.jupyter: data frames, what a GPU holds, messages of one's own, and how
 * cells are compiled.
 * @module
 */
import { cells, type Group } from "../case.ts";

/** A data frame with the shape of nodejs-polars. */
const FRAME =
  `const type = (name: string) => ({ toJSON: () => ({ DataType: name }) });
const frame = (rows: any[]) => ({
  schema: { name: type("Utf8"), n: type("Int64"), ok: type("Bool"), at: type("Date"), x: type("Float64"), list: type("List") },
  head: (n: number) => frame(rows.slice(0, n)),
  toRecords: () => rows,
});
const row = (i: number) => ({ name: "<" + i + ">", n: i, ok: true, at: "2026-01-01", x: i / 2, list: [i] });`;
const FIELDS = [
  { name: "name", type: "string" },
  { name: "n", type: "integer" },
  { name: "ok", type: "boolean" },
  { name: "at", type: "string" },
  { name: "x", type: "number" },
];
const TABLE = "application/vnd.dataresource+json";

/** Tables, and what a GPU holds. */
export const DATA: Group = {
  title: "Data frames and GPU objects",
  cases: [
    cells("a data frame as data", [FRAME, "frame([row(1)])"], {
      gives: { [TABLE]: { data: [{ n: 1 }] } },
    }),
    cells(
      "names and types of its columns",
      `(await Deno.jupyter.format(frame([row(1)])))["${TABLE}"].schema.fields.slice(0, 5)`,
      {
        prints: FIELDS.map(({ name, type }) =>
          `{ name: "${name}", type: "${type}" }`
        ).join(",").replace(/^/, "[").concat("]"),
      },
    ),
    cells(
      "types of its values",
      `(await Deno.jupyter.format(frame([row(1)])))["${TABLE}"].schema.fields[1].type`,
      { gives: { "text/plain": '"integer"' } },
    ),
    cells(
      "rows of its data",
      `(await Deno.jupyter.format(frame(Array.from({ length: 80 }, (_, i) => row(i)))))["${TABLE}"].data.length`,
      { gives: { "text/plain": "50" } },
    ),
    cells(
      "rows of its table",
      '(await Deno.jupyter.format(frame(Array.from({ length: 80 }, (_, i) => row(i)))))["text/html"].match(/<tr>/g).length',
      { gives: { "text/plain": "11" } },
    ),
    cells(
      "its table is escaped",
      '(await Deno.jupyter.format(frame([row(1)])))["text/html"].includes("<1>")',
      { gives: { "text/plain": "false" } },
    ),
    cells(
      "an empty data frame",
      `(await Deno.jupyter.format(frame([])))["${TABLE}"].data`,
      { gives: { "text/plain": "[]" } },
    ),
    cells("a list of records is a value", "[{ a: 1 }]", {
      gives: { "text/plain": "[ { a: 1 } ]" },
    }),
    cells("whether there is a GPU", "typeof navigator.gpu", {
      gives: { "text/plain": '"object"' },
    }),
  ],
};

/** Messages that a cell makes itself. */
export const MESSAGES: Group = {
  title: "Messages",
  cases: [
    cells(
      "clear_output",
      'await Deno.jupyter.broadcast("clear_output", { wait: true })',
      { sends: [{ type: "clear_output", content: { wait: true } }] },
    ),
    cells(
      "display_data",
      'await Deno.jupyter.broadcast("display_data", { data: { "text/plain": "b" }, metadata: {}, transient: {} })',
      {
        sends: [{
          type: "display_data",
          content: { data: { "text/plain": "b" } },
        }],
      },
    ),
    cells(
      "update_display_data",
      'await Deno.jupyter.broadcast("update_display_data", { data: { "text/plain": "u" }, metadata: {}, transient: { display_id: "x" } })',
      {
        sends: [{
          type: "update_display_data",
          content: { transient: { display_id: "x" } },
        }],
      },
    ),
    cells(
      "stream",
      'await Deno.jupyter.broadcast("stream", { name: "stdout", text: "s\\n" })',
      { prints: "s" },
    ),
    cells(
      "comm_open",
      'await Deno.jupyter.broadcast("comm_open", { comm_id: "c", target_name: "t", data: { a: 1 } }, { metadata: { version: "2.1.0" } })',
      {
        sends: [{
          type: "comm_open",
          content: { comm_id: "c", target_name: "t", data: { a: 1 } },
          metadata: { version: "2.1.0" },
        }],
      },
    ),
    cells(
      "comm_msg with bytes",
      'await Deno.jupyter.broadcast("comm_msg", { comm_id: "c", data: {} }, { buffers: [new Uint8Array([1, 2]), new Uint8Array([3])] })',
      {
        sends: [{
          type: "comm_msg",
          content: { comm_id: "c" },
          buffers: [[1, 2], [3]],
        }],
      },
    ),
    cells(
      "comm_close",
      'await Deno.jupyter.broadcast("comm_close", { comm_id: "c", data: {} })',
      { sends: [{ type: "comm_close", content: { comm_id: "c" } }] },
    ),
    cells(
      "another type",
      'await Deno.jupyter.broadcast("own_type", { any: ["thing"] }, { metadata: { m: 1 }, buffers: [new Uint8Array([9])] })',
      {
        sends: [{
          type: "own_type",
          content: { any: ["thing"] },
          metadata: { m: 1 },
          buffers: [[9]],
        }],
      },
    ),
    cells(
      "messages keep their order",
      'for (const n of [1, 2, 3]) Deno.jupyter.broadcast("own_order", { n })',
      { sends: [1, 2, 3].map((n) => ({ type: "own_order", content: { n } })) },
    ),
    cells(
      "a message and a display",
      'await Deno.jupyter.broadcast("own_first", {}); await Deno.jupyter.display(1)',
      {
        sends: [{ type: "own_first", content: {} }, {
          type: "display_data",
          content: {},
        }],
      },
    ),
  ],
};

/** How cells are compiled and run. */
export const CELLS: Group = {
  title: "Cells",
  cases: [
    cells("types are not checked", 'const n1: number = "text" as any; n1', {
      gives: { "text/plain": '"text"' },
    }),
    cells(
      "a static import",
      'import { basename } from "node:path"; basename("a/b")',
      { gives: { "text/plain": '"b"' } },
    ),
    cells("an import for later cells", [
      'import { extname } from "node:path"',
      'extname("a.b")',
    ], { gives: { "text/plain": '".b"' } }),
    cells("a file", 'import { answer } from "./tools.ts"; answer', {
      gives: { "text/plain": "42" },
    }),
    cells(
      "JSON",
      'import data from "./data.json" with { type: "json" }; data.rows.length',
      { gives: { "text/plain": "3" } },
    ),
    cells(
      "declared again as another kind",
      ["const k = 1", "let k = 2", "function k() {}", "class k {}", "typeof k"],
      { gives: { "text/plain": '"function"' } },
      "can not: already declared",
    ),
    cells("JSX with a factory", [
      "/** @jsx h */\nconst h = (tag: string, props: any, ...kids: any[]) => `<${tag}>${kids}</${tag}>`; const el = <p>t</p>; el",
    ], { gives: { "text/plain": '"<p>t</p>"' } }),
    cells("JSX goes on in later cells", ["<b>u</b>"], {
      gives: { "text/plain": '"<b>u</b>"' },
    }),
    cells("import.meta", "typeof import.meta.url", {
      gives: { "text/plain": '"string"' },
    }, "can not: a syntax error"),
    cells("console.error", 'console.error("oh")', { warns: "oh" }),
    cells(
      "Deno.stdout",
      'Deno.stdout.writeSync(new TextEncoder().encode("raw\\n")); undefined',
      { prints: "raw" },
      "loses it",
    ),
    cells(
      "a program's output",
      'await new Deno.Command("echo", { args: ["from echo"], stdout: "inherit" }).spawn().status; undefined',
      { prints: "from echo" },
      "loses it",
    ),
    cells("prompt without a front end that answers", 'prompt("Name?")', {
      prints: "null",
    }, "shows nothing for `null`"),
    cells(
      "a failing test fails its cell",
      'Deno.test("t", () => { throw new Error("tested") })',
      { fails: "tested" },
      "says all is well",
    ),
    cells("an enum", ["enum E { A = 3 }", "E.A"], {
      gives: { "text/plain": "3" },
    }),
    cells(
      "using",
      'using _u = { [Symbol.dispose]() { console.log("closed") } }; console.log("open")',
      { prints: "open closed" },
    ),
  ],
};
