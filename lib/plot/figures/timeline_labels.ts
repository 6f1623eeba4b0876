/**
 * The words within a timeline: headings, names of lanes, labels on spans.
 *
 * Pure: places in, SVG text out. Every word is escaped by `text.ts`.
 * @module
 */

import { formatDuration } from "../../base/mod.ts";
import { writeModelMark } from "../core/model_mark.ts";
import { fitText, textLine, textRuns, textWidth } from "../core/text.ts";
import {
  NAME_GAP_PX,
  type PlacedPanel,
  type PlacedSpan,
  type TimelineLayout,
} from "./timeline_layout.ts";
import { MODELS, shareInWords, SPACE, TYPE } from "../core/visual.ts";

/**
 * Writes all words within a timeline.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { layOut } from "./timeline_layout.ts";
 * const empty = layOut([{ title: "", model: null, spans: [], wallMs: 0 }]);
 * assert.match(writeLabels(empty, (ms) => ms), /nothing was recorded/);
 * ```
 *
 * @param layout Where everything is.
 * @param x Turns milliseconds into pixels.
 * @returns SVG elements.
 */
export function writeLabels(
  layout: TimelineLayout,
  x: (ms: number) => number,
): string {
  const parts = layout.panels.flatMap((placed) => [
    writeHeading(placed, layout, x),
    ...writeNames(placed, layout),
    writeNote(placed, layout),
  ]);
  const time = textLine(
    "time",
    [layout.left - NAME_GAP_PX, layout.bottom + 16],
    {
      sizePx: TYPE.caption,
      anchor: "end",
      look: "skein-muted",
    },
  );
  const onSpans = layout.spans.map((placed) => writeSpan(placed, layout, x));
  return [...parts, time, ...onSpans].join("");
}

/**
 * Tells whether the name of a panel reaches over the line at the end of its run,
 * and there is room for the time of the run behind the name.
 *
 * @param placed The panel.
 * @param layout Where everything is.
 * @returns Whether the line has to begin below the name.
 */
export function isNamedOverEnd(
  placed: PlacedPanel,
  layout: TimelineLayout,
): boolean {
  const { left, right, endMs, spans } = layout;
  const { title, wallMs } = placed.panel;
  if (title === "" || spans.length === 0) return false;
  const end = left + (right - left) * wallMs / endMs;
  const behind = headingRight(placed) + NAME_ROOM_PX + 6 +
    textWidth(formatDuration(wallMs), TYPE.body, true);
  return headingRight(placed) + 12 > end && behind <= right;
}

function headingLeft({ panel }: PlacedPanel): number {
  return SPACE.edge + (panel.model === null ? 0 : 15);
}

function headingRight(placed: PlacedPanel): number {
  return headingLeft(placed) +
    textWidth(placed.panel.title, TYPE.heading, true);
}

/** The model at the left, the wall time at the line where the run ends, the explanation where there is room. */
function writeHeading(
  placed: PlacedPanel,
  layout: TimelineLayout,
  x: (ms: number) => number,
): string {
  const { title, model, wallMs, spans } = placed.panel;
  const baseline = placed.top + 15;
  const meaning = model === null ? "" : MODELS[model].meaning;
  const meaningWidth = textWidth(meaning, TYPE.small) + 6;
  const wall = spans.length === 0 ? "" : formatDuration(wallMs);
  const wallWidth = textWidth(wall, TYPE.body, true);
  // A name that reaches over the end of a short run keeps its letters; the time follows it.
  const end = isNamedOverEnd(placed, layout)
    ? headingRight(placed) + NAME_ROOM_PX
    : x(wallMs);
  const isBeside = end + 6 + wallWidth <= layout.right;
  const wallLeft = isBeside ? end : end - 6 - wallWidth;

  const nameLeft = headingLeft(placed);
  const room = (wall === "" ? layout.right : wallLeft - 12) - nameLeft;
  const type = { sizePx: TYPE.heading, isBold: true };
  const name = fitText(title, { ...type, widthPx: room });
  const nameWidth = textWidth(name, TYPE.heading, true);
  const isByName = nameWidth + meaningWidth <= room;
  const isByWall = !isByName && isBeside &&
    end + 6 + wallWidth + meaningWidth <= layout.right;
  const muted = (isShown: boolean) => ({
    text: isShown ? meaning : "",
    look: "skein-muted",
    sizePx: TYPE.small,
  });
  return [
    model === null
      ? ""
      : writeModelMark(model, [SPACE.edge + 5, baseline - 4.8]),
    name === "" ? "" : textRuns(
      [{ text: name, look: "skein-bold" }, muted(isByName)],
      [nameLeft, baseline],
      { sizePx: TYPE.heading },
    ),
    wall === "" ? "" : textRuns(
      [{ text: wall, look: "skein-bold" }, muted(isByWall)],
      [isBeside ? end + 6 : end - 6, baseline],
      { sizePx: TYPE.body, anchor: isBeside ? "start" : "end" },
    ),
  ].join("");
}

function writeNames(
  placed: PlacedPanel,
  { left, nameSizePx }: TimelineLayout,
): readonly string[] {
  const widthPx = left - NAME_GAP_PX - SPACE.edge;
  return placed.lanes.map(({ name, middles }) => {
    const middle = (middles[0]! + middles.at(-1)!) / 2;
    const place = [left - NAME_GAP_PX, middle + nameSizePx * 0.35] as const;
    return textLine(fitText(name, { sizePx: nameSizePx, widthPx }), place, {
      sizePx: nameSizePx,
      anchor: "end",
    });
  });
}

function writeNote(placed: PlacedPanel, { left }: TimelineLayout): string {
  const { lanes, hiddenLanes, bottom } = placed;
  const note = lanes.length === 0
    ? "nothing was recorded"
    : hiddenLanes > 0
    ? `and ${hiddenLanes} more lanes`
    : "";
  if (note === "") return "";
  return textLine(note, [left + 6, bottom - 6], {
    sizePx: TYPE.small,
    look: "skein-muted",
  });
}

/** Writes a span's label where there is room; a waiting line opens for it. */
function writeSpan(
  { span, top }: PlacedSpan,
  { markPx }: TimelineLayout,
  x: (ms: number) => number,
): string {
  const { state, startMs, endMs } = span;
  const label = state === "alive" && span.label
    ? `${span.label}: ${shareInWords(span.share)}`
    : span.label;
  if (label === undefined || label === "" || markPx < 14) return "";
  if (state !== "running" && state !== "waiting" && state !== "alive") {
    return "";
  }
  const room = x(endMs) - x(startMs) - (state === "waiting" ? 28 : 10);
  if (textWidth(label, TYPE.caption) > room) return "";
  const place = [(x(startMs) + x(endMs)) / 2, top + markPx / 2 + 4] as const;
  const look = state === "running" ? "skein-on-running" : "skein-halo";
  return textLine(label, place, {
    sizePx: TYPE.caption,
    anchor: "middle",
    look,
  });
}

/** More than the 12 pixels between a name and a time, whatever sums are rounded to. */
const NAME_ROOM_PX = 12.5;
