/**
 * The lower panels of the message picture: bytes a second, and bursts; and what
 * all its panels share. Pure.
 * @module
 */

import type { BurstCost, MessageCosts, MessageMode } from "./result.ts";
import { type Block, makeParagraph } from "../../plot/core/card.ts";
import { formatBytes, formatDuration, formatTick } from "../../base/mod.ts";
import {
  type Axis,
  type Frame,
  logTicks,
  makeFrame,
  spreadLabels,
} from "../../plot/core/chart.ts";
import {
  drawLine,
  drawMark,
  type MarkLook,
} from "../../plot/core/chart_marks.ts";
import { roundPx, textLine } from "../../plot/core/text.ts";
import { SPACE, TYPE } from "../../plot/core/visual.ts";

/** How the ways are drawn. */
export const MODE_LOOKS: Readonly<Record<MessageMode, MarkLook>> = {
  clone: { shape: "square", look: "skein-sequential" },
  transfer: { shape: "triangle", look: "skein-async" },
  share: { shape: "circle", look: "skein-workers" },
  process: { shape: "diamond", look: "skein-processes" },
  pipe: { shape: "diamond", look: "skein-ink" },
};

/** What the ways are called. */
export const MODE_NAMES: Readonly<Record<MessageMode, string>> = {
  clone: "copied",
  transfer: "transferred",
  share: "shared",
  process: "to a process",
  pipe: "by pipe",
};

/**
 * Makes the axis of sizes.
 *
 * @param costs What was measured.
 * @returns A logarithmic axis with round sizes.
 */
export function sizeAxis(costs: MessageCosts["costs"]): Axis {
  const sizes = costs.flatMap(({ points }) => points.map(({ bytes }) => bytes));
  const domain = [Math.min(...sizes) / 1.5, Math.max(...sizes) * 1.5] as const;
  return {
    type: "log",
    domain,
    ticks: logTicks(domain, formatBytes, 16),
    title: "size of the message",
  };
}

/** Where a line ends. */
export interface LineEnd {
  /** Which line. */
  readonly mode: MessageMode;
  /** Its last size, bytes. */
  readonly bytes: number;
  /** Its last value. */
  readonly value: number;
}

/**
 * Writes names beside the ends of lines, none over another.
 *
 * @param ends Where they end.
 * @param frame The chart.
 * @returns SVG elements.
 */
export function labelEnds(ends: readonly LineEnd[], frame: Frame): string[] {
  const { y, right, top, bottom } = frame;
  const places = spreadLabels(ends.map(({ value }) => y(value)), {
    gapPx: 18,
    top: top + 8,
    bottom: bottom - 8,
  });
  return ends.map(({ mode }, index) => {
    const place = places[index]!;
    return drawMark([right + 10, place], MODE_LOOKS[mode]) +
      textLine(MODE_NAMES[mode], [right + 20, place + 4], {
        sizePx: TYPE.small,
        look: "skein-bold",
      });
  });
}

/**
 * Draws bytes a second over size.
 *
 * @param costs What was measured.
 * @returns Blocks of a card.
 */
export function drawThroughput({ costs }: MessageCosts): readonly Block[] {
  const rates = costs.flatMap(({ points }) =>
    points.map(({ bytesPerSecond }) => bytesPerSecond)
  );
  const domain = [Math.min(...rates) / 2, Math.max(...rates) * 2] as const;
  const frame = makeFrame({
    x: sizeAxis(costs),
    y: {
      type: "log",
      domain,
      ticks: logTicks(domain, (rate) => `${formatBytes(rate)}/s`, 1024)
        .filter(({ value }) => value >= 1024),
      title: "",
    },
    heightPx: 110,
    leftPx: 62,
    rightPx: 100,
    topPx: -16,
  });
  const { x, y } = frame;
  const lines = costs.map(({ mode, points }) => {
    const places = points.map(({ bytes, bytesPerSecond }) =>
      [x(bytes), y(bytesPerSecond)] as const
    );
    const { look } = MODE_LOOKS[mode];
    return drawLine(places, look) +
      places.map((place) => drawMark(place, MODE_LOOKS[mode])).join("");
  });
  const ends = costs.map(({ mode, points }) => ({
    mode,
    bytes: points.at(-1)!.bytes,
    value: points.at(-1)!.bytesPerSecond,
  }));
  return [
    makeParagraph("Bytes a second", "heading"),
    {
      markup: [frame.markup, ...lines, ...labelEnds(ends, frame)].join(""),
      heightPx: frame.heightPx,
    },
  ];
}

/**
 * Draws small messages one at a time and all at once.
 *
 * @param burst What was measured.
 * @returns Blocks of a card.
 */
export function drawBurst(
  { count, pingPong, burst }: BurstCost,
): readonly Block[] {
  const rows = [
    { name: "one at a time", meaning: "each waits for an answer", ...pingPong },
    { name: "in a burst", meaning: `${count} at once`, ...burst },
  ];
  const ends = rows.flatMap(({ lowMs, highMs }) => [lowMs, highMs]);
  const domain = [
    Math.min(0.001, ...ends) / 1.5,
    Math.max(0.1, ...ends) * 1.5,
  ] as const;
  const frame = makeFrame({
    x: {
      type: "log",
      domain,
      ticks: logTicks(domain, (ms) => formatTick(ms)),
      title: "time a message",
    },
    y: { type: "linear", domain: [rows.length, 0], ticks: [], title: "" },
    heightPx: rows.length * 40,
    leftPx: 160,
    rightPx: 80,
    topPx: -20,
  });
  const { x, y, right } = frame;
  const marks = rows.map(
    ({ name, meaning, medianMs, lowMs, highMs }, index) => {
      const middle = y(index + 0.5);
      return [
        textLine(name, [SPACE.edge, middle - 1], {
          sizePx: TYPE.body,
          look: "skein-bold",
        }),
        textLine(meaning, [SPACE.edge, middle + 13], {
          sizePx: TYPE.caption,
          look: "skein-muted",
        }),
        `<path class="skein-axis" d="M${roundPx(x(lowMs))} ${middle}H${
          roundPx(x(highMs))
        }" style="fill:none;stroke-width:1.5px"/>`,
        drawMark([x(medianMs), middle], {
          shape: "diamond",
          look: "skein-ink",
        }),
        textLine(formatDuration(medianMs), [right + 14, middle + 5], {
          sizePx: TYPE.heading,
          look: "skein-bold",
        }),
      ].join("");
    },
  );
  return [
    makeParagraph("Small messages: one at a time, or all at once", "heading"),
    { markup: frame.markup + marks.join(""), heightPx: frame.heightPx },
  ];
}
