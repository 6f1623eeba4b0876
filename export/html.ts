/**
 * A notebook as one HTML file that needs nothing else, not even a network.
 *
 * Pure: the same notebook gives the same text. Cells are in `cell.ts`, looks in
 * `theme.ts`.
 * @module
 */
import type { Notebook } from "../nbformat/mod.ts";
import { type CellContext, renderCell } from "./cell.ts";
import { escapeHtml } from "./escape.ts";
import { resolveReferences } from "./math.ts";
import { beginPage } from "./page.ts";
import { FRAME_LISTENER, hashFrameScripts } from "./sandbox.ts";
import { THEME } from "./theme.ts";
import { CODE_THEME } from "./theme_code.ts";
import { type Heading, renderToc } from "./toc.ts";

/** How to export a notebook. */
export interface HtmlOptions {
  /**
   * Whether HTML outputs become part of the page, with their scripts. Otherwise
   * each stands in a frame of its own, and its scripts do not run.
   *
   * @default false
   */
  readonly trusted?: boolean;
  /**
   * The page's title.
   *
   * @default The notebook's `title` metadata, else its first heading.
   */
  readonly title?: string;
  /**
   * The notebook's file name, for the footer.
   *
   * @default None: the footer does not name it.
   */
  readonly sourceName?: string;
  /**
   * Gives the data URI of an image that a cell names by its path, or undefined
   * if there is none.
   *
   * @default None is found: the page names it instead.
   */
  readonly embedImage?: (source: string) => string | undefined;
}

/**
 * Exports a notebook as a page to read, on a screen, on a phone, on paper.
 *
 * The page makes no requests: its Content-Security-Policy forbids them.
 *
 * @example A page with a title
 * ```ts
 * import assert from "node:assert/strict";
 * const html = exportHtml({
 *   nbformat: 4,
 *   nbformat_minor: 5,
 *   metadata: {},
 *   cells: [{ cell_type: "markdown", id: "a", metadata: {}, source: "# Locks" }],
 * });
 * assert.match(html, /<title>Locks<\/title>/);
 * ```
 *
 * @param notebook The notebook.
 * @param options How to export it.
 * @returns The text of an HTML file.
 */
export function exportHtml(
  notebook: Notebook,
  options: HtmlOptions = {},
): string {
  const context: CellContext = {
    ...beginPage({
      isTrusted: options.trusted ?? false,
      embedImage: options.embedImage ?? (() => undefined),
    }),
    language: readLanguage(notebook),
  };
  const cells = notebook.cells.map((cell) => renderCell(cell, context));
  const headings = cells.flatMap((cell) => cell.headings);
  return renderPage({
    title: chooseTitle(notebook, headings, options),
    lang: readText(notebook.metadata.lang) ?? "en",
    toc: renderToc(headings),
    body: cells.map(({ html }) => resolveReferences(html, context.math))
      .filter((html) => html !== ""),
    isTrusted: context.isTrusted,
    sourceName: options.sourceName,
  });
}

/** The parts of a page. */
interface Page {
  readonly title: string;
  readonly lang: string;
  readonly toc: string;
  readonly body: readonly string[];
  readonly isTrusted: boolean;
  readonly sourceName: string | undefined;
}

function renderPage(page: Page): string {
  const { title, toc, sourceName } = page;
  const hasFrames = page.body.some((html) => html.includes("<iframe"));
  const source = sourceName === undefined
    ? ""
    : ` from <span class="source-name">${escapeHtml(sourceName)}</span>`;
  return `<!doctype html>
<html lang="${escapeHtml(page.lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${
    makePolicy(page.isTrusted)
  }">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Skein">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>
${THEME}${CODE_THEME}</style>
${hasFrames ? `<script>${FRAME_LISTENER}</script>\n` : ""}</head>
<body>
<a class="skip-link" href="#skein-main">Skip to the notebook</a>
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
  }<main id="skein-main" tabindex="-1">
${page.body.join("\n")}
</main>
<footer><p>Made by Skein${source}</p></footer>
</body>
</html>
`;
}

function makePolicy(isTrusted: boolean): string {
  const scripts = isTrusted ? "'unsafe-inline'" : hashFrameScripts();
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
  { metadata }: Notebook,
  headings: readonly Heading[],
  { title, sourceName }: HtmlOptions,
): string {
  const heading = headings.find(({ level }) => level === 1) ?? headings[0];
  return title ?? readText(metadata.title) ?? heading?.text ?? sourceName ??
    "Notebook";
}

function readLanguage({ metadata }: Notebook): string {
  const { language_info, kernelspec } = metadata;
  return readText(readField(language_info, "name")) ??
    readText(readField(kernelspec, "language")) ?? "typescript";
}

function readField(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Reflect.get(value, name)
    : undefined;
}

function readText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
