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
import { renderDisplayData } from "./mime.ts";
import type { PageContext } from "./page.ts";
import { clip, renderPre } from "./pre.ts";

/**
 * Renders the outputs of one cell.
 *
 * @param outputs The outputs, in the order they were made.
 * @param context What the page allows.
 * @returns HTML, one element an output; neighbouring pieces of a stream are one.
 */
export function renderOutputs(
  outputs: readonly CellOutput[],
  context: PageContext,
): string {
  return joinStreams(outputs)
    .map((output) => renderOutput(output, context))
    .join("\n");
}

function renderOutput(output: CellOutput, context: PageContext): string {
  switch (output.output_type) {
    case "stream":
      return renderStream(output);
    case "error":
      return renderError(output);
    case "display_data":
    case "execute_result":
      return `<div class="output">${renderDisplayData(output, context)}</div>`;
    case "other":
      return `<p class="note">Output that a page cannot show: ${
        escapeHtml(String(output.inFile.output_type))
      }</p>`;
    default:
      return output satisfies never;
  }
}

// A progress bar goes back within what it wrote before, often in another piece.
function joinStreams(outputs: readonly CellOutput[]): CellOutput[] {
  const joined: CellOutput[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (
      output.output_type === "stream" && last?.output_type === "stream" &&
      output.name === last.name
    ) {
      joined[joined.length - 1] = { ...last, text: last.text + output.text };
    } else {
      joined.push(output);
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

function renderError({ ename, evalue, traceback }: ErrorOutput): string {
  const text = traceback.length > 0
    ? traceback.join("\n")
    : `${ename}: ${evalue}`;
  return `<div class="output error"><p class="output-label">Error</p>` +
    `${renderPre(renderAnsi(clip(text)), "output-text scroll")}</div>`;
}
