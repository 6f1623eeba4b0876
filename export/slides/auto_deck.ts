/**
 * Slides of a notebook that says nothing of slides.
 *
 * A heading of level 1 or 2 begins a column, each figure has a slide of its own,
 * and what would be too much for one slide goes on below. Pure.
 * @module
 */
import { listWords, NO_WORDS, withWords } from "./figure_words.ts";
import type { Cell, CellOutput, CodeCell } from "../../nbformat/mod.ts";
import { readDirectives, shownOutputs } from "../../nbformat/directives/mod.ts";
import type { Deck, DeckCell, Slide } from "./deck.ts";

/**
 * Divides cells into slides.
 *
 * @param cells The cells that are shown, with their numbers.
 */
export function makeDeck(cells: readonly DeckCell[]): Deck {
  const deck: Slide[][] = [];
  let page: DeckCell[] = [];
  let filled = 0;
  const end = () => {
    if (page.length > 0) place(deck, slideOf(page));
    [page, filled] = [[], 0];
  };
  for (const part of cells.flatMap(divide)) {
    if (part.begins) {
      end();
      deck.push([]);
    }
    if (part.isFigure) {
      end();
      place(deck, { ...slideOf([part]), isFigure: true });
      continue;
    }
    if (filled > 0 && filled + part.lines > MAX_LINES) end();
    page.push({ cell: part.cell, number: part.number });
    filled += part.lines;
  }
  end();
  return deck.filter((column) => column.length > 0);
}

/** Whether a notebook says what its cells are among slides. */
export function saysSlides(cells: readonly DeckCell[]): boolean {
  return cells.some(({ cell }) => {
    const { slideshow } = cell.metadata;
    return typeof slideshow === "object" && slideshow !== null &&
      Boolean(Reflect.get(slideshow, "slide_type"));
  });
}

/** A part of a cell that stays together. */
interface Part extends DeckCell {
  /** Whether a column of slides begins with it. */
  readonly begins: boolean;
  readonly isFigure: boolean;
  /** How many lines it takes on a slide, about. */
  readonly lines: number;
}

function place(deck: Slide[][], slide: Slide): void {
  if (deck.length === 0) deck.push([]);
  deck.at(-1)!.push(slide);
}

function slideOf(cells: readonly DeckCell[]): Slide {
  return {
    steps: [{
      isFragment: false,
      cells: cells.map(({ cell, number }) => ({ cell, number })),
    }],
    notes: [],
    data: {},
    isFigure: false,
  };
}

function divide({ cell, number }: DeckCell): Part[] {
  const part = (
    piece: Cell,
    lines: number,
    more: Partial<Part> = {},
  ): Part => ({
    cell: piece,
    number,
    begins: false,
    isFigure: false,
    lines,
    ...more,
  });
  if (cell.cell_type === "markdown") {
    return splitAtHeadings(cell.source).map((source, at) =>
      part(
        at === 0
          ? { ...cell, source }
          : { ...cell, source, id: `${cell.id}-${at}` },
        countText(source),
        { begins: HEADING.test(source) },
      )
    );
  }
  if (cell.cell_type !== "code") return [part(cell, countLines(cell.source))];
  return divideCode(cell, part);
}

function divideCode(
  cell: CodeCell,
  part: (piece: Cell, lines: number, more?: Partial<Part>) => Part,
): Part[] {
  const asked = readDirectives(cell);
  const figures = shownOutputs(cell, asked).filter(isFigure);
  const words = listWords(cell);
  const rest = {
    ...cell,
    // Where nothing is a figure, the words are those of the last output.
    ...(figures.length === 0
      ? {}
      : { source: withWords(cell.source, NO_WORDS) }),
    outputs: cell.outputs.filter((one) => !isFigure(one)),
  };
  const lines = (asked.input === "removed" ? 0 : countLines(asked.source) + 1) +
    rest.outputs.reduce((sum, output) => sum + countOutput(output), 0);
  return [
    ...(lines === 0 ? [] : [part(rest, lines)]),
    ...figures.map((output, at) =>
      part(
        withoutInput(
          {
            ...cell,
            source: withWords(cell.source, words.get(output) ?? NO_WORDS),
          },
          output,
          at,
        ),
        0,
        { isFigure: true },
      )
    ),
  ];
}

/** The figure alone: its code was on the slide before. */
function withoutInput(cell: CodeCell, output: CellOutput, at: number): Cell {
  const { tags } = cell.metadata;
  const all = Array.isArray(tags) ? tags : [];
  return {
    ...cell,
    id: `${cell.id}-figure-${at + 1}`,
    metadata: { ...cell.metadata, tags: [...all, "remove-input"] },
    outputs: [output],
  };
}

/**
 * Tells whether an output is a figure, which fills a slide.
 *
 * @param output An output.
 */
export function isFigure(output: CellOutput): boolean {
  return "data" in output &&
    Object.keys(output.data).some((name) => name.startsWith("image/"));
}

/** Splits where a heading of level 1 or 2 begins, but not within code. */
function splitAtHeadings(source: string): string[] {
  const pieces: string[][] = [[]];
  let fence = "";
  for (const line of source.split("\n")) {
    const [, mark = ""] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (mark !== "") {
      if (fence === "") fence = mark;
      else if (mark.startsWith(fence)) fence = "";
    }
    const begins = fence === "" && HEADING.test(line);
    if (begins && pieces.at(-1)!.some((text) => text.trim() !== "")) {
      pieces.push([]);
    }
    pieces.at(-1)!.push(line);
  }
  return pieces.map((lines) => lines.join("\n"))
    .filter((text) => text.trim() !== "");
}

function countOutput(output: CellOutput): number {
  if (output.output_type === "stream") return countLines(output.text);
  if (output.output_type === "error") {
    return countLines(output.traceback.join("\n"));
  }
  if (!("data" in output)) return 1;
  const { "text/html": html, "text/plain": plain } = output.data;
  if (typeof html === "string") {
    return (html.match(/<tr\b|<p\b|<li\b/gi)?.length ?? 4) + 1;
  }
  return typeof plain === "string" ? countLines(plain) : 4;
}

function countText(source: string): number {
  return source.split("\n").reduce(
    (sum, line) =>
      sum +
      (line.trim() === "" ? 0.5 : Math.ceil(line.length / TEXT_COLUMNS) * 1.2),
    0,
  );
}

function countLines(text: string): number {
  const lines = text.trimEnd().split("\n");
  return lines.reduce(
    (sum, line) => sum + Math.max(1, Math.ceil(line.length / CODE_COLUMNS)),
    0,
  ) * 0.85;
}

const HEADING = /^ {0,3}#{1,2}(?!#)\s+\S/;
const MAX_LINES = 15;
const TEXT_COLUMNS = 85;
const CODE_COLUMNS = 96;
