import assert from "node:assert/strict";
import type { Cell, CodeCell } from "./notebook.ts";
import { parseNotebook } from "./parse.ts";
import { serializeNotebook } from "./serialize.ts";

Deno.test("parseNotebook() joins text that a file splits into lines", () => {
  const check = (cell: unknown, expected: unknown) => {
    const { id: _, ...actual } = parseCell(cell);
    assert.deepEqual(actual, expected);
  };
  const markdown = { cell_type: "markdown", metadata: {}, source: "a\nb" };
  check({ ...markdown, source: ["a\n", "b"] }, markdown);
  check({ ...markdown, source: "a\nb" }, markdown);
  check({ ...markdown, source: [] }, { ...markdown, source: "" });
  check(
    {
      ...markdown,
      attachments: { "a.svg": { "image/svg+xml": ["<svg>", "</svg>"] } },
    },
    {
      ...markdown,
      attachments: { "a.svg": { "image/svg+xml": "<svg></svg>" } },
    },
  );
});

Deno.test("parseNotebook() joins the text of outputs, but not JSON", () => {
  const check = (output: unknown, expected: unknown) => {
    const cell = parseCell({
      cell_type: "code",
      source: "",
      outputs: [output],
    });
    assert.deepEqual(cell.cell_type === "code" && cell.outputs[0], expected);
  };
  const stream = { output_type: "stream", name: "stdout" };
  check({ ...stream, text: ["a\n", "b"] }, { ...stream, text: "a\nb" });
  const display = { output_type: "display_data", metadata: {} };
  check(
    {
      ...display,
      data: {
        "text/html": ["<b>\n", "</b>"],
        "image/png": ["aGk=\n", "aGk="],
        "application/json": ["a\n", "b"],
        "application/geo+json": ["a\n", "b"],
        "application/vnd.x": [1, "b"],
      },
    },
    {
      ...display,
      data: {
        "text/html": "<b>\n</b>",
        "image/png": "aGk=\naGk=",
        "application/json": ["a\n", "b"],
        "application/geo+json": ["a\n", "b"],
        "application/vnd.x": [1, "b"],
      },
    },
  );
});

Deno.test("parseNotebook() fills in what careless tools leave out", () => {
  assert.deepEqual(parseCell({ cell_type: "code", id: "a", source: "1" }), {
    cell_type: "code",
    id: "a",
    metadata: {},
    source: "1",
    execution_count: null,
    outputs: [],
  });
});

Deno.test("parseNotebook() reads every minor version and skips a byte order mark", () => {
  const check = (minor: number, expected: number) => {
    const text =
      `\uFEFF{"nbformat":4,"nbformat_minor":${minor},"metadata":{},"cells":[]}`;
    assert.equal(parseNotebook(text).nbformat_minor, expected);
  };
  for (const minor of [0, 1, 2, 3, 4, 5]) check(minor, 5);
  check(7, 7);
});

Deno.test("parseNotebook() names the file, the place and the mistake", () => {
  const check = (text: string, name: string, mistake: string) =>
    assert.throws(() => parseNotebook(text, "a.ipynb"), {
      name,
      message: `Cannot read notebook "a.ipynb"${mistake}`,
    });
  const checkCells = (cells: string, mistake: string) =>
    check(
      `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": ${cells}}`,
      "TypeError",
      `: ${mistake}`,
    );

  check("", "SyntaxError", ": it is empty, expected JSON");
  check(
    '{"cells": [\n',
    "SyntaxError",
    " at 2:1: the text ends too early, expected the rest of the JSON",
  );
  check(
    '{\n "cells" []}',
    "SyntaxError",
    " at 2:10: found something else, expected ':' after property name",
  );
  check(
    '{"a": 1,\n<<<<<<< HEAD\n}',
    "SyntaxError",
    ` at 2:1: found something else, expected double-quoted property name`,
  );
  check(
    '{"cells": [\n <<<<<<< HEAD\n]}',
    "SyntaxError",
    ' at 2:2: found "<", expected JSON',
  );
  check(
    '{"a": "b',
    "SyntaxError",
    " at 1:9: found unterminated string, expected JSON",
  );
  check(
    "{} x",
    "SyntaxError",
    " at 1:4: found unexpected non-whitespace character, expected JSON",
  );
  check(
    "[]",
    "TypeError",
    ": it is a list, expected an object, as every notebook is",
  );
  check(
    "null",
    "TypeError",
    ": it is null, expected an object, as every notebook is",
  );
  check(
    "{}",
    "TypeError",
    ": nbformat is missing, expected the format's version, a whole number",
  );
  check(
    '{"nbformat": 2, "worksheets": []}',
    "RangeError",
    ': nbformat is 2, expected 3 or 4 (convert it with "jupyter nbconvert --to notebook --inplace")',
  );
  check(
    '{"nbformat": 5}',
    "RangeError",
    ": nbformat is 5, expected 3 or 4 (a later Skein may read it)",
  );
  check(
    '{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": 5}]}]}',
    "TypeError",
    ", upgraded from nbformat 3: cells[0].source is 5, expected a string or a list of strings",
  );
  check(
    '{"a": [NaN, Infinity, -Infinity, b]}',
    "SyntaxError",
    ' at 1:34: found "b", expected JSON',
  );
  check('{"a": NaNa}', "SyntaxError", ' at 1:7: found "N", expected JSON');
  check(
    '{"a": -NaN}',
    "SyntaxError",
    " at 1:8: found no number after minus sign, expected JSON",
  );
  check(
    '{"a": 1e-Infinity}',
    "SyntaxError",
    " at 1:10: found exponent part is missing a number, expected JSON",
  );
  checkCells("5", "cells is 5, expected a list of cells");
  checkCells(
    "[7]",
    'cells[0] is 7, expected a cell of type "code", "markdown" or "raw"',
  );
  checkCells(
    '[{"cell_type": "heading"}]',
    'cells[0].cell_type is "heading", expected a cell of type "code", "markdown" or "raw"',
  );
  checkCells(
    '[{"cell_type": "raw"}]',
    "cells[0].source is missing, expected a string or a list of strings",
  );
  checkCells(
    '[{"cell_type": "raw", "source": ["a", 1]}]',
    "cells[0].source is a list, expected a string or a list of strings",
  );
  checkCells(
    '[{"cell_type": "raw", "source": "", "attachments": {"a b": 1}}]',
    'cells[0].attachments["a b"] is 1, expected an object',
  );
  checkCells(
    '[{"cell_type": "code", "source": "", "outputs": [{"output_type": "stream", "name": 7, "text": ""}]}]',
    "cells[0].outputs[0].name is 7, expected a string",
  );
});

