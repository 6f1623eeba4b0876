/**
 * A notebook as a page that a browser prints: the other way to a PDF.
 *
 * Pure.
 * @module
 */
import type { Cell, CellOutput } from "../../nbformat/mod.ts";
import { figureForPrint } from "../figure/mod.ts";
import type { Document, ExportOptions } from "../format.ts";
import { exportHtml } from "../html.ts";

/**
 * Makes the page to print: light, with figures for paper, nothing folded.
 *
 * @param document The notebook.
 * @param options How to export it.
 * @returns HTML.
 */
export function pageToPrint(
  document: Document,
  options: ExportOptions,
): string {
  const page = exportHtml({
    metadata: document.metadata,
    cells: [...document.cells].map(withPrintFigures),
  }, { ...options, theme: "light" });
  // On paper nobody opens a fold.
  return page.replaceAll(
    '<details class="fold">',
    '<details class="fold" open>',
  );
}

function withPrintFigures(cell: Cell): Cell {
  return cell.cell_type === "code"
    ? { ...cell, outputs: cell.outputs.map(withPrintFigure) }
    : cell;
}

/** A frame is cut where a page ends, so the drawing stands instead of it. */
function withPrintFigure(output: CellOutput): CellOutput {
  if (
    output.output_type !== "display_data" &&
    output.output_type !== "execute_result"
  ) return output;
  const { "text/html": _, ...data } = output.data;
  const svg = data["image/svg+xml"];
  const drawn = typeof svg === "string" ? figureForPrint(svg) : undefined;
  return drawn === undefined
    ? output
    : { ...output, data: { ...data, "image/svg+xml": drawn } };
}
