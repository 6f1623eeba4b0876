/**
 * Which cells stand on which slide, as their authors said it.
 *
 * Pure. Notebooks that say nothing of slides are divided by `auto_deck.ts`.
 * @module
 */
import type { Cell } from "../../nbformat/mod.ts";
import { readDirectives } from "../../nbformat/directives/mod.ts";

/** A deck: columns of slides; one goes right to the next column, down in one. */
export type Deck = readonly (readonly Slide[])[];

/** One slide. */
export interface Slide {
  /** What is on it: what is there at once, then what comes step by step. */
  readonly steps: readonly Step[];
  /** What only the speaker sees. */
  readonly notes: readonly DeckCell[];
  /** Attributes for reveal.js, such as `data-background-color`. */
  readonly data: Readonly<Record<string, string>>;
  /** Whether it shows one figure and nothing else, which then fills it. */
  readonly isFigure: boolean;
}

/** Cells that come at once. */
export interface Step {
  /** Whether they are there only after a key was pressed. */
  readonly isFragment: boolean;
  readonly cells: readonly DeckCell[];
}

/** A cell, or a part of one. */
export interface DeckCell {
  readonly cell: Cell;
  /** Which cell of the notebook it is, counted from 1. */
  readonly number: number;
}

/**
 * Divides cells that say what they are among slides.
 *
 * Source: nbconvert, `exporters/slides.py`: the first cell that is neither notes
 * nor left out begins a slide; a fragment lasts until the next fragment or slide.
 *
 * @param cells The cells that are shown, with their numbers.
 */
export function readDeck(cells: readonly DeckCell[]): Deck {
  const deck: OpenSlide[][] = [];
  // Notes before the first slide belong to it.
  const early: DeckCell[] = [];
  let current: OpenSlide | undefined;
  for (const deckCell of cells) {
    const { slide } = readDirectives(deckCell.cell);
    if (slide === "skip") continue;
    if (slide === "notes") {
      (current?.notes ?? early).push(deckCell);
      continue;
    }
    const kind = current === undefined ? "slide" : slide;
    if (kind === "fragment") {
      current!.steps.push({ isFragment: true, cells: [deckCell] });
    } else if (kind === "-") {
      current!.steps.at(-1)!.cells.push(deckCell);
    } else {
      current = {
        steps: [{ isFragment: false, cells: [deckCell] }],
        notes: current === undefined ? early : [],
        data: readData(deckCell.cell),
        isFigure: false,
      };
      if (kind === "slide") deck.push([current]);
      else deck.at(-1)!.push(current);
    }
  }
  return deck;
}

interface OpenSlide extends Slide {
  readonly steps: {
    readonly isFragment: boolean;
    readonly cells: DeckCell[];
  }[];
  readonly notes: DeckCell[];
}

/** Source: nbconvert's template `reveal`, `slideshow.data`; only what asks for nothing. */
function readData({ metadata }: Cell): Record<string, string> {
  const { slideshow } = metadata;
  const data = typeof slideshow === "object" && slideshow !== null
    ? Reflect.get(slideshow, "data")
    : undefined;
  if (typeof data !== "object" || data === null) return {};
  return Object.fromEntries(
    Object.entries(data).filter(([name, value]) =>
      HARMLESS.has(name) &&
      ["string", "number", "boolean"].includes(typeof value)
    ).map(([name, value]) => [`data-${name}`, String(value)]),
  );
}

/** What says how a slide looks or comes; not what is fetched for it. */
const HARMLESS = new Set([
  ...["background-color", "background-opacity", "background-transition"],
  ...["transition", "transition-speed", "auto-animate", "autoslide", "timing"],
  ...["visibility", "state"],
]);
