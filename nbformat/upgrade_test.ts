import assert from "node:assert/strict";
import { parseNotebook } from "./parse.ts";

Deno.test("parseNotebook() upgrades nbformat 3", () => {
  const notebook = parseNotebook(JSON.stringify({
    metadata: { name: "Untitled0", signature: "sha256:1", kept: 1 },
    ...{ nbformat: 3, nbformat_minor: 0 },
    worksheets: [{
      metadata: { gone: 1 },
      cells: [
        { cell_type: "heading", level: 2, source: ["A\n", "title"] },
        { cell_type: "markdown", metadata: { m: 1 }, source: "text" },
        { cell_type: "raw", metadata: {}, source: ["raw"] },
        { cell_type: "html", source: "<b>x</b>" },
        {
          ...{ cell_type: "code", collapsed: true, language: "javascript" },
          ...{ metadata: {}, input: ["1\n", "+1"], prompt_number: 4 },
          outputs: [
            { output_type: "pyout", prompt_number: 4, text: ["2"] },
            { output_type: "stream", stream: "stderr", text: ["a\n", "b"] },
            {
              ...{
                output_type: "display_data",
                metadata: { png: { width: 3 } },
              },
              ...{
                png: "iVBORw0KGgo=",
                svg: ["<svg>\n", "</svg>"],
                jpeg: "aGk=",
              },
              ...{ html: "<i>", latex: "$x$", javascript: "f()", text: "t" },
              json: '{"a": [1]}',
            },
            {
              output_type: "pyerr",
              ename: "E",
              evalue: "v",
              traceback: ["tb"],
            },
          ],
        },
      ],
    }, { cells: [{ cell_type: "heading", source: "second sheet" }] }],
  }));
  assert.deepEqual(notebook.metadata, {
    kept: 1,
    language_info: { name: "javascript" },
  });
  assert.deepEqual([notebook.nbformat, notebook.nbformat_minor], [4, 5]);
  const cells = notebook.cells.map(({ id: _, ...cell }) => cell);
  assert.deepEqual(cells, [
    { cell_type: "markdown", metadata: {}, source: "## A title" },
    { cell_type: "markdown", metadata: { m: 1 }, source: "text" },
    { cell_type: "raw", metadata: {}, source: "raw" },
    { cell_type: "markdown", metadata: {}, source: "<b>x</b>" },
    {
      ...{ cell_type: "code", metadata: { collapsed: true } },
      ...{ source: "1\n+1", execution_count: 4 },
      outputs: [
        {
          ...{ output_type: "execute_result", execution_count: 4 },
          ...{ metadata: {}, data: { "text/plain": "2" } },
        },
        { output_type: "stream", name: "stderr", text: "a\nb" },
        {
          output_type: "display_data",
          metadata: { "image/png": { width: 3 } },
          data: {
            "image/png": "iVBORw0KGgo=",
            "image/svg+xml": "<svg>\n</svg>",
            "image/jpeg": "aGk=",
            "text/html": "<i>",
            "text/latex": "$x$",
            "application/javascript": "f()",
            "text/plain": "t",
            "application/json": { a: [1] },
          },
        },
        { output_type: "error", ename: "E", evalue: "v", traceback: ["tb"] },
      ],
    },
    { cell_type: "markdown", metadata: {}, source: "# second sheet" },
  ]);
});

Deno.test("parseNotebook() fills in what notebooks of nbformat 3 leave out", () => {
  const check = (cell: unknown, expected: unknown) => {
    const [found] = parseNotebook(JSON.stringify({
      nbformat: 3,
      worksheets: [{ cells: [cell] }],
    })).cells;
    const { id: _, ...rest } = found!;
    assert.deepEqual(rest, expected);
  };
  check({ cell_type: "code" }, {
    ...{ cell_type: "code", metadata: {}, source: "" },
    ...{ execution_count: null, outputs: [] },
  });
  check({ cell_type: "code", outputs: [{ output_type: "stream", text: "" }] }, {
    ...{ cell_type: "code", metadata: {}, source: "", execution_count: null },
    outputs: [{ output_type: "stream", name: "stdout", text: "" }],
  });
  // JSON is a text there, and may be none.
  const json = "[".repeat(2000) + "]".repeat(2000);
  for (const text of ["{", json]) {
    const display = { output_type: "display_data", json: text };
    check({ cell_type: "code", outputs: [display] }, {
      ...{ cell_type: "code", metadata: {}, source: "", execution_count: null },
      outputs: [{
        output_type: "display_data",
        metadata: {},
        data: { "application/json": text },
      }],
    });
  }
  check({ cell_type: "markdown", source: ["a", "", "b"] }, {
    ...{ cell_type: "markdown", metadata: {}, source: "a\n\nb" },
  });
  assert.deepEqual(
    parseNotebook('{"nbformat": 3, "worksheets": []}').cells,
    [],
  );
});
