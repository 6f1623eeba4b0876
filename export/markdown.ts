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
import {
  addMathSyntax,
  hideBars,
  replaceFormulas,
  showBars,
} from "./math_syntax.ts";
import type { PageContext } from "./page.ts";
import { mayScroll } from "./pre.ts";
import { sanitizeHtml } from "./sanitize.ts";
import { type Heading, makeAnchor } from "./toc.ts";

/** What Markdown may refer to. */
export interface MarkdownOptions {
  /** The cell's embedded files. */
  readonly attachments?: Attachments | undefined;
  /** The page it is part of. */
  readonly page: PageContext;
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
 * import { beginPage } from "./page.ts";
 * const { html, headings } = renderMarkdown("# A *lock*", { page: beginPage() });
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
  const { page, attachments } = options;
  const formulas: string[] = [];
  const headings: Heading[] = [];
  // Gives the place of a formula, whose MathML goes in at the end.
  const put = (tex: string, isDisplay: boolean) => {
    const place = isDisplay ? "display" : "inline";
    formulas.push(renderMath(showBars(tex), place, page.math));
    return `<skein-math n="${formulas.length - 1}"></skein-math>`;
  };
  const tokens = PARSER.parse(hideBars(source), {});
  tokens.forEach((token, index) => {
    if (token.type === "list_item_open") markTask(tokens, index);
    for (const inner of [token, ...token.children ?? []]) {
      if (inner.tag === "math") {
        inner.meta = {
          html: put(inner.content, inner.type === "math_display"),
        };
      } else if (inner.type === "html_block") {
        inner.content = replaceFormulas(
          inner.content,
          ({ tex, isDisplay }) => put(tex, isDisplay),
        );
      }
    }
    if (token.type !== "heading_open") return;
    const text = readText(tokens[index + 1]?.children ?? []);
    const anchor = makeAnchor(text, page.anchors);
    token.attrSet("id", anchor);
    headings.push({ level: Number(token.tag.slice(1)), text, anchor });
  });
  const dirty = PARSER.renderer.render(tokens, PARSER.options);
  const clean = sanitizeHtml(dirty, {
    attachments,
    embedImage: page.embedImage,
  });
  const reachable = clean.replace(
    /<pre([^>]*)>([^]*?)<\/pre>/g,
    (whole, attributes, text) =>
      mayScroll(text) ? `<pre tabindex="0"${attributes}>${text}</pre>` : whole,
  );
  const html = showBars(reachable.trimEnd()).replace(
    FORMULA_MARK,
    (_, index) => formulas[Number(index)] ?? "",
  );
  return { html, headings };
}

function makeParser(): MarkdownIt {
  const parser = new createParser({
    html: true,
    linkify: true,
    highlight: (code, language) => highlightCode(showBars(code), language),
  });
  // Else "pool.py" and "main.rs" become links to Paraguay and Serbia.
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  addMathSyntax(parser);
  const { rules } = parser.renderer;
  rules.math_inline = rules.math_display = (tokens, index) =>
    String(tokens[index]?.meta?.html);
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

/** `- [ ] open` and `- [x] done`, as on GitHub. */
function markTask(tokens: readonly Token[], at: number): void {
  const text = tokens[at + 2]?.children?.[0];
  const isFirst = tokens[at + 1]?.type === "paragraph_open";
  const [mark, state] = /^\[([ xX])\]\s/.exec(text?.content ?? "") ?? [];
  if (!isFirst || text?.type !== "text" || mark === undefined) return;
  text.type = "html_inline";
  text.content = `<input type="checkbox"${state === " " ? "" : " checked"}> ${
    escapeHtml(text.content.slice(mark.length))
  }`;
  tokens[at]!.attrJoin("class", "task");
}

function readText(tokens: readonly Token[]): string {
  return showBars(
    tokens.map(({ type, content, children }) => {
      if (type === "softbreak" || type === "hardbreak") return " ";
      if (type === "html_inline") return "";
      return children === null || children.length === 0
        ? content
        : readText(children);
    }).join("").trim(),
  );
}

const PARSER = makeParser();
// The sanitiser escapes "<" in text and attributes: this can only be an element.
const FORMULA_MARK = /<skein-math n="(\d+)"><\/skein-math>/g;
