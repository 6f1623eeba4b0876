/**
 * Caption, text alternative and label of one figure, when a cell is divided
 * among slides: each figure takes its own along. Pure.
 * @module
 */
import type { CodeCell } from "../../nbformat/mod.ts";
import { readDirectives } from "../../nbformat/directives/mod.ts";
import { type Figure, listFigures } from "../figures.ts";

/** What stands under a figure, and what stands for it. */
export type FigureWords = Pick<Figure, "caption" | "alt" | "label">;

/** Lists the words of the outputs of a cell, in their order. */
export function listWords(cell: CodeCell): ReadonlyMap<unknown, FigureWords> {
  const asked = readDirectives(cell);
  const { outputs } = cell;
  const figures = listFigures(cell, asked);
  // What is left out has no figure; the rest keeps its order.
  const words = new Map<unknown, FigureWords>();
  let next = 0;
  for (const output of outputs) {
    const figure = figures[next];
    if (figure === undefined) break;
    const isIt = figure.output === output ||
      "data" in output && "data" in figure.output &&
        figure.output.data === output.data;
    if (!isIt) continue;
    words.set(output, figure);
    next++;
  }
  return words;
}

/** Gives a piece of a cell these words, and none that the cell had for others. */
export function withWords(
  source: string,
  { caption, alt, label }: FigureWords,
): string {
  const lines = source.split("\n");
  const count = lines.findIndex((line) => !OPTION.test(line));
  const options = lines.slice(0, count < 0 ? lines.length : count);
  const rest = lines.slice(options.length);
  let isDropped = false;
  const kept = options.filter((line) => {
    const key = KEY.exec(line)?.[1];
    if (key !== undefined) isDropped = WORDS.has(key);
    return !isDropped;
  });
  // JSON is YAML, so nothing in the words can be taken for more than words.
  const own = Object.entries({ "fig-cap": caption, "fig-alt": alt, label })
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `//| ${key}: ${JSON.stringify(value)}`);
  return [...own, ...kept, ...rest].join("\n");
}

/** No words at all. */
export const NO_WORDS: FigureWords = { caption: null, alt: null, label: null };

const OPTION = /^\s*(?:\/\/|#)\|/;
/** A key at the left; what belongs to it is indented, or begins with a dash. */
const KEY = /^\s*(?:\/\/|#)\|\s?([\w-]+)\s*:/;
const WORDS = new Set(["fig-cap", "fig-alt", "label"]);
