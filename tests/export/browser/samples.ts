/**
 * Notebooks for the browser: one of everything that a page can show, and a folder
 * of three for a site.
 * @module
 */
import type { Cell, CellOutput, Metadata } from "../../../nbformat/mod.ts";

/** One of everything. */
export const EVERYTHING: readonly Cell[] = [
  markdown(
    "# Everything\n\nText with `code`, *emphasis*, $x^2$ and [a link](#Part).\n\n" +
      "| a | b |\n|--|--|\n| 1 | 2 |\n\n- [ ] open\n- [x] done\n\n> Quoted.\n\n" +
      "$$\\begin{align} a &= b \\label{l} \\\\ c &= d \\end{align}$$\n\n" +
      "<div>$\\alpha$ in HTML</div>\n\n![Two squares](attachment:a.svg)",
    { "a.svg": { "image/svg+xml": svg() } },
  ),
  code("const long = '" + "x".repeat(200) + "';\n".repeat(30), [
    { output_type: "stream", name: "stdout", text: "line\n".repeat(60) },
    { output_type: "stream", name: "stderr", text: "\x1b[33mcareful\x1b[0m" },
  ]),
  markdown("## Part\n\nText."),
  code(
    "//| fig-cap: A *figure*\n//| fig-alt: Two squares\n//| label: fig-two\ndraw();",
    [
      display({ "image/svg+xml": svg(), "text/plain": "squares" }),
    ],
  ),
  code("throw new Error('told');", [{
    output_type: "error",
    ename: "Error",
    evalue: "told",
    traceback: ["\x1b[31mError: told\x1b[0m", "    at cell 3:1"],
  }], { tags: ["raises-exception", "hide-input"] }),
  code("table", [
    display({
      "text/html":
        "<table><tr><th>n</th></tr><tr><td>1</td></tr></table><script>parent.ran=1</script>",
    }),
    display({ "application/json": { a: [1, null] } }),
    display({ "text/latex": "$\\frac12$" }),
    display({ "text/markdown": "**bold**" }),
    display({ "application/vnd.unknown": 1 }),
  ], { tags: ["hide-output"] }),
  code("never", [], { tags: ["skip-execution", "parameters"] }),
];

/** The notebooks of a site, by path. */
export const COURSE: Readonly<Record<string, readonly Cell[]>> = {
  "10 last.ipynb": [markdown("# The last one\n\nBarriers wait for all.")],
  "2 locks & more.ipynb": [
    markdown(
      "# Locks & \\<more>\n\nSee [the place](deep/a.ipynb#A-place), [no page](none.ipynb), [no place](10%20last.ipynb#none), [data](data.csv), [above](../secret.txt).",
    ),
    ...EVERYTHING,
  ],
  "deep/a.ipynb": [
    markdown(
      "# Deep {{body}} `</script>`\n\n## A place\n\nSemaphores, [back](../2%20locks%20%26%20more.ipynb#Part).",
    ),
  ],
};

/** Writes notebooks as files hold them. */
export function toFile(
  cells: readonly Cell[],
  metadata: Metadata = {},
): string {
  return JSON.stringify({
    cells: cells.map((cell, index) => ({ ...cell, id: `c${index}` })),
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  });
}

function markdown(
  source: string,
  attachments?: Record<string, Record<string, string>>,
): Cell {
  return {
    cell_type: "markdown",
    id: "m",
    metadata: {},
    source,
    ...(attachments === undefined ? {} : { attachments }),
  };
}

function code(
  source: string,
  outputs: readonly CellOutput[],
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

function display(data: Record<string, unknown>): CellOutput {
  return { output_type: "display_data", data, metadata: {} };
}

function svg(): string {
  return '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80"><style>rect{fill:#333}@media(prefers-color-scheme:dark){rect{fill:#ddd}}</style><rect width="60" height="60"/><rect x="90" width="60" height="60"/></svg>';
}
