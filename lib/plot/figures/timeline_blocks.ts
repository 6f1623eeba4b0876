/**
 * Draws a timeline's legend and panels: axis, lanes, and a mark for each span.
 *
 * `timeline_layout.ts` says where everything goes, `timeline_labels.ts` writes
 * the words. Pure but for loading Observable Plot.
 * @module
 */

import type { SpanState } from "../../base/record/mod.ts";
import { type Block, makeParagraph } from "../core/card.ts";
import {
  type LegendEntry,
  makeLegend,
  stateEntry,
  unknownEntry,
} from "../core/legend.ts";
import type { Plot } from "../core/plot.ts";
import { drawOverTime, type PlotMark } from "../core/time_axis.ts";
import { panelsOf, type TimelineSource } from "../../trace/timeline_groups.ts";
import { isNamedOverEnd, writeLabels } from "./timeline_labels.ts";
import { layOut, type TimelineLayout } from "./timeline_layout.ts";
import { aliveStyleSheet, MARKS, STATES, WAITING_END } from "../core/visual.ts";

/**
 * Draws the parts of a timeline, for a card that shows more than the timeline.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [note] = await timelineBlocks([]);
 * assert.match(note!.markup, /Nothing was recorded/);
 * ```
 *
 * @param source A comparison, groups of spans, or spans; may be empty.
 * @returns The legend and the panels, or a note that nothing was recorded.
 */
export async function timelineBlocks(
  source: TimelineSource,
): Promise<readonly Block[]> {
  const layout = layOut(panelsOf(source));
  if (layout.spans.length === 0) {
    return [makeParagraph("Nothing was recorded.", "body")];
  }
  const heightPx = layout.bottom + AXIS_PX;
  const frame = { ...layout, heightPx, axisPx: AXIS_PX, mostTicks: MAX_TICKS };
  const { markup, x } = await drawOverTime(frame, (plot, ticksMs) => [
    ...frameMarks(plot, layout, ticksMs),
    ...stateMarks(plot, layout),
  ]);
  const used = new Set(layout.spans.map(({ span }) => span.state));
  const entries = STATE_NAMES.filter((state) => used.has(state))
    .flatMap((state) =>
      state === "alive" ? aliveEntries(layout) : [stateEntry(state)]
    );
  return [
    used.has("alive")
      ? withAliveStyle(makeLegend(entries))
      : makeLegend(entries),
    { markup: markup + writeLabels(layout, x), heightPx: heightPx - 6 },
  ];
}

/** What is alive has a share of a core, or nobody knows of one: each is explained where it is. */
function aliveEntries({ spans }: TimelineLayout): readonly LegendEntry[] {
  const alive = spans.filter(({ span }) => span.state === "alive");
  const isKnown = alive.some(({ span }) => span.share !== undefined);
  const isUnknown = alive.some(({ span }) => span.share === undefined);
  return [
    ...isKnown ? [stateEntry("alive")] : [],
    ...isUnknown ? [unknownEntry()] : [],
  ];
}

/** Lines of the time axis, of each lane, and at the end of each run. */
function frameMarks(
  plot: Plot,
  layout: TimelineLayout,
  ticksMs: readonly number[],
): readonly PlotMark[] {
  const { panels, endMs } = layout;
  const rules = panels.flatMap(({ rowsTop, bottom }) =>
    ticksMs.map((x) => ({ x, y1: rowsTop, y2: bottom }))
  );
  const rows = panels.flatMap(({ panel, lanes }) =>
    lanes.flatMap(({ middles }) =>
      middles.map((y) => ({ y, x1: 0, x2: Math.min(panel.wallMs, endMs) }))
    )
  );
  const ends = panels.filter(({ lanes }) => lanes.length > 0).map((placed) => ({
    x: placed.panel.wallMs,
    y1: isNamedOverEnd(placed, layout) ? placed.rowsTop : placed.top + 2,
    y2: placed.bottom,
  }));
  const line = { x: "x", y1: "y1", y2: "y2" } as const;
  return [
    plot.ruleX(rules, { ...line, className: "skein-grid" }),
    plot.ruleY(rows, { y: "y", x1: "x1", x2: "x2", className: "skein-grid" }),
    plot.ruleX(ends, { ...line, className: "skein-end" }),
  ];
}

/** One layer a state, so that the style sheet gives each its colour. */
function stateMarks(plot: Plot, layout: TimelineLayout): readonly PlotMark[] {
  const { markPx } = layout;
  const box = (state: SpanState, inset: number) => {
    const { top, bottom } = MARKS[state];
    const spans = layout.spans.filter(({ span }) => span.state === state);
    const rows = spans.map(({ span, seenEndMs, top: y }) => ({
      x1: span.startMs,
      x2: seenEndMs,
      y1: y + top * markPx + inset,
      y2: y + bottom * markPx - inset,
    }));
    return plot.rect(rows, {
      x1: "x1",
      x2: "x2",
      y1: "y1",
      y2: "y2",
      insetLeft: inset,
      insetRight: inset + 0.5,
      rx: state === "waiting" ? 0 : 1.5,
      className: `skein-${state}`,
    });
  };
  // A hollow box is filled from below for the share of a core that it had.
  const shares = () => {
    const rows = layout.spans.filter(({ span }) => span.share !== undefined)
      .map(({ span, seenEndMs, top }) => ({
        x1: span.startMs,
        x2: seenEndMs,
        y1: top + (1 - span.share!) * markPx,
        y2: top + markPx,
      }));
    return plot.rect(rows, {
      x1: "x1",
      x2: "x2",
      y1: "y1",
      y2: "y2",
      insetRight: 0.5,
      className: "skein-running",
    });
  };
  const waiting = layout.spans.filter(({ span }) => span.state === "waiting");
  const ends = waiting.flatMap(({ span, seenEndMs, top }) => {
    const y1 = top + WAITING_END.top * markPx;
    const y2 = top + WAITING_END.bottom * markPx;
    return [
      { x: span.startMs, y1, y2, isStart: true },
      { x: seenEndMs, y1, y2, isStart: false },
    ];
  });
  const end = {
    x: "x",
    y1: "y1",
    y2: "y2",
    className: "skein-waiting-end",
  } as const;
  return [
    box("waiting", 0),
    plot.ruleX(ends.filter((end) => end.isStart), { ...end, dx: 0.75 }),
    plot.ruleX(ends.filter((end) => !end.isStart), { ...end, dx: -1.25 }),
    box("running", 0),
    box("alive", 0.5),
    shares(),
    box("starting", 0.5),
    box("messaging", 0.5),
  ];
}

function withAliveStyle(block: Block): Block {
  return {
    ...block,
    markup: `<style>${aliveStyleSheet()}</style>${block.markup}`,
  };
}

const STATE_NAMES = Object.keys(STATES) as SpanState[];
const AXIS_PX = 30;
const MAX_TICKS = 6;
