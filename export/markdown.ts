/**
 * Markdown as harmless HTML: highlighted code, formulas, headings with anchors.
 *
 * Pure. The only file that runs markdown-it; `sanitize.ts` then removes what is
 * not harmless, and only after that do the formulas go in, because MathML inside
 * a sanitiser's list of harmless elements is a known way around it.
 * @module
 */
import createParser, { type MarkdownIt, type Token } from "markdown-it";
import type { Attachments } from "../nbformat/mod.ts";
import { escapeHtml } from "./escape.ts";
import { highlightCode } from "./highlight.ts";
import { renderMath } from "./math.ts";
import { addMathSyntax } from "./math_syntax.ts";
import { sanitizeHtml } from "./sanitize.ts";
import { type Heading, makeAnchor } from "./toc.ts";

/** What Markdown may refer to. */
export interface MarkdownOptions {
  /** The cell's embedded files. */
  readonly attachments?: Attachments | undefined;
  /** Anchors of the page so far; those of new headings are added. */
  readonly anchors: Set<string>;
}

/** Rendered Markdown. */
export interface RenderedMarkdown {
  /** Harmless HTML. */
  readonly html: string;
  /** The headings in it. */
  readonly headings: readonly Heading[];
}

/**
 * Renders Markdown: CommonMark, tables, strikethrough, bare links, formulas, HTML.
 *
 * @example A heading
 * ```ts
 * import assert from "node:assert/strict";
 * const { html, headings } = renderMarkdown("# A *lock*", { anchors: new Set() });
 * assert.match(html, /^<h1 id="A-lock">A <em>lock<\/em>/);
 * assert.equal(headings[0]?.text, "A lock");
 * ```
 *
 * @param source The Markdown.
 * @param options What it may refer to.
 * @returns HTML, and its headings.
 */
export function renderMarkdown(
  source: string,
  options: MarkdownOptions,
): RenderedMarkdown {
  const formulas: string[] = [];
  const headings: Heading[] = [];
  const tokens = PARSER.parse(source, {});
  tokens.forEach((token, index) => {
    for (const formula of [token, ...token.children ?? []]) {
      if (formula.tag === "math") {
        formulas.push(renderFormula(formula, formulas.length));
      }
    }
    if (token.type !== "heading_open") return;
    const text = readText(tokens[index + 1]?.children ?? []);
    const anchor = makeAnchor(text, options.anchors);
    token.attrSet("id", anchor);
    headings.push({ level: Number(token.tag.slice(1)), text, anchor });
  });
  const dirty = PARSER.renderer.render(tokens, PARSER.options);
  const clean = sanitizeHtml(dirty, options.attachments);
  const html = clean.trimEnd().replace(
    FORMULA_MARK,
    (_, index) => formulas[Number(index)] ?? "",
  );
  return { html, headings };
}

function makeParser(): MarkdownIt {
  const parser = new createParser({
    html: true,
    linkify: true,
    highlight: highlightCode,
  });
  // Else "pool.py" and "main.rs" become links to Paraguay and Serbia.
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  addMathSyntax(parser);
  const { rules } = parser.renderer;
  rules.math_inline = rules.math_display = (tokens, index) =>
    `<skein-math n="${tokens[index]?.meta?.index}"></skein-math>`;
  rules.table_open = () => '<div class="scroll-x" tabindex="0"><table>\n';
  rules.table_close = () => "</table></div>\n";
  rules.heading_close = (tokens, index) => {
    const anchor = tokens[index - 2]?.attrGet("id") ?? "";
    const text = readText(tokens[index - 1]?.children ?? []);
    return ` <a class="anchor" href="#${
      escapeHtml(encodeURIComponent(anchor))
    }"` +
      ` aria-label="Link to “${escapeHtml(text)}”">#</a></${
        tokens[index]?.tag
      }>\n`;
  };
  return parser;
}

// Numbers the token, so that its place in the page can be found again.
function renderFormula(token: Token, index: number): string {
  token.meta = { index };
  const isDisplay = token.type === "math_display";
  return renderMath(token.content, isDisplay ? "display" : "inline");
}

function readText(tokens: readonly Token[]): string {
  return tokens.map(({ type, content, children }) => {
    if (type === "softbreak" || type === "hardbreak") return " ";
    if (type === "html_inline") return "";
    return children === null || children.length === 0
      ? content
      : readText(children);
  }).join("").trim();
}

const PARSER = makeParser();
// The sanitiser escapes "<" in text and attributes: this can only be an element.
const FORMULA_MARK = /<skein-math n="(\d+)"><\/skein-math>/g;
