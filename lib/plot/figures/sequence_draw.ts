/**
 * Draws a sequence diagram: heads, lifelines, activity, arrows, cuts, axis.
 *
 * Pure: what is shown in, SVG text out.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import { lengthOf, sumMs, type TraceState } from "../../base/record/mod.ts";
import {
  CAPTION_END,
  CAPTION_MIDDLE,
  drawBox,
  drawBoxes,
  fitText,
  type Paper,
  roundPx,
  textLine,
  textWidth,
  timeTicks,
  TYPE,
} from "../core/mod.ts";
import type { Sequence } from "./sequence_layout.ts";
import { type Box, drawMessage } from "./sequence_message.ts";

export interface DrawnSequence {
  readonly markup: string;
  readonly heightPx: number;
  /** Arrows for whose words there was no room. */
  readonly hiddenLabels: number;
}

export function drawSequence(
  sequence: Sequence,
  paper: Paper,
): DrawnSequence {
  const { participants, messages, spans } = sequence;
  const time = scaleTime(sequence, paper);
  const left = paper.left + axisRoom(paper);
  const columnPx = (paper.right - left) / participants.length;
  const columns = new Map(participants.map((id, index) => [
    id,
    left + (index + 0.5) * columnPx,
  ]));
  const x = (id: string) => columns.get(id)!;

  const heads = participants.map((id) => drawHead(id, x(id), columnPx));
  const lifelines = participants.map((id) =>
    `M${roundPx(x(id))} ${HEAD_PX - 11}V${time.bottom}`
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
    "skein-waiting-ink",
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
function scaleTime(
  { pieces, messages }: Sequence,
  paper: Paper,
): TimeScale {
  const shownMs = sumMs(pieces);
  const goalPx = Math.min(900, Math.max(180, messages.length * 26));
  const scale = goalPx / Math.max(shownMs, 1e-6);
  const { right } = paper;
  const axisX = paper.left + axisRoom(paper);
  let top = HEAD_PX;
  const grid: string[] = [];
  const words: string[] = [];
  const breaks: string[] = [];
  const placed = pieces.map((piece, index) => {
    const before = pieces[index - 1];
    if (before !== undefined) {
      breaks.push(drawBreak(top, piece.startMs - before.endMs, paper));
      top += BREAK_PX;
    }
    const start = top;
    top += lengthOf(piece) * scale;
    const most = Math.max(1, (top - start) / 44);
    for (const [atMs, text] of timeTicks(piece.startMs, piece.endMs, most)) {
      const y = roundPx(start + (atMs - piece.startMs) * scale);
      grid.push(`M${axisX - 6} ${y}H${right}`);
      words.push(
        textLine(text, [axisX - 10, y + 4], CAPTION_END),
      );
    }
    return { ...piece, top: start };
  });
  const y = (ms: number) => {
    const piece = placed.findLast(({ startMs }) => startMs <= ms) ?? placed[0]!;
    return piece.top +
      (Math.min(piece.endMs, Math.max(piece.startMs, ms)) - piece.startMs) *
        scale;
  };
  return {
    y,
    bottom: Math.ceil(top),
    grid: `<path class="skein-grid" d="${grid.join("")}"/>${words.join("")}`,
    breaks: breaks.join(""),
  };
}

/** Who a column is; a name too long for one line has two. */
function drawHead(id: string, middle: number, columnPx: number): string {
  const room = columnPx - 14;
  const type =
    [TYPE.small, TYPE.caption].find((sizePx) =>
      textWidth(id, sizePx) <= room
    ) ?? TYPE.caption;
  const isFitting = textWidth(id, type) <= room;
  const lines = isFitting ? [id] : halve(id);
  return drawBox(
    [middle - columnPx / 2 + 4, 1, columnPx - 8, HEAD_PX - 12],
    "skein-panel-fill skein-axis",
    3,
  ) +
    lines.map((line, index) =>
      textLine(fitText(line, { sizePx: type, widthPx: room }), [
        middle,
        (isFitting ? 20 : 14) + index * 13,
      ], { sizePx: type, anchor: "middle" })
    ).join("");
}

/** Two lines of about the same length, between words if there are several. */
function halve(name: string): readonly string[] {
  const middle = Math.ceil(name.length / 2);
  const spaces = [...name.matchAll(/ /g)].map(({ index }) => index)
    .toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  const cut = spaces[0] ?? middle;
  return [name.slice(0, cut), name.slice(cut).trimStart()];
}

/** Time in which nothing happened, cut out and named. */
function drawBreak(top: number, idleMs: number, paper: Paper): string {
  const { left, right } = paper;
  const middle = top + BREAK_PX / 2;
  const tear = (y: number) => {
    let path = `M${left} ${roundPx(y)}`;
    for (let x = left; x < right - 11; x += 12) path += "l6 -4l6 4";
    return path;
  };
  return drawBox([left, middle - 10, right - left, 20], "skein-panel-fill") +
    `<path class="skein-axis" fill="none" d="${tear(middle - 9)}${
      tear(middle + 13)
    }"/>` +
    textLine(`nothing for ${formatDuration(idleMs)}`, [
      (left + right) / 2,
      middle + 5,
    ], CAPTION_MIDDLE);
}

/** Room for the words of the time axis, pixels. */
function axisRoom({ isNarrow }: Paper): number {
  return isNarrow ? 54 : 64;
}

const HEAD_PX = 44;
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
