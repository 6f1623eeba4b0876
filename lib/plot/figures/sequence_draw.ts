/**
 * Draws a sequence diagram: heads, lifelines, what each does, and arrows with
 * their words, each where it leaves.
 *
 * Pure: what is shown in, a block of a card out.
 * @module
 */
import { formatBytes, formatDuration } from "../../base/mod.ts";
import {
  type Block,
  CAPTION_END,
  drawArrow,
  drawBox,
  drawBoxes,
  fitText,
  type Paper,
  roundPx,
  textLine,
  textWidth,
  TYPE,
} from "../core/mod.ts";
import type { Sequence, SequenceMessage } from "./sequence_layout.ts";

/** Where participants stand, pixels. */
interface Columns {
  readonly x: (id: string) => number;
  readonly widthPx: number;
}

export function drawSequence(sequence: Sequence, paper: Paper): Block {
  const { participants, messages, spans } = sequence;
  const left = paper.left + TIME_PX;
  const widthPx = (paper.right - left) / participants.length;
  const x = (id: string) => left + (participants.indexOf(id) + 0.5) * widthPx;
  const y = (ms: number) => HEAD_PX + sequence.at(ms);
  const bottom = Math.ceil(HEAD_PX + sequence.heightPx);
  const bar = (
    middle: number,
    [startMs, endMs]: [number, number],
    px: number,
  ) => {
    const top = y(startMs);
    return [middle - px / 2, top, px, Math.max(1.5, y(endMs) - top)] as const;
  };
  const lifelines = participants.map((id) => `M${roundPx(x(id))} 29V${bottom}`);
  const activity = [...Map.groupBy(spans, ({ state }) => state)].map((
    [state, spans],
  ) =>
    drawBoxes(
      spans.map(({ lane, startMs, endMs }) =>
        bar(x(lane), [startMs, endMs], state === "running" ? 10 : 8)
      ),
      `skein-${state}`,
    )
  );
  const queues = messages.filter(({ queuedMs }) => queuedMs > 0).map(
    ({ from, to, endMs, queuedMs }) =>
      bar(x(to) + (x(from) < x(to) ? -9 : 9), [endMs, endMs + queuedMs], 4),
  );
  const arrows = messages.map((message) =>
    drawMessage(message, y(message.endMs), { x, widthPx })
  );
  return {
    markup: [
      `<path class="skein-axis" fill="none" stroke-opacity=".5" d="${
        lifelines.join("")
      }"/>`,
      ...participants.map((id) => drawHead(id, x(id), widthPx)),
      ...activity,
      drawBoxes(queues, "skein-waiting-ink"),
      ...arrows.map(({ line }) => line),
      ...arrows.map(({ words }) => words),
      ...messages.map(({ startMs, y }) =>
        textLine(
          formatDuration(startMs),
          [left - 10, HEAD_PX + y + 4],
          CAPTION_END,
        )
      ),
    ].join(""),
    heightPx: bottom + 6,
  };
}

/** Who a column is. */
function drawHead(id: string, middle: number, columnPx: number): string {
  const room = { sizePx: TYPE.small, widthPx: columnPx - 14 };
  return drawBox(
    [middle - columnPx / 2 + 4, 1, columnPx - 8, 28],
    "skein-panel-fill skein-axis",
    3,
  ) +
    textLine(fitText(id, room), [middle, 19], {
      sizePx: TYPE.small,
      anchor: "middle",
    });
}

/** An arrow, and above its beginning as many words as fit before the next lifeline. */
function drawMessage(
  message: SequenceMessage,
  toY: number,
  { x, widthPx }: Columns,
): { readonly line: string; readonly words: string } {
  const { kind, from, to, label, bytes, startMs, endMs } = message;
  const y = HEAD_PX + message.y;
  const side = x(from) < x(to) ? 1 : -1;
  const line = drawArrow(
    [x(from) + side * 6, y],
    [x(to) - side * 6, Math.max(y, toY)],
    {
      line: `skein-link skein-link-${kind}`,
      head: `skein-link-${kind} skein-head`,
      sizePx: 7,
    },
  );
  const size = bytes === undefined ? [] : [formatBytes(bytes)];
  const name = label === undefined ? [] : [label];
  const transit = [formatDuration(endMs - startMs)];
  const room = { sizePx: TYPE.caption, widthPx: widthPx - 16 };
  const text = [[...name, ...size, ...transit], [...name, ...size], name, size]
    .map((parts) => parts.join(" · "))
    .find((text) =>
      text !== "" && textWidth(text, room.sizePx) <= room.widthPx
    );
  const words = textLine(
    text ?? fitText(label ?? "", room),
    [x(from) + side * 8, y - 4],
    {
      sizePx: TYPE.caption,
      anchor: side > 0 ? "start" : "end",
      look: "skein-halo skein-thin-halo",
    },
  );
  return { line, words };
}

const HEAD_PX = 46;
const TIME_PX = 58;
