/**
 * One cell as HTML, hidden or left out where its author asked for that.
 *
 * Pure.
 * @module
 */
import type {
  Cell,
  CodeCell,
  Metadata,
  OtherCell,
  RawCell,
} from "../nbformat/mod.ts";
import { escapeHtml } from "./escape.ts";
import { formatLanguageName, highlightCode } from "./highlight.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderDisplayData } from "./mime.ts";
import { renderOutputs } from "./outputs.ts";
import type { PageContext } from "./page.ts";
import { clip, renderPre } from "./pre.ts";
import type { Heading } from "./toc.ts";

/** What rendering a cell depends on. */
export interface CellContext extends PageContext {
  /** The notebook's language: `typescript`. */
  readonly language: string;
}

/** A rendered cell. */
export interface RenderedCell {
  /** HTML; empty if there is nothing to show. */
  readonly html: string;
  /** The headings in it. */
  readonly headings: readonly Heading[];
}

/**
 * Renders one cell.
 *
 * Source: Jupyter Book, "Hide or remove content", for the tags `hide-input`,
 * `hide-output`, `hide-cell`, `remove-input`, `remove-output`, `remove-cell`.
 *
 * @param cell The cell.
 * @param context What the page allows, and its language.
 * @returns HTML, and the headings in it.
 */
export function renderCell(cell: Cell, context: CellContext): RenderedCell {
  const wishes = readWishes(cell.metadata);
  if (wishes.has("remove-cell") || isEmpty(cell)) return NOTHING;
  const { html, headings } = renderContent(cell, { ...context, wishes });
  if (html === "") return NOTHING;
  const content = wishes.has("hide-cell") ? fold("cell", html) : html;
  const id = escapeHtml(`cell-${cell.id}`);
  return {
    html: `<div class="cell ${cell.cell_type}" id="${id}">\n${content}\n</div>`,
    headings,
  };
}

/** What the author wants hidden or left out, from tags and metadata. */
type Wishes = ReadonlySet<unknown>;

function readWishes(metadata: Metadata): Wishes {
  const { tags, jupyter, collapsed } = metadata;
  const wishes = new Set<unknown>(
    Array.isArray(tags)
      ? tags.map((tag) => String(tag).replaceAll("_", "-"))
      : [],
  );
  // As it was said before JupyterLab.
  if (collapsed === true) wishes.add("hide-output");
  if (typeof jupyter === "object" && jupyter !== null) {
    if (Reflect.get(jupyter, "source_hidden") === true) {
      wishes.add("hide-input");
    }
    if (Reflect.get(jupyter, "outputs_hidden") === true) {
      wishes.add("hide-output");
    }
  }
  return wishes;
}

function isEmpty(cell: Cell): boolean {
  return cell.source.trim() === "" && cell.cell_type !== "other" &&
    !(cell.cell_type === "code" && cell.outputs.length > 0);
}

function renderContent(
  cell: Cell,
  context: CellContext & { wishes: Wishes },
): RenderedCell {
  switch (cell.cell_type) {
    case "code":
      return { html: renderCode(cell, context), headings: [] };
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
  context: CellContext & { wishes: Wishes },
): string {
  const { wishes } = context;
  const parts: string[] = [];
  if (!wishes.has("remove-input") && cell.source.trim() !== "") {
    const input = renderInput(cell, context.language);
    parts.push(wishes.has("hide-input") ? fold("code", input) : input);
  }
  if (!wishes.has("remove-output") && cell.outputs.length > 0) {
    const outputs = renderOutputs(cell.outputs, context);
    parts.push(wishes.has("hide-output") ? fold("output", outputs) : outputs);
  }
  return parts.join("\n");
}

function renderInput(cell: CodeCell, language: string): string {
  const prompt = cell.execution_count === null
    ? ""
    : `<span class="prompt">[${cell.execution_count}]</span>`;
  const name = escapeHtml(formatLanguageName(language));
  const code = highlightCode(clip(cell.source.trimEnd()), language);
  return `<div class="input"><p class="input-label">${prompt}` +
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

function fold(what: string, html: string): string {
  return `<details class="fold"><summary>Show ${what}</summary>\n${html}\n</details>`;
}

const NOTHING: RenderedCell = { html: "", headings: [] };
