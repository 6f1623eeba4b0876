/**
 * A notebook as one HTML file that needs nothing else, not even a network.
 *
 * Pure: the same notebook gives the same text. Cells are in `cell.ts`, looks in
 * `theme.ts`.
 * @module
 */
import { type CellContext, renderCell } from "./cell.ts";
import { escapeHtml } from "./escape.ts";
import type { Document, ExportOptions, Format, Theme } from "./format.ts";
import { readLanguage } from "./language_name.ts";
import { resolveReferences } from "./math.ts";
import { beginPage, copyPage } from "./page.ts";
import { FRAME_LISTENER, hashFrameScripts } from "./sandbox.ts";
import { fillTemplate, type Places } from "./template.ts";
import { pageStyle } from "./theme.ts";
import { type Heading, renderToc } from "./toc.ts";

/** HTML: one file that needs nothing else. */
export const HTML: Format = {
  extension: ".html",
  render: (document, options) => ({ content: streamHtml(document, options) }),
};

/**
 * Exports a notebook as a page to read, on a screen, on a phone, on paper.
 *
 * The page makes no requests: its Content-Security-Policy forbids them.
 *
 * @example A page with a title
 * ```ts
 * import assert from "node:assert/strict";
 * const html = exportHtml({
 *   metadata: {},
 *   cells: [{ cell_type: "markdown", id: "a", metadata: {}, source: "# Locks" }],
 * });
 * assert.match(html, /<title>Locks<\/title>/);
 * ```
 *
 * @param document The notebook.
 * @param options How to export it.
 * @returns The text of an HTML file.
 */
export function exportHtml(
  document: Document,
  options: ExportOptions = {},
): string {
  return [...streamHtml(document, options)].join("");
}

/**
 * Exports a notebook as a page, piece by piece, so that a large one is never in
 * memory as a whole.
 *
 * Headings have to be known before the first piece. So all cells are rendered
 * once before that, and of the page as much is kept as is no burden; what comes
 * after is rendered once more when its turn comes.
 *
 * @param document The notebook.
 * @param options How to export it.
 * @returns Pieces of the text of an HTML file.
 * @throws {SyntaxError} If the template is none.
 */
export function* streamHtml(
  document: Document,
  options: ExportOptions = {},
): Generator<string, void> {
  const context = beginDocument(document, options);
  const { kept, rest, headings, hasFrames } = renderOnce(document, context);
  const [before, after] = renderAround(options.template, {
    title: chooseTitle(document, headings, options),
    lang: readText(document.metadata.lang) ?? "en",
    toc: renderToc(headings),
    isTrusted: context.isTrusted,
    theme: options.theme ?? "auto",
    hasFrames,
    sourceName: options.sourceName,
    scriptNonce: options.scriptNonce,
  });
  yield before;
  let isFirst = true;
  for (const html of kept) {
    yield (isFirst ? "" : "\n") + resolveReferences(html, context.math);
    isFirst = false;
  }
  if (rest !== null) {
    let index = 0;
    for (const cell of document.cells) {
      if (index++ < rest.from) continue;
      const { html } = renderCell(cell, rest.context);
      if (html !== "") yield `\n${resolveReferences(html, context.math)}`;
    }
  }
  yield after;
}

/**
 * Finds the title of a notebook without rendering more than its Markdown.
 *
 * @param document The notebook.
 * @param options How to export it.
 */
export function findTitle(document: Document, options: ExportOptions): string {
  const context = beginDocument(document, options);
  const headings: Heading[] = [];
  for (const cell of document.cells) {
    if (cell.cell_type !== "markdown") continue;
    headings.push(...renderCell(cell, context).headings);
    if (headings.some(({ level }) => level === 1)) break;
  }
  return chooseTitle(document, headings, options);
}

/** A page whose cells were all rendered once. */
interface RenderedOnce {
  /** The cells at its beginning, as HTML. */
  readonly kept: readonly string[];
  /** What has to be rendered again, and from where. */
  readonly rest:
    | { readonly from: number; readonly context: CellContext }
    | null;
  readonly headings: readonly Heading[];
  readonly hasFrames: boolean;
}

