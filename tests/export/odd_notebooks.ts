/**
 * Forty odd notebooks: small files, each odd in a way of its own, as tools and
 * people have written them.
 * @module
 */

/** The text of each file, by what is odd about it. */
export const ODD_NOTEBOOKS: Readonly<Record<string, string>> = {
  "no cells": file([]),
  "no metadata, no minor version": '{"nbformat":4,"cells":[]}',
  "a byte order mark and Windows line ends": `\ufeff${
    file([md("# A\r\n\r\nb\r\n"), code("1\r\n2\r\n")])
  }`.replaceAll("\n", "\r\n"),
  "empty cells of all kinds": file([md(""), code(""), raw(""), code(" \n\n")]),
  "an empty output of each kind": file([code("1", [
    { output_type: "stream", name: "stdout", text: [] },
    { output_type: "display_data", data: {}, metadata: {} },
    { output_type: "error", ename: "", evalue: "", traceback: [] },
  ])]),
  "unknown MIME types": file([code("1", [
    show({ "application/vnd.odd+json": { a: 1 }, "x/y": "z", "": "" }),
    show({ "application/vnd.jupyter.widget-view+json": { model_id: "a" } }),
  ])]),
  "wrong types in a bundle": file([code("1", [
    show({ "text/html": 3, "image/png": null, "text/plain": { a: 1 } }),
    show({ "image/svg+xml": ["<svg", 5], "text/markdown": [] }),
    show({ "application/json": null, "text/latex": false }),
  ])]),
  "wrong types in metadata": file([
    code("1", [
      show({ "image/png": "AAAA" }, { width: {}, alt: [], "image/png": 7 }),
    ], {
      tags: { a: 1 },
      jupyter: [],
      collapsed: "yes",
      slideshow: "slide",
      name: null,
    }),
  ], { language_info: 5, kernelspec: "deno", title: {}, lang: [] }),
  "no id and repeated ids": file([
    { ...md("a"), id: "same" },
    { ...md("b"), id: "same" },
    { ...md("c"), id: "not valid!" },
    { ...md("d"), id: undefined },
  ]),
  "a line of 300,000 letters": file([code(`"${"x".repeat(300_000)}"`, [
    stream("y".repeat(300_000)),
  ])]),
  "a hundred thousand short lines": file([
    code("1", [stream("z\n".repeat(100_000))]),
  ]),
  "lone surrogates and odd spaces": file([
    md("# \ud800 a\u2028b\u2029c\u0085d\u200b\ufeff"),
    code("'\\ud800\ud800'", [stream("\udc00 \u0000 \u001b[31")]),
  ]),
  "text from right to left, joined emoji, combining marks": file([
    md("# שלום عالم 👩‍👩‍👧‍👦 e\u0301 Z\u0351\u036b\u0343"),
    code("'👩‍👩‍👧‍👦'", [stream("مرحبا\n")]),
  ]),
  "lists nested forty deep": file([
    md(
      Array.from({ length: 40 }, (_, n) => `${"  ".repeat(n)}- ${n}`).join(
        "\n",
      ),
    ),
  ]),
  "quotes nested two hundred deep": file([md(`${">".repeat(200)} deep`)]),
  "brackets nested without end": file([
    md(`${"[".repeat(3000)}a${"](b)".repeat(3000)}`),
    code(`${"[".repeat(500)}${"]".repeat(500)}`),
  ]),
  "HTML that is not closed": file([
    md("<div><b>never\n\n<table><tr><td>a\n\n# A heading"),
    code("1", [show({ "text/html": "<div><p><table><tr><svg><style>" })]),
  ]),
  "fences in fences": file([
    md("````md\n```ts\na\n```\n````\n\n~~~\n```\n~~~"),
    code("`\n```\n`"),
  ]),
  "a fence that never ends": file([md("```ts\nlet a;"), md("# After")]),
  "formulas that are wrong": file([
    md("$\\frac{1}$ $$\\begin{align} a$$ $\\undefined{x}$ $ $ $$ $$ \\( \\["),
    code("1", [show({ "text/latex": "\\begin{nothing} x" })]),
  ]),
  "a macro that calls itself": file([
    md("$\\gdef\\a{\\a\\a} \\a$"),
    md("$\\a$"),
  ]),
  "attachments of all kinds, and none": file([
    md("![a](attachment:a.png) ![b](attachment:b) ![c](attachment:none)", {
      attachments: {
        "a.png": { "image/png": "iVBORw0KGgo=" },
        b: { "text/plain": "x" },
        "../c": {},
      },
    }),
  ]),
  "images that are nowhere": file([
    md(
      "![](none.png) ![x](/etc/passwd) ![y](file:///etc/passwd) <img src='a b.png'> <img>",
    ),
  ]),
  "links of all kinds": file([
    md(
      "[a](b.ipynb#c) [d](#e f) [g](<h i>) [](x) [j](javascript:k) <http://l.test> [m][n]\n\n[n]: o.ipynb",
    ),
  ]),
  "headings without words, and all alike": file([
    md("#\n\n# \n\n# A\n\n# A\n\n###### A\n\nA\n="),
  ]),
  "raw cells of all formats": file([
    raw("---\ntitle: a\n---"),
    raw("<b>x</b>", { format: "text/html" }),
    raw("\\LaTeX", { format: "text/latex" }),
    raw("x", { raw_mimetype: "text/restructuredtext" }),
    raw("y", { format: 5 }),
  ]),
  "cells and outputs of a later version": JSON.stringify({
    nbformat: 4,
    nbformat_minor: 9,
    metadata: {},
    cells: [
      { cell_type: "chat", metadata: {}, messages: [], source: ["hi"] },
      code("1", [{ output_type: "hologram", shape: "cube" }]),
    ],
  }),
  "a notebook of version 3": JSON.stringify({
    nbformat: 3,
    nbformat_minor: 0,
    metadata: { name: "old" },
    worksheets: [{
      cells: [
        { cell_type: "heading", level: 7, source: ["Title"] },
        { cell_type: "html", source: "<b>x</b>" },
        {
          cell_type: "code",
          language: "python",
          input: ["1"],
          prompt_number: 1,
          outputs: [
            { output_type: "pyout", text: ["1"], png: "AAAA" },
            { output_type: "pyerr", ename: "E", evalue: "v", traceback: ["t"] },
          ],
        },
      ],
    }],
  }),
  "numbers that JSON lacks": `{"cells":[${
    JSON.stringify(code("1", [show({ "application/json": [0] })])).replace(
      "[0]",
      "[NaN,-Infinity]",
    )
  }],"metadata":{},"nbformat":4,"nbformat_minor":5}`,
  "another language": file([code("print(f'{1}')\n%timeit x\n!ls")], {
    kernelspec: { name: "python3", language: "python", display_name: "P" },
    language_info: { name: "python", file_extension: ".py" },
  }),
  "magics and shells in TypeScript": file([
    code("%%html\n<b>x</b>"),
    code("!ls"),
    code("?help"),
    code("%time 1"),
  ]),
  "code that is no code": file([
    code("let a = ;"),
    code("class {"),
    code("`${"),
    code("/* no end"),
    code("*/"),
  ]),
  "the same names again and again": file([
    code("const a = 1;\nfunction f() {}\nclass C {}\nenum E { A }"),
    code("let a = 2;\nconst f = 1;\nfunction C() {}\nlet E;"),
    code("import a from 'node:path';\nimport * as f from 'node:os';"),
  ]),
  "option lines that are wrong": file([
    code("//| echo: maybe\n//| label: a b\n//| fig-cap: {x: 1}\n1"),
    code("#| : [\n1"),
    code("//|---|---|\n1"),
    code(`//| fig-cap: ${"x".repeat(70_000)}\n1`),
    code("//| &a [*a, *a]\n1"),
  ]),
  "tags that say opposite things": file([
    code("1", [stream("a")], {
      tags: ["hide-input", "remove-input", "hide-cell", "remove-output", "", 3],
    }),
    code("//| include: true\n//| echo: false\n2", [stream("b")], {
      tags: ["remove_cell"],
    }),
  ]),
  "a terminal gone wild": file([code("1", [
    stream(
      `\u001b[2J\u001b[999;999H\u001b[31m${
        "\u001b[A\u001b[K\r".repeat(2000)
      }x\u001b]8;;http://a.test\u0007l\u001b]8;;\u0007`,
    ),
    stream("\b\b\b\u001b[1;31;48;5;300;38;2;1mz\u001b[?25l\u001b"),
  ])]),
  "an SVG that is odd": file([code("1", [
    show({ "image/svg+xml": "<svg><g><text>a & b</svg>" }),
    show({
      "image/svg+xml":
        '<?xml version="1.0"?><!DOCTYPE svg><svg viewBox="0 0 0 0" width="-1" height="1e9"/>',
    }),
    show({ "image/svg+xml": "no svg" }),
  ])]),
  "pictures that are none": file([code("1", [
    show({ "image/png": "not base64!" }),
    show({ "image/jpeg": "" }),
    show({ "image/png": ["iVBOR", "w0KGgo=\n"] }),
  ])]),
  "a table of two thousand cells": file([
    md(
      `|${"a|".repeat(40)}\n|${"-|".repeat(40)}\n${
        `|${"b|".repeat(40)}\n`.repeat(50)
      }`,
    ),
  ]),
  "a title and names that look like markup": file([
    md("# </title><script>x</script> `{{body}}`"),
  ], {
    title: "</title>{{head}} $& \\",
    authors: [{ name: "<b>" }],
  }),
  "metadata as deep as may be": `{"cells":[],"metadata":{"a":${
    "[".repeat(900)
  }${"]".repeat(900)}},"nbformat":4,"nbformat_minor":5}`,
  "fields that nobody knows": JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { "": "", __proto__: null, constructor: 1 },
    cells: [{ ...md("a"), extra: { x: 1 }, toString: 5 }],
    extra: [1],
  }),
};

type Json = Readonly<Record<string, unknown>>;

function file(cells: readonly Json[], metadata: Json = {}): string {
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}

function md(source: string, more: Json = {}): Json {
  return { cell_type: "markdown", metadata: {}, source, ...more };
}

function raw(source: string, metadata: Json = {}): Json {
  return { cell_type: "raw", metadata, source };
}

function code(
  source: string,
  outputs: readonly Json[] = [],
  metadata: Json = {},
): Json {
  return {
    cell_type: "code",
    metadata,
    source,
    outputs,
    execution_count: null,
  };
}

function stream(text: string): Json {
  return { output_type: "stream", name: "stdout", text };
}

function show(data: Json, metadata: Json = {}): Json {
  return { output_type: "display_data", data, metadata };
}
