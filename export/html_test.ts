import assert from "node:assert/strict";
import type { Cell, Metadata, Notebook } from "../nbformat/mod.ts";
import type { Theme } from "./format.ts";
import { exportHtml, streamHtml } from "./html.ts";

Deno.test("exportHtml() writes this page for a small notebook", () => {
  const page = exportHtml(
    makeNotebook([
      markdown("# Locks\n\nOne at a time."),
      code("let a = 1;\n", { count: 3, text: "1" }),
      markdown("## Why"),
      markdown("## How"),
    ]),
    { sourceName: "locks.ipynb" },
  );
  assert.equal(
    page.replace(/<style>.*?<\/style>/s, "<style></style>").replace(
      /sha256-[^']+/g,
      "sha256-…",
    ),
    SMALL_PAGE,
  );
});

Deno.test("exportHtml() gives the same text each time", () => {
  const notebook = makeNotebook([
    markdown("# A\n\n$x$"),
    code("a", { count: 1, text: "\x1b[31ma" }),
  ]);
  assert.equal(exportHtml(notebook), exportHtml(notebook));
});

Deno.test("exportHtml() chooses the title", () => {
  const check = (notebook: Notebook, title: string, options = {}) =>
    assert.match(
      exportHtml(notebook, options),
      new RegExp(`<title>${title}</title>`),
    );
  const notebook = makeNotebook([markdown("## Two\n\n# One")]);
  check(notebook, "One");
  check({ ...notebook, metadata: { title: "Meta <b>" } }, "Meta &lt;b&gt;");
  check({ ...notebook, metadata: { title: "Meta" } }, "Option", {
    title: "Option",
  });
  check(makeNotebook([]), "a.ipynb", { sourceName: "a.ipynb" });
  check(makeNotebook([]), "Notebook");
});

Deno.test("exportHtml() honours tags that hide or remove", () => {
  const check = (metadata: Metadata, expected: string) => {
    const html = exportHtml(
      makeNotebook([code("IN", { count: 1, text: "OUT", metadata })]),
    );
    const main = /<main.*<\/main>/s.exec(html)?.[0] ?? "";
    const parts = main.match(/<details|<\/details>|Show \w+|IN|OUT/g) ?? [];
    assert.equal(parts.join(" "), expected);
  };
  check({}, "IN OUT");
  check({ tags: ["remove-cell"] }, "");
  check({ tags: ["remove-input"] }, "OUT");
  check({ tags: ["remove_output"] }, "IN");
  check({ tags: ["hide-input"] }, "<details Show code IN </details> OUT");
  check({ tags: ["hide-output"] }, "IN <details Show output OUT </details>");
  check({ tags: ["hide-cell"] }, "<details Show cell IN OUT </details>");
  check(
    { jupyter: { source_hidden: true } },
    "<details Show code IN </details> OUT",
  );
  check(
    { jupyter: { outputs_hidden: true } },
    "IN <details Show output OUT </details>",
  );
  check({ tags: "not a list", jupyter: null }, "IN OUT");
});

Deno.test("exportHtml() shows raw cells meant for HTML, and none meant for others", () => {
  const check = (metadata: Metadata, expected: RegExp) => {
    const cell: Cell = {
      cell_type: "raw",
      id: "r",
      metadata,
      source: "<b>RAW</b>",
    };
    assert.match(exportHtml(makeNotebook([cell])), expected);
  };
  check({}, /<pre[^>]*>&lt;b&gt;RAW/);
  check({ format: "text/html" }, /<iframe[^>]*RAW/);
  check({ format: "text/latex" }, /<main[^>]*>\s*<\/main>/);
});

Deno.test("exportHtml() lets nothing from an untrusted notebook run or leave its place", () => {
  const attack = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;
  const html = exportHtml({
    metadata: { title: attack, lang: attack, language_info: { name: attack } },
    cells: [
      markdown(
        `# ${attack}\n\n## ${attack}\n\n## [x](javascript:alert(1)) $${attack}$\n\n\`\`\`${attack}\n${attack}\n\`\`\``,
      ),
      { cell_type: "raw", id: attack, metadata: {}, source: attack },
      {
        cell_type: "code",
        id: attack,
        metadata: { tags: [attack] },
        source: attack,
        execution_count: 1,
        outputs: [
          {
            output_type: "stream",
            name: "stdout",
            text: `\x1b[31;38;2;1;1;1m${attack}`,
          },
          {
            output_type: "error",
            ename: attack,
            evalue: attack,
            traceback: [attack],
          },
          ...MIME_TYPES.map((mimeType) => ({
            output_type: "display_data" as const,
            data: {
              [mimeType]: mimeType === "image/svg+xml"
                ? `<svg>${attack}</svg>`
                : attack,
            },
            metadata: {
              alt: attack,
              width: attack,
              [mimeType]: { alt: attack, height: attack },
            },
          })),
        ],
      },
    ],
  }, { sourceName: attack, title: attack });
  // What stands in quotes is text to the browser; the rest must be ours.
  const markup = html.replace(/="[^"]*"/g, "");
  assert.doesNotMatch(markup, /<[^>]*(?:\bon\w+\s*=|javascript:)/i);
  assert.equal(markup.match(/<script/g)?.length, 1, "the listener for frames");
  assert.equal(markup.match(/<img/g)?.length, 1, "the SVG");
  assert.doesNotMatch(html, /href="javascript/i);
});

Deno.test("exportHtml() forbids requests and foreign scripts", () => {
  const policy = (trusted: boolean) =>
    /Content-Security-Policy" content="([^"]*)"/.exec(
      exportHtml(makeNotebook([]), { trusted }),
    )?.[1] ?? "";
  assert.match(policy(false), /^default-src 'none'; img-src data:;/);
  assert.match(
    policy(false),
    /script-src 'sha256-[^']{44}' 'sha256-[^']{44}';/,
  );
  assert.match(policy(true), /script-src 'unsafe-inline';/);
});

Deno.test("exportHtml() colours a page as it is told", () => {
  const page = (theme: Theme) => exportHtml(makeNotebook([]), { theme });
  assert.match(page("auto"), /content="light dark"/);
  assert.match(
    page("auto"),
    /@media screen and \(prefers-color-scheme: dark\)/,
  );
  for (const theme of ["light", "dark"] as const) {
    assert.match(
      page(theme),
      new RegExp(`<html lang="en" data-theme="${theme}">`),
    );
    assert.match(page(theme), new RegExp(`content="${theme}"`));
    assert.doesNotMatch(page(theme), /prefers-color-scheme/);
  }
});

Deno.test("exportHtml() names images that are missing, each once", () => {
  const problems: string[] = [];
  const page = exportHtml(
    makeNotebook([
      markdown(
        "![a](no.png) ![b](no.png) ![c](yes.png) ![d](https://a.test/x.png)",
      ),
    ]),
    {
      embedImage: (source) =>
        source === "yes.png" ? "data:image/png;base64,AA==" : undefined,
      report: (problem) => problems.push(problem),
    },
  );
  assert.deepEqual(problems, [
    'the image "no.png" is not in the notebook\'s folder',
  ]);
  assert.match(page, /Image that is not in this file: a \(no\.png\)/);
});

Deno.test("exportHtml() fills a template, and names what is wrong with one", () => {
  const notebook = makeNotebook([markdown("# A $&"), markdown("## B")]);
  const fill = (template: string) =>
    exportHtml(notebook, { template }).replace(/<meta[^]*<\/style>/, "HEAD");
  assert.equal(
    fill("<html{{theme}}><title>{{ title }}</title>{{head}}<i>{{body}}</i>$&"),
    '<html><title>A $&amp;</title>HEAD<i><div class="cell markdown" id="cell-m">\n' +
      '<h1 id="A-$&amp;">A $&amp; <a class="anchor" href="#A-%24%26" aria-label="Link to “A $&amp;”">#</a></h1>\n</div>\n' +
      '<div class="cell markdown" id="cell-m">\n<h2 id="B">B <a class="anchor" href="#B" aria-label="Link to “B”">#</a></h2>\n</div></i>$&',
  );
  assert.throws(() => fill("{{head}}"), /found {{body}} 0 times/);
  assert.throws(() => fill("{{body}}{{head}}"), /{{head}} is missing/);
  assert.throws(
    () => fill("{{head}}{{body}}{{foot}}"),
    /{{foot}} is not known/,
  );
});

Deno.test("streamHtml() writes the same page whether it keeps its cells or not", () => {
  const filler = "x".repeat(3 * 1024 * 1024);
  const begin = [markdown("# A\n\n$\\gdef\\a{b}$ see $\\eqref{l}$")];
  const end = [
    markdown("# A\n\n$\\a$\n\n$$\\begin{align} x \\label{l} \\end{align}$$"),
    code("IN", { count: 1, text: "OUT" }),
    markdown("## A"),
  ];
  const fillers = Array.from(
    { length: 7 },
    () => code("1", { count: 1, text: filler }),
  );
  const body = (cells: readonly Cell[]) =>
    exportHtml(makeNotebook(cells)).replaceAll(filler, "").split("<main")[1]!;
  const cells = [...begin, ...fillers, ...end];
  const short = cells.map((cell) =>
    fillers.includes(cell) ? code("1", { count: 1, text: "" }) : cell
  );
  assert.equal(
    body(cells).replaceAll(' tabindex="0"', ""),
    body(short).replaceAll(' tabindex="0"', ""),
  );
  const pieces = [...streamHtml(makeNotebook(cells))];
  assert.equal(pieces.length, cells.length + 2);
});

function makeNotebook(cells: readonly Cell[]): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

function markdown(source: string): Cell {
  return { cell_type: "markdown", id: "m", metadata: {}, source };
}

function code(
  source: string,
  shown: { count: number; text: string; metadata?: Metadata },
): Cell {
  return {
    cell_type: "code",
    id: "c",
    metadata: shown.metadata ?? {},
    source,
    execution_count: shown.count,
    outputs: [{
      output_type: "execute_result",
      execution_count: shown.count,
      data: { "text/plain": shown.text },
      metadata: {},
    }],
  };
}

const MIME_TYPES = [
  "text/html",
  "text/markdown",
  "text/latex",
  "text/plain",
  "image/svg+xml",
  "image/png",
  "application/json",
  "application/javascript",
  `application/vnd."><script>alert(1)</script>`,
];

const SMALL_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; media-src data:; font-src data:; style-src 'unsafe-inline'; script-src 'sha256-…' 'sha256-…'; base-uri 'none'; form-action 'none'">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Skein">
<title>Locks</title>
<link rel="icon" href="data:,">
<style></style>
</head>
<body>
<a class="skip-link" href="#skein-main">Skip to the notebook</a>
<nav class="toc-side" aria-labelledby="skein-contents">
<p id="skein-contents">Contents</p>
<ol><li><a href="#Why">Why</a></li><li><a href="#How">How</a></li></ol>
</nav>
<nav class="toc-top" aria-label="Contents">
<details><summary>Contents</summary>
<ol><li><a href="#Why">Why</a></li><li><a href="#How">How</a></li></ol>
</details>
</nav>
<main id="skein-main" tabindex="-1">
<div class="cell markdown" id="cell-m">
<h1 id="Locks">Locks <a class="anchor" href="#Locks" aria-label="Link to “Locks”">#</a></h1>
<p>One at a time.</p>
</div>
<div class="cell code" id="cell-c">
<div class="input"><p class="input-label"><span class="prompt">[3]</span><span class="language">TypeScript</span></p><pre class="source"><code><span class="hljs-keyword">let</span> a = <span class="hljs-number">1</span>;</code></pre></div>
<div class="output"><pre class="output-text scroll">1</pre></div>
</div>
<div class="cell markdown" id="cell-m">
<h2 id="Why">Why <a class="anchor" href="#Why" aria-label="Link to “Why”">#</a></h2>
</div>
<div class="cell markdown" id="cell-m">
<h2 id="How">How <a class="anchor" href="#How" aria-label="Link to “How”">#</a></h2>
</div>
</main>
<footer><p>Made by Skein from <span class="source-name">locks.ipynb</span></p></footer>
</body>
</html>
`;
