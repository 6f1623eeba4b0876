/**
 * Two hundred ways in which a text may try to run something in a page: what is
 * tried, put into each place that text comes from.
 *
 * A vector that works sets `top.hit` or opens a dialog.
 * @module
 */
import type { Cell, CellOutput, Metadata } from "../../../nbformat/mod.ts";

/** A notebook that tries to run something. */
export interface Vector {
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly metadata: Metadata;
  /** The notebook's file name. */
  readonly file: string;
}

const RUN = "top.hit=1;parent.hit=1;window.hit=1;alert(1)";

const PNG = "iVBORw0KGgo=";

/** What is tried. */
const PAYLOADS: readonly string[] = [
  `<script>${RUN}</script>`,
  `<ScRiPt >${RUN}</sCrIpT >`,
  `"><script>${RUN}</script>`,
  `'><img src=x onerror='${RUN}'>`,
  `<img src=x onerror=${RUN}>`,
  `<svg onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${RUN}&gt;">`,
  `<iframe srcdoc="<script>${RUN}</script>"></iframe>`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<a href="javascript:${RUN}" autofocus onfocus=${RUN}>x</a>`,
  `[x](javascript:${RUN})`,
  `![x](javascript:${RUN})`,
  `<details open ontoggle=${RUN}>`,
  `<body onload=${RUN}>`,
  `<input autofocus onfocus=${RUN}>`,
  `<video><source onerror=${RUN}></video>`,
  `<style>@import 'javascript:${RUN}';</style><style onload=${RUN}></style>`,
  `<link rel=stylesheet href="javascript:${RUN}">`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<base href="javascript:${RUN}//">`,
  `<object data="javascript:${RUN}"></object><embed src="javascript:${RUN}">`,
  `<form action="javascript:${RUN}"><button autofocus>x</button></form>`,
  `</style></title></textarea></script><script>${RUN}</script>`,
  `--><script>${RUN}</script><!--`,
  `]]><script>${RUN}</script>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<template><script>${RUN}</script></template>`,
  `<x style="behavior:url(#x);animation-name:x" onanimationstart=${RUN}></x><style>@keyframes x{}</style>`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `\u001b]8;;javascript:${RUN}\u0007x\u001b]8;;\u0007\u001b[31m<img src=x onerror=${RUN}>`,
  `$\\href{javascript:${RUN}}{x}$ $\\html{<img src=x onerror=${RUN}>}$ $<img src=x onerror=${RUN}>$`,
  `{{head}}<script nonce>${RUN}</script>`,
];

/** Where text comes from. */
const PLACES: Readonly<Record<string, (payload: string) => Partial<Vector>>> = {
  Markdown: (text) => ({
    cells: [markdown(`${text}\n\n# ${text}\n\n| ${text} |\n|--|\n`)],
  }),
  "code and its language": (text) => ({
    cells: [code(text), markdown(`\`\`\`${text}\n${text}\n\`\`\``)],
    metadata: { language_info: { name: text } },
  }),
  "HTML output": (text) => ({
    cells: [code("1", [show({ "text/html": text })])],
  }),
  "SVG output": (text) => ({
    cells: [code("1", [show({
      "image/svg+xml":
        `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${text}</svg>`,
    })])],
  }),
  "Markdown, LaTeX and JSON output": (text) => ({
    cells: [code("1", [
      show({ "text/markdown": text }),
      show({ "text/latex": text }),
      show({ "application/json": { [text]: text } }),
      show({ "application/javascript": text }),
    ])],
  }),
  "streams and errors": (text) => ({
    cells: [code("1", [
      { output_type: "stream", name: "stdout", text },
      { output_type: "stream", name: text as "stderr", text },
      { output_type: "error", ename: text, evalue: text, traceback: [text] },
    ])],
  }),
  "metadata, tags and option lines": (text) => ({
    cells: [
      code(
        `//| fig-cap: ${JSON.stringify(text)}\n//| fig-alt: ${
          JSON.stringify(text)
        }\n//| code-fold: true\n//| code-summary: ${JSON.stringify(text)}\n1`,
        [show({ "image/png": PNG, "text/plain": text }, {
          alt: text,
          width: text,
        })],
        { tags: [text], name: text },
      ),
      {
        cell_type: "raw",
        id: "r",
        metadata: { format: "text/html" },
        source: text,
      },
    ],
    metadata: { title: text, lang: text },
  }),
  "attachments and names": (text) => ({
    cells: [{
      ...markdown(
        `![${text}](<attachment:${
          text.replace(/[<>\n]/g, "")
        }>) ![a](attachment:a.svg) ![n](<${text.replace(/[<>\n]/g, "")}>)`,
      ),
      attachments: {
        "a.svg": {
          "image/svg+xml":
            `<svg xmlns="http://www.w3.org/2000/svg">${text}</svg>`,
        },
        [text]: { "image/png": text },
      },
    } as Cell],
    file: text.replace(/[/\0]/g, "").slice(0, 60),
  }),
};

/** All of them: each of the payloads in each of the places. */
export const VECTORS: readonly Vector[] = Object.entries(PLACES).flatMap((
  [place, put],
) =>
  PAYLOADS.map((payload, index) => ({
    name: `${place} ${index}: ${payload.slice(0, 60)}`,
    cells: [],
    metadata: {},
    file: `n${index}`,
    ...put(payload),
  }))
);

function markdown(source: string): Cell {
  return { cell_type: "markdown", id: "m", metadata: {}, source };
}

function code(
  source: string,
  outputs: readonly CellOutput[] = [],
  metadata: Metadata = {},
): Cell {
  return {
    cell_type: "code",
    id: "c",
    metadata,
    source,
    execution_count: 1,
    outputs,
  };
}

function show(
  data: Record<string, unknown>,
  metadata: Record<string, unknown> = {},
): CellOutput {
  return { output_type: "display_data", data, metadata };
}
