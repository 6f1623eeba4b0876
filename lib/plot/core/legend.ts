/**
 * Legends: what marks, states and arrows mean, beside a small one of each.
 *
 * Pure: entries in, a block out that is as high as the lines it takes.
 * @module
 */
import type { Link, TraceState } from "../../base/record/mod.ts";
import type { Block } from "./card.ts";
import { drawBox } from "./marks.ts";
import { type Paper, TYPE } from "./paper.ts";
import { textRuns, textWidth } from "./text.ts";
import { LINKS, shareInWords, STATES, WAITING_END } from "./theme.ts";

export interface LegendEntry {
  /** SVG elements in a field of 22 by 14 pixels. */
  readonly mark: string;
  readonly name: string;
  readonly meaning?: string;
}

/** Writes entries one after another, in as many lines as they take. */
export function makeLegend(
  entries: readonly LegendEntry[],
  paper: Paper,
): Block {
  const sizePx = TYPE.small;
  let x = paper.left;
  let line = 0;
  const parts = entries.map(({ mark, name, meaning = "" }) => {
    const isBold = meaning !== "";
    const words = textWidth(name, sizePx, isBold) + textWidth(meaning, sizePx);
    const width = MARK_WIDTH + 7 + words + (isBold ? 6 : 0);
    if (x > paper.left && x + width > paper.right) {
      x = paper.left;
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
    const at = Math.round(x);
    x += width + 16;
    return `<g transform="translate(${at},${top})">${mark}</g>${text}`;
  });
  const heightPx = entries.length === 0 ? 0 : (line + 1) * LINE_HEIGHT - 4;
  return { markup: parts.join(""), heightPx };
}

/** A state as its spans are drawn. */
export function stateEntry(state: TraceState): LegendEntry {
  const { name, meaning, top, bottom } = STATES[state];
  const box = drawBox(
    [
      0.5,
      top * MARK_HEIGHT + 0.5,
      MARK_WIDTH - 1,
      (bottom - top) *
        MARK_HEIGHT - 1,
    ],
    `skein-${state}`,
    1,
  );
  const more = state === "alive"
    ? drawBox(
      [0, MARK_HEIGHT * 2 / 3, MARK_WIDTH, MARK_HEIGHT / 3],
      "skein-running",
    )
    : state === "waiting"
    ? [0, MARK_WIDTH - 1.5].map((x) =>
      drawBox([
        x,
        WAITING_END.top * MARK_HEIGHT,
        1.5,
        (WAITING_END.bottom - WAITING_END.top) * MARK_HEIGHT,
      ], "skein-waiting")
    ).join("")
    : "";
  return { mark: box + more, name, meaning };
}

/** Of `alive`, where nobody knows the share. */
export function unknownEntry(): LegendEntry {
  return {
    mark: drawBox(
      [0.5, 0.5, MARK_WIDTH - 1, MARK_HEIGHT - 1],
      "skein-alive",
      1,
    ),
    name: STATES.alive.name,
    meaning: shareInWords(undefined),
  };
}

export function linkEntry(kind: Link["kind"]): LegendEntry {
  return {
    mark: `<path class="skein-link skein-link-${kind}" d="M0 11L16 5"/>` +
      `<path class="skein-link-${kind} skein-head" d="M21 3L15.5 8.2L13.9 3Z"/>`,
    ...LINKS[kind],
  };
}

const MARK_WIDTH = 22;
const MARK_HEIGHT = 14;
const LINE_HEIGHT = 21;
