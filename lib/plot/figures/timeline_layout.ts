/**
 * Where everything in a timeline goes: panels, lanes and spans in pixels.
 *
 * Pure. Horizontal places stay in milliseconds, because Plot's scale turns them
 * into pixels; vertical places are pixels from the upper edge of the block.
 * @module
 */

import { lanes } from "../../trace/lanes.ts";
import type { Span } from "../../base/record/mod.ts";
import { textWidth } from "../core/text.ts";
import type { TimelinePanel } from "../../trace/timeline_groups.ts";
import { SPACE, TYPE } from "../core/visual.ts";

/** A span and the row it is in. */
export interface PlacedSpan {
  /** The span, counted from the start of its run. */
  readonly span: Span;
  /** Its end, moved far enough for the mark to be seen, milliseconds. */
  readonly seenEndMs: number;
  /** Upper edge of the row's marks, pixels. */
  readonly top: number;
}

/** A lane's name and the rows beside it. */
export interface PlacedLane {
  /** Its name in full. */
  readonly name: string;
  /** The middles of its rows, pixels. */
  readonly middles: readonly number[];
}

/** A panel and where it is. */
export interface PlacedPanel {
  /** The panel. */
  readonly panel: TimelinePanel;
  /** Upper edge, where its heading begins, pixels. */
  readonly top: number;
  /** Upper edge of its rows, pixels. */
  readonly rowsTop: number;
  /** Lower edge, pixels. */
  readonly bottom: number;
  /** Its lanes from top to bottom. */
  readonly lanes: readonly PlacedLane[];
  /** How many lanes there was no room for. */
  readonly hiddenLanes: number;
}

/** Where everything in a timeline goes. */
export interface TimelineLayout {
  /** Panels from top to bottom. */
  readonly panels: readonly PlacedPanel[];
  /** All spans. */
  readonly spans: readonly PlacedSpan[];
  /** Where the time axis ends, milliseconds. */
  readonly endMs: number;
  /** Left edge of the time axis, pixels. */
  readonly left: number;
  /** Right edge of the time axis, pixels. */
  readonly right: number;
  /** Height of a mark, pixels. */
  readonly markPx: number;
  /** Size of the lanes' names, pixels. */
  readonly nameSizePx: number;
  /** Lower edge of the last panel, pixels. */
  readonly bottom: number;
}

/**
 * Places panels, lanes and spans.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const span = { lane: "a", kind: "main", state: "running" } as const;
 * const spans = [{ ...span, startMs: 0, endMs: 5 }];
 * const layout = layOut([{ title: "", model: null, spans, wallMs: 5 }]);
 * assert.equal(layout.spans.length, 1);
 * ```
 *
 * @param panels What to place.
 * @returns The places.
 */
export function layOut(panels: readonly TimelinePanel[]): TimelineLayout {
  const found = panels.map(({ spans }) => lanes(spans));
  const drawn = found.map((lanes) => lanes.slice(0, MAX_LANES));
  const rowCount = drawn.flat().reduce(
    (sum, lane) => sum + lane.rows.length,
    0,
  );
  const { rowPx, markPx, nameSizePx } = chooseRow(rowCount);
  const names = drawn.flat().map(({ name }) => name);
  const left = SPACE.edge + chooseGutter(names, nameSizePx);
  // The last tick's label is centred on the axis's end and must stay inside.
  const right = SPACE.width - SPACE.edge - 4;
  const endMs = findEnd(panels);
  const leastMs = endMs * LEAST_MARK_PX / (right - left);

  const spans: PlacedSpan[] = [];
  let y = 0;
  const placed = panels.map((panel, index): PlacedPanel => {
    const top = y;
    y += HEADING_PX;
    const rowsTop = y;
    const placedLanes = drawn[index]!.map(({ name, rows }) => ({
      name,
      middles: rows.map((row) => {
        const rowTop = y + (rowPx - markPx) / 2;
        spans.push(...row.map((span) => ({
          span,
          seenEndMs: Math.max(span.endMs, span.startMs + leastMs),
          top: rowTop,
        })));
        y += rowPx;
        return rowTop + markPx / 2;
      }),
    }));
    const hiddenLanes = found[index]!.length - placedLanes.length;
    if (placedLanes.length === 0 || hiddenLanes > 0) y += NOTE_PX;
    const bottom = y;
    y += PANEL_GAP_PX;
    return { panel, top, rowsTop, bottom, lanes: placedLanes, hiddenLanes };
  });
  const bottom = y - PANEL_GAP_PX;
  return {
    panels: placed,
    spans,
    endMs,
    left,
    right,
    markPx,
    nameSizePx,
    bottom,
  };
}

/** Many rows are drawn closer together, so that a figure stays on one screen. */
function chooseRow(rowCount: number): {
  readonly rowPx: number;
  readonly markPx: number;
  readonly nameSizePx: number;
} {
  if (rowCount <= 24) return { rowPx: 22, markPx: 16, nameSizePx: TYPE.small };
  if (rowCount <= 36) return { rowPx: 16, markPx: 12, nameSizePx: 11 };
  return { rowPx: 13, markPx: 10, nameSizePx: TYPE.caption };
}

function chooseGutter(names: readonly string[], sizePx: number): number {
  const widest = names.reduce(
    (width, name) => Math.max(width, textWidth(name, sizePx)),
    0,
  );
  return Math.min(MAX_GUTTER_PX, Math.max(MIN_GUTTER_PX, widest + NAME_GAP_PX));
}

function findEnd(panels: readonly TimelinePanel[]): number {
  let endMs = 0;
  for (const { wallMs, spans } of panels) {
    endMs = Math.max(endMs, wallMs);
    for (const span of spans) endMs = Math.max(endMs, span.endMs);
  }
  return endMs > 0 ? endMs : 1;
}

/** Space between a lane's name and the time axis, pixels. */
export const NAME_GAP_PX = 12;

const MAX_LANES = 60;
const MIN_GUTTER_PX = 92;
const MAX_GUTTER_PX = 190;
const HEADING_PX = 26;
const NOTE_PX = 20;
const PANEL_GAP_PX = 16;
const LEAST_MARK_PX = 2;
