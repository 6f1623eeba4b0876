/**
 * Draws a sequence diagram: heads, lifelines, activity, arrows, cuts, axis.
 *
 * Pure: what is shown in, SVG text out.
 * @module
 */
import type { TraceState } from "../../base/record/mod.ts";
import { formatDuration } from "../../base/mod.ts";
import { drawBoxes } from "./recording_axis.ts";
import { windowTicks } from "./recording_ticks.ts";
import { SOLID } from "./recording_visual.ts";
import type { Sequence } from "./sequence_layout.ts";
import { type Box, drawMessage } from "./sequence_message.ts";
import { fitText, roundPx, textLine } from "../core/text.ts";
import { SPACE, TYPE } from "../core/visual.ts";

/** A drawn diagram. */
export interface DrawnSequence {
  /** SVG elements. */
  readonly markup: string;
  /** How high they are, pixels. */
  readonly heightPx: number;
  /** Arrows for whose words there was no room. */
  readonly hiddenLabels: number;
}

/**
 * Draws a sequence diagram.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { PINGPONG } from "../gallery/recording_fixtures.ts";
 * import { makeSequence } from "./sequence_layout.ts";
 * assert.match(drawSequence(makeSequence(PINGPONG)).markup, /nothing for 2\d\d ms/);
 * ```
 *
 * @param sequence What is shown.
 * @returns The diagram.
 */
export function drawSequence(sequence: Sequence): DrawnSequence {
  const { participants, messages, spans } = sequence;
  const time = scaleTime(sequence);
  const left = SPACE.edge + AXIS_PX;
  const columnPx = (SPACE.width - SPACE.edge - left) / participants.length;
  const columns = new Map(participants.map((id, index) => [
    id,
    left + (index + 0.5) * columnPx,
  ]));
  const x = (id: string) => columns.get(id)!;

  const heads = participants.map((id) => {
    const isTight = columnPx < 80;
    const type = {
      sizePx: isTight ? TYPE.caption : TYPE.small,
      isBold: !isTight,
    };
    const name = fitText(id, {
      ...type,
      widthPx: columnPx - (isTight ? 10 : 16),
    });
    return `<rect class="skein-panel-fill skein-axis" x="${
      roundPx(x(id) - columnPx / 2 + 4)
    }" y="1" width="${roundPx(columnPx - 8)}" height="24" rx="3"/>${
      textLine(name, [x(id), 17], {
        sizePx: type.sizePx,
        anchor: "middle",
        look: isTight ? "" : "skein-bold",
      })
    }`;
  });
  const lifelines = participants.map((id) =>
    `M${roundPx(x(id))} 25V${time.bottom}`
  );
  const activity = STATES.map((state) =>
    drawBoxes(
      spans.filter((span) => span.state === state).map((span) => {
        const y = time.y(span.startMs);
        const height = Math.max(1.5, time.y(span.endMs) - y);
        const width = state === "running" ? 10 : 8;
        return [x(span.lane) - width / 2, y, width, height] as const;
      }),
      state === "running" ? "skein-running" : `skein-${state}`,
    )
  );
  const queues = drawBoxes(
    messages.filter(({ queuedMs }) => queuedMs > 0).map((message) => {
      const side = x(message.from) < x(message.to) ? -11 : 7;
      const y = time.y(message.endMs);
      const height = Math.max(
        1.5,
        time.y(message.endMs + message.queuedMs) - y,
      );
      return [x(message.to) + side, y, 4, height] as const;
    }),
    SOLID.waiting,
  );
  const taken: Box[] = [];
  let hiddenLabels = 0;
  const stops = [...columns.values()];
  const lines = messages.map((message) => ({
    fromX: x(message.from),
    toX: x(message.to),
    fromY: time.y(message.startMs),
    toY: time.y(message.endMs),
  }));
  const arrows = messages.map((message, index) => {
    const course = { ...lines[index]!, lines, stops };
    const drawn = drawMessage(message, course, taken);
    if (drawn.words === "" && drawn.hasWords) hiddenLabels++;
    return drawn;
  });
  return {
    markup: [
      time.grid,
      `<path class="skein-axis" fill="none" stroke-opacity=".5" d="${
        lifelines.join("")
      }"/>`,
      ...heads,
      ...activity,
      queues,
      time.breaks,
      ...arrows.map(({ line }) => line),
      ...arrows.map(({ words }) => words),
    ].join(""),
    heightPx: time.bottom + 4,
    hiddenLabels,
  };
}

