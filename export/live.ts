/**
 * Single cells and outputs as HTML, for a page that is edited while it is shown.
 *
 * Pure. A whole page is made by `html.ts`.
 * @module
 */
import type { Attachments, CellOutput, CodeCell } from "../nbformat/mod.ts";
import { readDirectives } from "../nbformat/directives/mod.ts";
import { FIGURE_PROGRAMS } from "./figure_program.ts";
import { listFigures } from "./figures.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderOutputs } from "./outputs.ts";
import { beginPage } from "./page.ts";
import { FRAME_LISTENER, hashFrameScripts } from "./sandbox.ts";
import { pageStyle } from "./theme.ts";

/**
 * Renders one output of a cell.
 *
 * @param output The output.
 * @param embedImage Gives the data URI of an image beside the notebook.
 */
export function renderLiveOutput(
  output: CellOutput,
  embedImage?: (source: string) => string | undefined,
): string {
  const cell: CodeCell = {
    cell_type: "code",
    id: "live",
    metadata: {},
    source: "",
    execution_count: null,
    outputs: [output],
  };
  const page = beginPage({
    isLive: true,
    ...embedImage === undefined ? {} : { embedImage },
  });
  return renderOutputs(listFigures(cell, readDirectives(cell)), {
    page,
    mayFail: false,
  });
}

/**
 * Renders the text of a Markdown cell.
 *
 * @param source The text.
 * @param attachments Images that it names.
 * @param embedImage Gives the data URI of an image beside the notebook.
 */
export function renderLiveMarkdown(
  source: string,
  attachments?: Attachments,
  embedImage?: (source: string) => string | undefined,
): string {
  const page = beginPage(embedImage === undefined ? {} : { embedImage });
  return renderMarkdown(source, { attachments, page }).html;
}

/** The style sheet of outputs and text, as on an exported page. */
export const LIVE_STYLE: string = pageStyle("auto");

/** Names the scripts of frames in a Content-Security-Policy. */
export function frameScriptHashes(): string {
  return hashFrameScripts(FIGURE_PROGRAMS);
}

/** Runs in the page: gives frames their height. */
export const LIVE_FRAME_LISTENER: string = FRAME_LISTENER;