function renderOnce(document: Document, context: CellContext): RenderedOnce {
  const kept: string[] = [];
  const headings: Heading[] = [];
  let rest: RenderedOnce["rest"] = null;
  let [size, index, hasFrames] = [0, 0, false];
  for (const cell of document.cells) {
    if (rest === null && size > MAX_KEPT) {
      rest = { from: index, context: { ...context, ...copyPage(context) } };
    }
    const rendered = renderCell(cell, context);
    for (const heading of rendered.headings) headings.push(heading);
    hasFrames ||= rendered.html.includes("<iframe");
    if (rest === null && rendered.html !== "") {
      kept.push(rendered.html);
      size += rendered.html.length;
    }
    index += 1;
  }
  return { kept, rest, headings, hasFrames };
}

function beginDocument(
  document: Document,
  options: ExportOptions,
): CellContext {
  return {
    ...beginPage({
      isTrusted: options.trusted ?? false,
      embedImage: namingMissing(options),
    }),
    language: readLanguage(document.metadata),
    wishes: options,
  };
}

/** The page says it too, but nobody reads all of it before handing it on. */
function namingMissing(
  { embedImage = () => undefined, report = () => {} }: ExportOptions,
): (source: string) => string | undefined {
  const named = new Set<string>();
  return (source) => {
    const uri = embedImage(source);
    const isElsewhere = /^\s*(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(source);
    if (uri === undefined && !isElsewhere && !named.has(source)) {
      named.add(source);
      report(
        `the image ${JSON.stringify(source)} is not in the notebook's folder`,
      );
    }
    return uri;
  };
}

function renderAround(
  template: string | undefined,
  page: Page,
): readonly [before: string, after: string] {
  const places = renderPlaces(page);
  return template === undefined
    ? [
      `<!doctype html>
<html lang="${places.lang}"${places.theme}>
<head>
${places.head}
</head>
<body>
${places.contents}<main id="skein-main" tabindex="-1">
`,
      `
</main>
${places.footer}
</body>
</html>
`,
    ]
    : fillTemplate(template, places);
}

/** What a page is made of, besides its cells. */
interface Page {
  readonly title: string;
  readonly lang: string;
  readonly toc: string;
  readonly isTrusted: boolean;
  readonly theme: Theme;
  readonly hasFrames: boolean;
  readonly sourceName: string | undefined;
  readonly scriptNonce: string | undefined;
}

function renderPlaces(page: Page): Places {
  const { toc, sourceName, theme } = page;
  const title = escapeHtml(page.title);
  const source = sourceName === undefined
    ? ""
    : ` from <span class="source-name">${escapeHtml(sourceName)}</span>`;
  return {
    title,
    lang: escapeHtml(page.lang),
    theme: theme === "auto" || theme === "switch"
      ? ""
      : ` data-theme="${theme}"`,
    head: `<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${makePolicy(page)}">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${theme === "auto" ? "light dark" : theme}">
<meta name="generator" content="Skein">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>
${pageStyle(theme)}</style>${
      page.hasFrames ? `\n<script>${FRAME_LISTENER}</script>` : ""
    }`,
    contents: `<a class="skip-link" href="#skein-main">Skip to the notebook</a>
${
      toc === "" ? "" : `<nav class="toc-side" aria-labelledby="skein-contents">
<p id="skein-contents">Contents</p>
${toc}
</nav>
<nav class="toc-top" aria-label="Contents">
<details><summary>Contents</summary>
${toc}
</details>
</nav>
`
    }`,
    footer: `<footer><p>Made by Skein${source}</p></footer>`,
  };
}

function makePolicy({ isTrusted, scriptNonce }: Page): string {
  const own = scriptNonce === undefined ? "" : ` 'nonce-${scriptNonce}'`;
  // With a nonce beside it, 'unsafe-inline' would mean nothing.
  const scripts = isTrusted
    ? TRUSTED[own === "" ? 0 : 1]
    : hashFrameScripts() + own;
  return [
    "default-src 'none'",
    "img-src data:",
    "media-src data:",
    "font-src data:",
    "style-src 'unsafe-inline'",
    `script-src ${scripts}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function chooseTitle(
  { metadata }: Document,
  headings: readonly Heading[],
  { title, sourceName }: ExportOptions,
): string {
  const heading = headings.find(({ level }) => level === 1) ?? headings[0];
  return title ?? readText(metadata.title) ?? heading?.text ?? sourceName ??
    "Notebook";
}

function readText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What scripts of a trusted page may do, without and with scripts of our own. */
const TRUSTED = ["'unsafe-inline'", "'unsafe-inline' 'self' file:"] as const;

/** How much of a page is kept. Units: UTF-16 units. */
const MAX_KEPT = 4 * 1024 * 1024;
