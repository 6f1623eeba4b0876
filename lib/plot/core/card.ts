/**
 * What a figure is made of, and how that becomes an image.
 *
 * Text that needs no place in the drawing (title, findings, stamp) stands beside
 * it as HTML (`bundle.ts`), or within it where only an image can be shown. Pure.
 * @module
 */
import { GAP_PX, type Paper, TYPE } from "./paper.ts";
import { escapeText, roundPx, textLine, wrapText } from "./text.ts";
import { patterns, styleSheet } from "./theme.ts";

/** A part of a drawing; it is drawn from its own upper edge down. */
export interface Block {
  readonly markup: string;
  /** How high it is, pixels; one of no height is left out. */
  readonly heightPx: number;
}

/** Rows of cells; the first holds the headings. */
export type Table = readonly (readonly string[])[];

/** A prediction as it can be drawn. */
export interface Predicted {
  /** Values at some places of a horizontal axis; none if no curve was asked for. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** A duration, milliseconds; `null` if none was asked for. */
  readonly ms: number | null;
}

export interface FigureParts {
  /** The heading: the answer, or the question that the figure answers. */
  readonly title: string;
  /** The drawing's parts from top to bottom, for some paper. */
  readonly draw: (paper: Paper) => readonly Block[];
  /** All numbers of the drawing. */
  readonly table?: Table;
  /** What the drawing says, line by line. @default the rows of the table */
  readonly alt?: string;
  /** What stands above the drawing, such as what was predicted. */
  readonly notes?: readonly string[];
  /** The same figure with what was predicted, where that has a place in it. */
  readonly withPrediction?: (predicted: Predicted) => FigureParts;
  /** What makes the numbers doubtful, in short. */
  readonly warning?: string | undefined;
  /** Sentences, the most telling first. */
  readonly findings?: readonly string[];
  /** Small print: the circumstances, what is missing. */
  readonly captions?: readonly string[];
  /** What a reader's browser does with the drawing, where scripts run. */
  readonly live?: (paper: Paper) => string | null;
  /** HTML below the drawing, such as a table to step through. */
  readonly more?: string;
}

/** Draws a figure without its words: the image beside which they stand. */
export function drawImage(figure: FigureParts, paper: Paper): string {
  return writeSvg(figure, figure.draw(paper), paper);
}

export function drawCard(figure: FigureParts, paper: Paper): string {
  const { title, warning, notes = [], findings = [], captions = [] } = figure;
  return writeSvg(figure, [
    makeParagraph(title, "title", paper),
    makeParagraph(warning === undefined ? "" : `⚠ ${warning}`, "body", paper),
    ...notes.map((text) => makeParagraph(text, "body", paper)),
    ...figure.draw(paper),
    ...(findings.length === 0 ? [] : [makeRule(paper)]),
    ...findings.map((text) =>
      makeParagraph(text, isAlarm(text) ? "alarm" : "body", paper)
    ),
    ...(captions.length === 0 ? [] : [makeRule(paper)]),
    ...captions.map((text) => makeParagraph(text, "caption", paper)),
  ], paper);
}

/** Whether a finding is the one that must not be overlooked. */
export function isAlarm(finding: string): boolean {
  return finding.startsWith("Deadlock");
}

export type ParagraphLook = "title" | "heading" | "body" | "alarm" | "caption";

/** Makes a block of text, broken into lines; of no height if there are no words. */
export function makeParagraph(
  text: string,
  look: ParagraphLook,
  paper: Paper,
): Block {
  const sizePx = TYPE[look === "alarm" ? "body" : look];
  const leadingPx = Math.round(sizePx * 1.4);
  const isBold = look !== "body" && look !== "caption";
  const widthPx = paper.right - paper.left;
  const type = { sizePx, look: PARAGRAPHS[look] };
  const lines = wrapText(text, { sizePx, widthPx, isBold });
  return {
    markup: lines.map((line, index) =>
      textLine(line, [paper.left, index * leadingPx + sizePx * 0.95], type)
    ).join(""),
    heightPx: lines.length * leadingPx,
  };
}

export function makeRule({ left, right }: Paper): Block {
  return {
    markup: `<path class="skein-grid" d="M${left} 3H${right}"/>`,
    heightPx: 6,
  };
}

/** For those who hear the table: each cell after its heading. */
export function describeRows([heads = [], ...rows]: Table): string {
  return rows.map((row) =>
    row.map((cell, column) => `${heads[column] ?? ""} ${cell}`.trim())
      .join(", ") + "."
  ).join("\n");
}

function writeSvg(
  { title, alt, table }: FigureParts,
  blocks: readonly Block[],
  { widthPx, left }: Paper,
): string {
  const edgePx = Math.min(left, 18);
  let y = edgePx;
  const parts = blocks.filter(({ heightPx }) => heightPx > 0).map((block) => {
    const top = y;
    y += block.heightPx + GAP_PX;
    return `<g transform="translate(0,${roundPx(top)})">${block.markup}</g>`;
  });
  const heightPx = Math.ceil(y - GAP_PX + edgePx);
  const body = parts.join("\n");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="skein" role="img" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}">`,
    `<title>${escapeText(title)}</title>`,
    `<desc>${escapeText(alt ?? describeRows(table ?? []))}</desc>`,
    `<style>\n${styleSheet(body)}\n</style>`,
    `<defs>${patterns(body)}</defs>`,
    `<rect class="skein-panel" x=".5" y=".5" width="${widthPx - 1}" height="${
      heightPx - 1
    }" rx="10"/>`,
    body,
    `</svg>`,
  ].join("\n");
}

const PARAGRAPHS: Readonly<Record<ParagraphLook, string>> = {
  title: "skein-bold",
  heading: "skein-bold",
  body: "",
  alarm: "skein-bold skein-alarm",
  caption: "skein-muted",
};
