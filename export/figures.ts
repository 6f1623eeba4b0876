/**
 * Which output of a cell is a figure, and what stands under it. Pure.
 *
 * All formats that show figures use it, so captions and text alternatives go to
 * the same ones everywhere.
 * @module
 */
import type { Cell, CellOutput } from "../nbformat/mod.ts";
import { type Directives, shownOutputs } from "../nbformat/directives/mod.ts";

/** An output, and what the cell says about it. */
export interface Figure {
  /** The output; its metadata hold the text alternative as `alt`. */
  readonly output: CellOutput;
  /** What stands under it. */
  readonly caption: string | null;
  /** What it shows, for those who can not see it. */
  readonly alt: string | null;
  /** Its name, for links: the cell's label, at the first figure. */
  readonly label: string | null;
}

/**
 * Gives captions, text alternatives and the label to the outputs of a cell.
 *
 * The first caption is that of the first figure; one that is alone stands under
 * the last, since it is about all of them. Where nothing is a figure, the last
 * output counts as one.
 *
 * @param cell The cell.
 * @param asked What it asks for.
 * @returns The outputs that are shown, in their order.
 */
export function listFigures(cell: Cell, asked: Directives): readonly Figure[] {
  const outputs = shownOutputs(cell, asked);
  const { captions, alts, label } = asked;
  if (captions.length + alts.length === 0 && label === null) {
    return outputs.map((output) => ({ output, ...NO_WORDS }));
  }
  const found = outputs.flatMap((output, at) => isFigure(output) ? [at] : []);
  const figures = found.length > 0 ? found : [outputs.length - 1];
  return outputs.map((output, at) => {
    const number = figures.indexOf(at);
    if (number < 0) return { output, ...NO_WORDS };
    const isLast = number === figures.length - 1;
    const caption = captions.length === 1
      ? (isLast ? captions[0]! : null)
      : captions[number] ?? null;
    const alt = alts[number] ?? null;
    return {
      output: alt === null ? output : withAlt(output, alt),
      caption,
      alt,
      label: number === 0 ? label : null,
    };
  });
}

function isFigure(output: CellOutput): boolean {
  return "data" in output &&
    Object.keys(output.data).some((mimeType) =>
      mimeType.startsWith("image/") || mimeType === "text/html"
    );
}

function withAlt(output: CellOutput, alt: string): CellOutput {
  if (!("data" in output)) return output;
  // What a format's own metadata say would hold before it.
  const metadata = Object.fromEntries(
    Object.entries(output.metadata).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null && !Array.isArray(value) &&
        "alt" in value
        ? { ...value, alt }
        : value,
    ]),
  );
  return { ...output, metadata: { ...metadata, alt } };
}

const NO_WORDS = { caption: null, alt: null, label: null };
