/**
 * One cell as HTML, hidden or left out where its author asked for that.
 *
 * Pure.
 * @module
 */
import type { Cell, CodeCell, OtherCell, RawCell } from "../nbformat/mod.ts";
import {
  type Directives,
  type DocumentWishes,
  readDirectives,
  type Visibility,
} from "../nbformat/directives/mod.ts";
import { escapeHtml } from "./escape.ts";
import { listFigures } from "./figures.ts";
import { formatLanguageName, highlightCode } from "./highlight.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderDisplayData } from "./mime.ts";
import { renderOutputs } from "./outputs.ts";
import type { PageContext } from "./page.ts";
import { clip, renderPre } from "./pre.ts";
import { type Heading, makeAnchor } from "./toc.ts";

/** What rendering a cell depends on. */
export interface CellContext extends PageContext {
  /** The notebook's language: `typescript`. */
  readonly language: string;
  /** What is asked for the whole document. */
  readonly wishes: DocumentWishes;
}

/** A rendered cell. */
export interface RenderedCell {
  /** HTML; empty if there is nothing to show. */
  readonly html: string;
  /** The headings in it. */
  readonly headings: readonly Heading[];
}

/**
 * Renders one cell, as its tags and option lines ask for.
 *
 * @param cell The cell.
 * @param context What the page allows, and its language.
 * @returns HTML, and the headings in it.
 */
export function renderCell(cell: Cell, context: CellContext): RenderedCell {
  const asked = readDirectives(cell, context.wishes);
  if (asked.cell === "removed" || isEmpty(cell)) return NOTHING;
  const { html, headings } = renderContent(cell, asked, context);
  if (html === "") return NOTHING;
  const content = fold(html, asked.cell, "Show cell");
  const id = escapeHtml(`cell-${cell.id}`);
  return {
    html: `<div class="cell ${cell.cell_type}" id="${id}">\n${content}\n</div>`,
    headings,
  };
}

function isEmpty(cell: Cell): boolean {
  return cell.source.trim() === "" && cell.cell_type !== "other" &&
    !(cell.cell_type === "code" && cell.outputs.length > 0);
}

function renderContent(
  cell: Cell,
  asked: Directives,
  context: CellContext,
): RenderedCell {
  switch (cell.cell_type) {
    case "code":
      return { html: renderCode(cell, asked, context), headings: [] };
    case "raw":
      return { html: renderRaw(cell, context), headings: [] };
    case "markdown":
      return renderMarkdown(clip(cell.source), {
        attachments: cell.attachments,
        page: context,
      });
    case "other":
      return { html: renderOther(cell), headings: [] };
    default:
      return cell satisfies never;
  }
}

function renderCode(
  cell: CodeCell,
  asked: Directives,
  context: CellContext,
): string {
  const parts: string[] = [];
  if (asked.input !== "removed" && asked.source.trim() !== "") {
    const input = renderInput(cell, asked, context.language);
    parts.push(fold(input, asked.input, asked.foldTitle ?? "Show code"));
  }
  const figures = listFigures(cell, asked);
  if (figures.length > 0) {
    const outputs = renderOutputs(figures, {
      page: context,
      mayFail: asked.mayFail,
    });
    parts.push(fold(outputs, asked.output, "Show output"));
  }
  // Where nothing is shown that could have the name.
  if (figures.length === 0 && asked.label !== null && parts.length > 0) {
    const anchor = makeAnchor(asked.label, context.anchors);
    parts.unshift(`<span id="${escapeHtml(anchor)}"></span>`);
  }
  return parts.join("\n");
}

function renderInput(
  cell: CodeCell,
  asked: Directives,
  language: string,
): string {
  const prompt = cell.execution_count === null
    ? ""
    : `<span class="prompt">[${cell.execution_count}]</span>`;
  const notes = [
    ...asked.parameters === "declared" ? ["parameters"] : [],
    ...asked.parameters === "injected" ? ["parameters of this run"] : [],
    ...asked.runs ? [] : ["not run"],
  ].map((note) => `<span>${note}</span>`).join("");
  const name = escapeHtml(formatLanguageName(language));
  const code = highlightCode(clip(asked.source.trimEnd()), language);
  return `<div class="input"><p class="input-label">${prompt}${notes}` +
    `<span class="language">${name}</span></p>` +
    `${renderPre(`<code>${code}</code>`, "source")}</div>`;
}

// A raw cell is meant for one format of export; this is the one for HTML.
function renderRaw(cell: RawCell, context: PageContext): string {
  const { format, raw_mimetype } = cell.metadata;
  const mimeType = format ?? raw_mimetype ?? "";
  if (mimeType === "") {
    return renderPre(escapeHtml(cell.source), "output-text scroll");
  }
  if (mimeType !== "text/html" && mimeType !== "text/markdown") return "";
  const data = { [mimeType]: cell.source };
  return renderDisplayData({ data, metadata: {} }, context);
}

function renderOther({ inFile, source }: OtherCell): string {
  const note = `<p class="note">Cell that a page cannot show: ${
    escapeHtml(String(inFile.cell_type))
  }</p>`;
  return source.trim() === ""
    ? note
    : `${note}${renderPre(escapeHtml(clip(source)), "output-text scroll")}`;
}

function fold(html: string, visibility: Visibility, title: string): string {
  if (visibility !== "folded" && visibility !== "open") return html;
  const open = visibility === "open" ? " open" : "";
  return `<details class="fold"${open}><summary>${
    escapeHtml(title)
  }</summary>\n${html}\n</details>`;
}

const NOTHING: RenderedCell = { html: "", headings: [] };
