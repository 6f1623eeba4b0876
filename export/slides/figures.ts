/**
 * Figures as slides need them: cut where they are tall, in the colours of the
 * slides. Pure.
 * @module
 */
import type { Cell, CellOutput } from "../../nbformat/mod.ts";
import { figureForPrint } from "../figure/mod.ts";
import type { ExportOptions, Theme } from "../format.ts";
import type { DeckCell } from "./deck.ts";
import { READABLE_PIXELS, splitFigure } from "./split_figure.ts";
import { FIGURE_ROOM } from "./theme.ts";

/**
 * Makes several figures of a tall one, each of which can be read.
 *
 * @param deckCell A cell.
 * @param options Who hears of text that is too small all the same.
 */
export function cutFigures(
  deckCell: DeckCell,
  { report }: ExportOptions,
): DeckCell[] {
  const { cell, number } = deckCell;
  if (cell.cell_type !== "code") return [deckCell];
  const outputs = cell.outputs.flatMap((output): CellOutput[] => {
    if (!("data" in output)) return [output];
    const svg = output.data["image/svg+xml"];
    if (typeof svg !== "string") return [output];
    const parts = splitFigure(svg, FIGURE_ROOM);
    const small = Math.min(
      ...parts.map(({ textPixels }) => textPixels ?? Infinity),
    );
    if (small < READABLE_PIXELS - 0.5) {
      report?.(
        `cell ${number}: text of a figure is ${
          small.toFixed(0)
        } pixels high on a slide of 720, which the last row can not read`,
      );
    }
    return parts.map(({ svg }) => ({
      ...output,
      data: { ...output.data, "image/svg+xml": svg },
    }));
  });
  return [{ cell: { ...cell, outputs }, number }];
}

/**
 * Of a figure the drawing is shown, not the page that may stand beside it. Where
 * the slides have colours of their own, so has the drawing.
 *
 * @param cell A cell.
 * @param theme The colours of the slides.
 */
export function withPicture(cell: Cell, theme: Theme): Cell {
  if (cell.cell_type !== "code") return cell;
  const outputs = cell.outputs.map((output): CellOutput => {
    if (!("data" in output)) return output;
    const svg = output.data["image/svg+xml"];
    if (typeof svg !== "string") return output;
    const { "text/html": _, ...data } = output.data;
    const drawn = theme === "auto" ? svg : figureForPrint(svg) ?? svg;
    return { ...output, data: { ...data, "image/svg+xml": drawn } };
  });
  return { ...cell, outputs };
}
