/**
 * Legends: a row of small marks, each with its name and what it means.
 *
 * Pure: marks and words in, a block of a card out.
 * @module
 */

import type { SpanState } from "../../base/record/mod.ts";
import type { Block } from "./card.ts";
import { textRuns, textWidth } from "./text.ts";
import {
  MARKS,
  shareInWords,
  SPACE,
  STATES,
  TYPE,
  WAITING_END,
} from "./visual.ts";

/** One entry of a legend. */
export interface LegendEntry {
  /** SVG elements in a box of 22 x 14 pixels, from its upper left corner. */
  readonly mark: string;
  /** What the mark is called. */
  readonly name: string;
  /** What it means; may be empty. */
  readonly meaning: string;
}

/**
 * Sets entries side by side, in as many lines as they need.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const entry = stateEntry("running");
 * assert.match(makeLegend([entry]).markup, />running</);
 * ```
 *
 * @param entries What to explain, in order.
 * @returns A block as wide as the card.
 */
export function makeLegend(entries: readonly LegendEntry[]): Block {
  const sizePx = TYPE.small;
  let x: number = SPACE.edge;
  let line = 0;
  const parts = entries.map(({ mark, name, meaning }) => {
    const isBold = meaning !== "";
    const words = textWidth(name, sizePx, isBold) + textWidth(meaning, sizePx);
    const width = MARK_WIDTH + 7 + words + (isBold ? 6 : 0);
    if (x > SPACE.edge && x + width > SPACE.width - SPACE.edge) {
      x = SPACE.edge;
      line++;
    }
    const top = line * LINE_HEIGHT;
    const text = textRuns(
      [
        { text: name, look: isBold ? "skein-bold" : "skein-ink" },
        { text: meaning, look: "skein-muted" },
      ],
      [x + MARK_WIDTH + 7, top + 11.5],
      { sizePx },
    );
    const moved = `<g transform="translate(${
      Math.round(x)
    },${top})">${mark}</g>`;
    x += width + 16;
    return moved + text;
  });
  const heightPx = entries.length === 0 ? 0 : (line + 1) * LINE_HEIGHT - 4;
  return { markup: parts.join(""), heightPx };
}

/**
 * Makes the legend's entry for a state, with the mark the timeline draws.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(stateEntry("messaging").name, "handing over");
 * ```
 *
 * @param state The state.
 * @returns Its mark, name and meaning.
 */
export function stateEntry(state: SpanState): LegendEntry {
  return {
    mark: boxOf(state) + (state === "waiting" ? waitingEnds() : "") +
      (state === "alive" ? aliveShare() : ""),
    ...STATES[state],
  };
}

/**
 * Makes the legend's entry for code of which nobody knows whether it was on a core.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(unknownEntry().meaning, "on a core or not is unknown");
 * ```
 *
 * @returns Its mark, which is hollow, name and meaning.
 */
export function unknownEntry(): LegendEntry {
  const { name } = STATES.alive;
  return { mark: boxOf("alive"), name, meaning: shareInWords(undefined) };
}

function boxOf(state: SpanState): string {
  const isOutlined = state !== "running" && state !== "waiting";
  const inset = isOutlined ? 0.5 : 0;
  const y = MARKS[state].top * MARK_HEIGHT + inset;
  const height = (MARKS[state].bottom - MARKS[state].top) * MARK_HEIGHT;
  return `<rect class="skein-${state}" x="${inset}" y="${y}" width="${
    MARK_WIDTH - 2 * inset
  }" height="${height - 2 * inset}" rx="1"/>`;
}

function aliveShare(): string {
  const height = MARK_HEIGHT / 3;
  return `<rect class="skein-running" y="${
    MARK_HEIGHT - height
  }" width="${MARK_WIDTH}" height="${height}"/>`;
}

function waitingEnds(): string {
  const y = WAITING_END.top * MARK_HEIGHT;
  const height = (WAITING_END.bottom - WAITING_END.top) * MARK_HEIGHT;
  return [0, MARK_WIDTH - 1.5].map((x) =>
    `<rect class="skein-waiting" x="${x}" y="${y}" width="1.5" height="${height}"/>`
  ).join("");
}

const MARK_WIDTH = 22;
const MARK_HEIGHT = 14;
const LINE_HEIGHT = 21;
