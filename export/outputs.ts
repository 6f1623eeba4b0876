/**
 * The outputs of a cell as HTML: streams, errors, display data.
 *
 * Pure. How display data is shown is in `mime.ts`.
 * @module
 */
import type { CellOutput } from "../nbformat/mod.ts";
import type { ErrorOutput, StreamOutput } from "../protocol/mod.ts";
import { renderAnsi } from "./ansi.ts";
import { escapeHtml } from "./escape.ts";
import type { Figure } from "./figures.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderDisplayData } from "./mime.ts";
import type { PageContext } from "./page.ts";
import { clip, renderPre } from "./pre.ts";
import { makeAnchor } from "./toc.ts";

/** What rendering outputs depends on. */
export interface OutputContext {
  /** What the page allows. */
  readonly page: PageContext;
  /** Whether an error was to be expected. */
  readonly mayFail: boolean;
}

/**
 * Renders the outputs of one cell.
 *
 * @param figures The outputs, in the order they were made.
 * @param context What the page allows.
 * @returns HTML, one element an output; neighbouring pieces of a stream are one.
 */
export function renderOutputs(
  figures: readonly Figure[],
  context: OutputContext,
): string {
  return joinStreams(figures)
    .map((figure) =>
      withCaption(renderOutput(figure.output, context), figure, context)
    )
    .join("\n");
}

function withCaption(
  html: string,
  { caption, alt, label }: Figure,
  { page }: OutputContext,
): string {
  if (caption === null && alt === null && label === null) return html;
  const id = label === null
    ? ""
    : ` id="${escapeHtml(makeAnchor(label, page.anchors))}"`;
  const name = alt === null ? "" : ` aria-label="${escapeHtml(alt)}"`;
  // Formulas and emphasis are common in captions.
  const words = caption === null
    ? ""
    : `<figcaption>${renderMarkdown(caption, { page }).html}</figcaption>`;
  return `<figure${id}${name}>${html}${words}</figure>`;
}

function renderOutput(output: CellOutput, context: OutputContext): string {
  switch (output.output_type) {
    case "stream":
      return renderStream(output);
    case "error":
      return renderError(output, context.mayFail);
    case "display_data":
    case "execute_result":
      return `<div class="output">${
        renderDisplayData(output, context.page)
      }</div>`;
    case "other":
      return `<p class="note">Output that a page cannot show: ${
        escapeHtml(String(output.inFile.output_type))
      }</p>`;
    default:
      return output satisfies never;
  }
}

/**
 * Joins neighbouring pieces of a stream: a progress bar goes back within what it
 * wrote before, often in another piece.
 *
 * @param figures The outputs of a cell.
 */
export function joinStreams(figures: readonly Figure[]): Figure[] {
  const joined: Figure[] = [];
  for (const figure of figures) {
    const { output } = figure;
    const last = joined.at(-1)?.output;
    if (
      output.output_type === "stream" && last?.output_type === "stream" &&
      output.name === last.name
    ) {
      const text = last.text + output.text;
      joined[joined.length - 1] = { ...figure, output: { ...last, text } };
    } else {
      joined.push(figure);
    }
  }
  return joined;
}

function renderStream({ name, text }: StreamOutput): string {
  const pre = renderPre(renderAnsi(clip(text)), "output-text scroll");
  return name === "stderr"
    ? `<div class="output stderr"><p class="output-label">stderr</p>${pre}</div>`
    : `<div class="output">${pre}</div>`;
}

function renderError(
  { ename, evalue, traceback }: ErrorOutput,
  wasExpected: boolean,
): string {
  const text = traceback.length > 0
    ? traceback.join("\n")
    : `${ename}: ${evalue}`;
  const label = wasExpected ? "Error, as expected" : "Error";
  return `<div class="output error"><p class="output-label">${label}</p>` +
    `${renderPre(renderAnsi(clip(text)), "output-text scroll")}</div>`;
}