interface TimeScale {
  readonly y: (ms: number) => number;
  readonly bottom: number;
  readonly grid: string;
  readonly breaks: string;
}

/** One scale for all pieces; between pieces stands a break of fixed height. */
function scaleTime({ pieces, messages }: Sequence): TimeScale {
  const shownMs = pieces.reduce(
    (sum, { fromMs, toMs }) => sum + toMs - fromMs,
    0,
  );
  const goalPx = Math.min(900, Math.max(180, messages.length * 26));
  const scale = goalPx / Math.max(shownMs, 1e-6);
  const right = SPACE.width - SPACE.edge;
  let top = HEAD_PX;
  const grid: string[] = [];
  const words: string[] = [];
  const breaks: string[] = [];
  const placed = pieces.map((piece, index) => {
    const before = pieces[index - 1];
    if (before !== undefined) {
      breaks.push(drawBreak(top, piece.fromMs - before.toMs));
      top += BREAK_PX;
    }
    const start = top;
    top += (piece.toMs - piece.fromMs) * scale;
    const most = Math.max(1, (top - start) / 44);
    for (const [atMs, text] of windowTicks(piece.fromMs, piece.toMs, most)) {
      const y = roundPx(start + (atMs - piece.fromMs) * scale);
      grid.push(`M${SPACE.edge + AXIS_PX - 6} ${y}H${right}`);
      words.push(
        textLine(text, [SPACE.edge + AXIS_PX - 10, y + 4], {
          sizePx: TYPE.caption,
          anchor: "end",
          look: "skein-muted",
        }),
      );
    }
    return { ...piece, top: start };
  });
  const y = (ms: number) => {
    const piece = placed.findLast(({ fromMs }) => fromMs <= ms) ?? placed[0]!;
    return piece.top +
      (Math.min(piece.toMs, Math.max(piece.fromMs, ms)) - piece.fromMs) * scale;
  };
  return {
    y,
    bottom: Math.ceil(top),
    grid: `<path class="skein-grid" d="${grid.join("")}"/>${words.join("")}`,
    breaks: breaks.join(""),
  };
}

/** A torn edge across all columns, and how much time it stands for. */
function drawBreak(top: number, idleMs: number): string {
  const middle = top + BREAK_PX / 2;
  const right = SPACE.width - SPACE.edge;
  const tear = (y: number) => {
    let path = `M${SPACE.edge} ${roundPx(y)}`;
    for (let x: number = SPACE.edge; x < right - 5; x += 12) {
      path += "l6 -4l6 4";
    }
    return path;
  };
  return `<rect class="skein-panel-fill" x="${SPACE.edge}" y="${
    roundPx(middle - 10)
  }" width="${
    right - SPACE.edge
  }" height="20"/><path class="skein-axis" fill="none" d="${tear(middle - 9)}${
    tear(middle + 13)
  }"/>${
    textLine(`nothing for ${formatDuration(idleMs)}`, [
      SPACE.width / 2,
      middle + 5,
    ], {
      sizePx: TYPE.caption,
      anchor: "middle",
      look: "skein-muted",
    })
  }`;
}

const HEAD_PX = 38;
const AXIS_PX = 64;
const BREAK_PX = 40;

const STATES: readonly TraceState[] = [
  "starting",
  "blocked",
  "runnable",
  "running",
  "alive",
  "serialising",
  "messaging",
];