Deno.test("parseNotebook() leaves the file out of the message when it has no name", () => {
  assert.throws(
    () => parseNotebook("[]"),
    /^TypeError: Cannot read notebook: it is a list/,
  );
});

Deno.test("parseNotebook() keeps streams of every name, as they are written again", () => {
  for (const name of ["stdin", "stdout", "stderr", "log"]) {
    const output = { output_type: "stream", name, text: "Who? Ann\n" };
    const cell = { cell_type: "code", id: "a", source: "", outputs: [output] };
    const notebook = parseNotebook(notebookText({ cells: [cell] }));
    assert.deepEqual(asCode(notebook.cells[0]).outputs, [output]);
    assert.deepEqual(
      JSON.parse(serializeNotebook(notebook)).cells[0].outputs,
      [{ ...output, text: ["Who? Ann\n"] }],
    );
  }
});

Deno.test("parseNotebook() reads what Python writes for numbers that JSON lacks", () => {
  const check = (words: string, expected: unknown) => {
    const text = notebookText({
      metadata: { "NaN": 'say NaN, \\" -Infinity' },
      cells: [{
        ...{ cell_type: "code", id: "a", source: "[NaN, -Infinity]" },
        outputs: [{
          ...{ output_type: "display_data", metadata: {} },
          data: { "application/json": "HERE" },
        }],
      }],
    }).replace('"HERE"', words);
    const notebook = parseNotebook(text);
    assert.deepEqual(asCode(notebook.cells[0]).outputs[0], {
      ...{ output_type: "display_data", metadata: {} },
      data: { "application/json": expected },
    });
    assert.equal(notebook.metadata["NaN"], 'say NaN, \\" -Infinity');
    assert.equal(notebook.cells[0]?.source, "[NaN, -Infinity]");
    // What is written is JSON.
    JSON.parse(serializeNotebook(notebook));
  };
  check('{"v": NaN}', { v: null });
  check("[NaN,Infinity, -Infinity]", [null, null, null]);
  check("NaN", null);
  check('["NaN", "a\\"NaN", NaN]', ["NaN", 'a"NaN', null]);
  check('[[1e999], {"Infinity": -Infinity}]', [[Infinity], {
    Infinity: null,
  }]);
});

Deno.test("parseNotebook() keeps cells and outputs that a later minor version has brought", () => {
  const cells = [
    { cell_type: "prompt", id: "p", metadata: { a: 1 }, source: ["x\n", "y"] },
    { cell_type: "other", id: "o", metadata: {}, body: { deep: [1] } },
    {
      ...{ cell_type: "code", id: "c", metadata: {}, source: [] },
      execution_count: null,
      outputs: [
        { output_type: "table", rows: [["1"]] },
        { output_type: "other", name: "stdout" },
        { output_type: "stream", name: "stdout", text: ["1"] },
      ],
    },
  ];
  const text = notebookText({ nbformat_minor: 6, cells });
  const notebook = parseNotebook(text);
  assert.deepEqual(notebook.cells[0], {
    ...{ cell_type: "other", id: "p", metadata: { a: 1 }, source: "x\ny" },
    inFile: cells[0],
  });
  assert.deepEqual(JSON.parse(serializeNotebook(notebook)), JSON.parse(text));
  // Of a version whose kinds are known, it is a mistake.
  assert.throws(
    () => parseNotebook(notebookText({ cells })),
    /cells\[0\].cell_type is "prompt", expected a cell of type/,
  );
});

Deno.test("parseNotebook() leaves the rules of known kinds as they are in a later minor version", () => {
  assert.throws(
    () =>
      parseNotebook(
        notebookText({ nbformat_minor: 7, cells: [{ cell_type: "code" }] }),
      ),
    /cells\[0\].source is missing, expected a string or a list of strings/,
  );
  assert.throws(
    () => parseNotebook(notebookText({ nbformat_minor: 7, cells: [5] })),
    /cells\[0\] is 5, expected a cell/,
  );
});

function notebookText(fields: Record<string, unknown>): string {
  return JSON.stringify({
    ...{ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] },
    ...fields,
  });
}

function asCode(cell: Cell | undefined): CodeCell {
  assert.ok(cell?.cell_type === "code");
  return cell;
}

function parseCell(cell: unknown): Cell {
  const text = JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [cell],
  });
  const [first] = parseNotebook(text).cells;
  assert.ok(first);
  return first;
}
