/**
 * Display data as HTML: which of its formats to show, and how.
 *
 * Pure. To show another format, add a line to `RENDERERS`.
 * @module
 */
import type { MimeBundle } from "../protocol/mod.ts";
import { decodeHTML } from "html-tree";
import { renderAnsi } from "./ansi.ts";
import { escapeHtml } from "./escape.ts";
import { highlightCode } from "./highlight.ts";
import { IMAGE_MIMES, renderImage } from "./images.ts";
import { renderMarkdown } from "./markdown.ts";
import { findFigureProgram } from "./figure_program.ts";
import { reduceHtml } from "./frame_html.ts";
import { rebuildHtml } from "./markup.ts";
import { renderLatex } from "./math.ts";
import type { PageContext } from "./page.ts";
import { clip, renderPre } from "./pre.ts";
import { needsPaper, renderSandbox } from "./sandbox.ts";
import { sanitizeHtml } from "./sanitize.ts";

/** A value in several formats, with hints for each. */
export interface DisplayData {
  /** The value in several formats. */
  readonly data: MimeBundle;
  /** Hints, per format or for all of them. */
  readonly metadata: MimeBundle;
}

/**
 * Renders the best format of a value that the page can show.
 *
 * Source: JupyterLab, ranks of its MIME renderers; JSON before plain text.
 *
 * @param display The value.
 * @param context What the page allows.
 * @returns HTML; a note if there is no format that can be shown.
 */
export function renderDisplayData(
  display: DisplayData,
  context: PageContext,
): string {
  for (const [mimeType, render] of RENDERERS) {
    if (!Object.hasOwn(display.data, mimeType)) continue;
    if (isTooLong(mimeType, display.data[mimeType])) continue;
    // A format whose content is not what its name says gives way to the next.
    const html = render(display, context, mimeType);
    if (html !== undefined) return html;
  }
  const formats =
    Object.entries(display.data).map(([mimeType, content]) =>
      isTooLong(mimeType, content) ? `${mimeType}, which is too long` : mimeType
    ).join(", ") || "no format";
  return `<p class="note">Output that a page cannot show: ${
    escapeHtml(formats)
  }</p>`;
}

/** Markup of this length takes a browser minutes; plain text is cut instead. */
function isTooLong(mimeType: string, content: unknown): boolean {
  const isMarkup = mimeType !== "text/plain" &&
    (mimeType.startsWith("text/") || mimeType === "image/svg+xml");
  return isMarkup && typeof content === "string" && content.length > MAX_MARKUP;
}

const MAX_MARKUP = 8 * 1024 * 1024;

/** Renders one format; undefined if its content is not of that format. */
type Renderer = (
  display: DisplayData,
  context: PageContext,
  mimeType: string,
) => string | undefined;

/** Makes a renderer of text, which refuses content that is not text. */
function forText(
  render: (text: string, context: PageContext) => string,
): Renderer {
  return ({ data }, context, mimeType) => {
    const content = data[mimeType];
    return typeof content === "string" ? render(content, context) : undefined;
  };
}

function renderHtmlOutput(
  { data }: DisplayData,
  context: PageContext,
): string | undefined {
  const html = data["text/html"];
  if (typeof html !== "string") return undefined;
  if (!context.isTrusted) {
    // A figure of the helper library is words around images: without a frame it
    // is as wide as the page, and whole on paper. That it says so proves nothing,
    // so it is cleaned like the Markdown of anybody.
    if (html.startsWith(FIGURE)) {
      const program = context.isLive ? findFigureProgram(html) : null;
      if (program !== null) {
        const reduced = reduceHtml(html, context.embedImage);
        return renderSandbox(reduced, { program, isOnPaper: false });
      }
      return `<div class="html-output figure">${sanitizeHtml(html)}</div>`;
    }
    const reduced = reduceHtml(html, context.embedImage);
    // Where its script does not run, an image is better as itself: it needs no
    // frame, whose height is a guess on paper.
    const isImage = Object.hasOwn(data, "image/svg+xml") && isWordless(reduced);
    return isImage ? undefined : renderSandbox(reduced);
  }
  const paper = needsPaper(html) ? " paper" : "";
  const body = withImages(html, context.embedImage);
  return `<div class="html-output scroll-x${paper}">${body}</div>`;
}

const FIGURE = `<div class="skein-figure"`;

/** All else stays as it is, to the letter: it is trusted, and may be a program. */
function withImages(
  html: string,
  embedImage: PageContext["embedImage"],
): string {
  return html.replace(IMAGE_TAG, (whole, begin, ...sources) => {
    const source = sources.slice(0, 3).find((text) => text !== undefined);
    const uri = embedImage(decodeHTML(source));
    return uri === undefined ? whole : `${begin}"${escapeHtml(uri)}"`;
  });
}

/** An image tag up to its address, and the address in any kind of quotes. */
const IMAGE_TAG =
  /(<img\b[^>]{0,1000}?\ssrc\s{0,9}=\s{0,9})(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s"'<>=`]{1,2000}))/gi;

/** Whether nothing is left to read but pictures. */
function isWordless(html: string): boolean {
  let hasImage = false;
  const words = rebuildHtml(html, ({ name }) => {
    hasImage ||= name === "img";
    return name === "style" ? "nothing" : "content";
  });
  return hasImage && words.trim() === "";
}

function renderJson({ data }: DisplayData): string {
  const text = JSON.stringify(data["application/json"], null, 2) ?? "";
  return renderPre(
    `<code>${highlightCode(clip(text), "json")}</code>`,
    "output-text scroll",
  );
}

/** Best format first. */
const RENDERERS: readonly (readonly [string, Renderer])[] = [
  ["text/html", renderHtmlOutput],
  [
    "text/markdown",
    forText((text, page) =>
      `<div class="markdown">${renderMarkdown(text, { page }).html}</div>`
    ),
  ],
  ["text/latex", forText((text, { math }) => renderLatex(text, math))],
  ...IMAGE_MIMES.map((mimeType): readonly [string, Renderer] => [
    mimeType,
    ({ data, metadata }) => renderImage({ mimeType, data, metadata }),
  ]),
  ["application/json", renderJson],
  [
    "text/plain",
    forText((text) => renderPre(renderAnsi(clip(text)), "output-text scroll")),
  ],
  // Shown, never run: a page for reading does not do things of its own.
  [
    "application/javascript",
    forText((text) =>
      renderPre(
        `<code>${highlightCode(text, "javascript")}</code>`,
        "output-text scroll",
      )
    ),
  ],
];
