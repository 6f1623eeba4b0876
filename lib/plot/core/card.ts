/**
 * The card every figure is: a panel with a heading and blocks under one another.
 *
 * The card is one self-contained SVG image: own style sheet, own background, a
 * text alternative, and nothing from outside. Pure.
 * @module
 */

import { escapeText, roundPx, textLine, wrapText } from "./text.ts";
import { PATTERNS, SPACE, styleSheet, TYPE } from "./visual.ts";

/** A finished image and the words that stand in for it. */
export interface Figure {
  /** One whole `<svg>` element. */
  readonly svg: string;
  /** What the image says, numbers included. */
  readonly alt: string;
}

/** A part of a card; it is drawn from its own upper edge down. */
export interface Block {
  /** SVG elements. */
  readonly markup: string;
  /** How high it is, pixels. */
  readonly heightPx: number;
}

/** What a card holds. */
export interface CardContent {
  /** The heading; it is also the image's name. */
  readonly title: string;
  /** What the image says, numbers included. */
  readonly alt: string;
  /** Its parts from top to bottom. */
  readonly blocks: readonly Block[];
}

/**
 * Puts blocks under one another on a panel.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { svg } = makeCard({ title: "A <b>", alt: "Nothing", blocks: [] });
 * assert.match(svg, /<title>A &lt;b&gt;<\/title>/);
 * ```
 *
 * @param content Heading, text alternative and blocks.
 * @returns The figure.
 */
export function makeCard(content: CardContent): Figure {
  const { title, alt, blocks } = content;
  const parts: string[] = [];
  let y: number = SPACE.edge;
  for (const block of [makeParagraph(title, "title"), ...blocks]) {
    if (block.heightPx === 0) continue;
    parts.push(`<g transform="translate(0,${roundPx(y)})">${block.markup}</g>`);
    y += block.heightPx + SPACE.gap;
  }
  const height = Math.ceil(y - SPACE.gap + SPACE.edge);
  const { width } = SPACE;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="skein" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escapeText(title)}</title>`,
    `<desc>${escapeText(alt)}</desc>`,
    `<style>\n${styleSheet()}\n</style>`,
    `<defs>${PATTERNS}</defs>`,
    `<rect class="skein-panel" x=".5" y=".5" width="${width - 1}" height="${
      height - 1
    }" rx="10"/>`,
    ...parts,
    `</svg>`,
  ].join("\n");
  return { svg, alt: `${title}\n${alt}` };
}

/** Looks of a paragraph. */
export type ParagraphLook = "title" | "heading" | "body" | "caption";

/**
 * Makes a block of text, broken into lines.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(makeParagraph("", "body").heightPx, 0);
 * ```
 *
 * @param text The words; after a line end begins a new sentence.
 * @param look How they look.
 * @returns A block; of no height if there are no words.
 */
export function makeParagraph(text: string, look: ParagraphLook): Block {
  const sizePx = TYPE[look];
  const leadingPx = Math.round(sizePx * 1.4);
  const isBold = look === "title" || look === "heading";
  const widthPx = SPACE.width - 2 * SPACE.edge;
  const type = {
    sizePx,
    look: isBold ? "skein-bold" : look === "caption" ? "skein-muted" : "",
  };
  let y = 0;
  const markup = text.split("\n").map((sentence, index) => {
    // Else nobody sees where a sentence of several lines ends.
    if (index > 0) y += look === "body" ? SENTENCE_GAP_PX : 0;
    return wrapText(sentence, { sizePx, widthPx, isBold }).map((line) => {
      const baseline = y + sizePx * 0.95;
      y += leadingPx;
      return textLine(line, [SPACE.edge, baseline], type);
    }).join("");
  });
  return { markup: markup.join(""), heightPx: y };
}

/**
 * Makes empty space, with a thin line across if asked for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(makeSpace(8).heightPx, 8);
 * ```
 *
 * @param heightPx How high, pixels.
 * @param hasRule Whether a line is drawn across its middle.
 * @returns A block.
 */
export function makeSpace(heightPx: number, hasRule = false): Block {
  const y = roundPx(heightPx / 2);
  const right = SPACE.width - SPACE.edge;
  return {
    markup: hasRule
      ? `<path class="skein-grid" d="M${SPACE.edge} ${y}H${right}"/>`
      : "",
    heightPx,
  };
}

const SENTENCE_GAP_PX = 5;
