/**
 * The message picture: how long bytes take to a Worker, copied, given away and
 * shared, over their size; what that is a second; and what a burst gains.
 *
 * Logarithmic axes; a dashed line names the knee, where size begins to matter.
 * The two lower panels are in `message_cost_panels.ts`. Pure.
 * @module
 */

import {
  type Displayable,
  formatBytes,
  formatDuration,
  formatTick,
} from "../../base/mod.ts";
import type { MessageCost, MessageCosts } from "./result.ts";
import type { Block, Figure } from "../../plot/core/card.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import { makeLegend } from "../../plot/core/legend.ts";
import {
  drawBurst,
  drawThroughput,
  labelEnds,
  MODE_LOOKS,
  MODE_NAMES,
  sizeAxis,
} from "./figure_panels.ts";
import {
  makeResultCard,
  type ResultParts,
  showResult,
} from "../../plot/core/result_card.ts";
import { type Frame, logTicks, makeFrame } from "../../plot/core/chart.ts";
import {
  drawLine,
  drawMark,
  drawWhisker,
} from "../../plot/core/chart_marks.ts";
import { roundPx, textLine, textWidth } from "../../plot/core/text.ts";
import { TYPE } from "../../plot/core/visual.ts";

/**
 * Shows what messages cost.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "../../base/display.ts";
 * import { MESSAGE_COSTS } from "../../plot/gallery/message_cost_gallery_data.ts";
 * const bundle = await showMessageCosts(MESSAGE_COSTS)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /\| 16 MiB/);
 * ```
 *
 * @param costs What was measured.
 * @returns A value shown as one image, or as a text table.
 */
export function showMessageCosts(costs: MessageCosts): Displayable {
  return showResult(costs, () => makeParts(costs));
}

/**
 * Draws what messages cost.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MESSAGE_COSTS } from "../../plot/gallery/message_cost_gallery_data.ts";
 * assert.match(messageCostFigure(MESSAGE_COSTS).svg, /^<svg /);
 * ```
 *
 * @param costs What was measured.
 * @returns The image and its text alternative.
 */
export function messageCostFigure(costs: MessageCosts): Figure {
  return makeResultCard(costs, makeParts(costs));
}

function makeParts(costs: MessageCosts): ResultParts {
  const look = MODE_LOOKS.clone;
  const hasClone = costs.costs.some(({ mode }) => mode === "clone");
  return {
    blocks: [
      drawLatency(costs),
      makeLegend([
        {
          mark: drawWhisker(11, [0.5, 13.5], "skein-axis") +
            drawMark([11, 7], look),
          name: `median, ${nameInterval(costs.stamp.samples)}`,
          meaning: "",
        },
        ...(hasClone
          ? [{
            mark: drawDashed([[0, 7], [22, 7]], look.look),
            name: "of it, the sender held by copying",
            meaning: "",
          }]
          : []),
      ]),
      ...drawThroughput(costs),
      ...drawBurst(costs.burst),
    ],
    table: writeRows(costs),
  };
}

function writeRows(
  { costs, burst, stamp }: MessageCosts,
): ResultParts["table"] {
  const sizes = costs[0]?.points.map(({ bytes }) => bytes) ?? [];
  return [
    [
      "size",
      ...costs.flatMap(({ mode }) => [
        `${MODE_NAMES[mode]} (${nameInterval(stamp.samples)})`,
        `${MODE_NAMES[mode]}, sender held`,
      ]),
    ],
    ...sizes.map((bytes, row) => [
      formatBytes(bytes),
      ...costs.flatMap(({ points }) => {
        const { summary, blockedMs } = points[row]!;
        const { medianMs, lowMs, highMs } = summary;
        return [
          `${formatDuration(medianMs)} (${formatDuration(lowMs)}–${
            formatDuration(highMs)
          })`,
          formatDuration(blockedMs),
        ];
      }),
    ]),
    [
      `small, ${burst.count}`,
      `one at a time ${formatDuration(burst.pingPong.medianMs)}`,
      `in a burst ${formatDuration(burst.burst.medianMs)}`,
    ],
  ];
}

function drawLatency({ costs }: MessageCosts): Block {
  const times = costs.flatMap(({ points }) =>
    points.flatMap(({ summary, blockedMs }) => [
      summary.lowMs,
      summary.highMs,
      Math.max(blockedMs, summary.lowMs / 5),
    ])
  ).filter((ms) => ms > 0);
  const domain = [
    Math.min(...times) / 1.5,
    Math.max(...times) * 1.6,
  ] as const;
  const frame = makeFrame({
    x: { ...sizeAxis(costs), title: "" },
    y: {
      type: "log",
      domain,
      ticks: logTicks(domain, (ms) => formatTick(ms)),
      title: "from posting to the answer",
    },
    heightPx: 220,
    leftPx: 62,
    rightPx: 100,
    topPx: 14,
  });
  return {
    markup: [
      frame.markup,
      ...costs.map((cost) => drawKnee(cost, frame)),
      ...costs.map((cost) => drawCost(cost, frame)),
      ...labelEnds(
        costs.map(({ mode, points }) => ({
          mode,
          bytes: points.at(-1)!.bytes,
          value: points.at(-1)!.summary.medianMs,
        })),
        frame,
      ),
    ].join(""),
    heightPx: frame.heightPx - 14,
  };
}

function drawCost(
  { mode, points }: MessageCost,
  { x, y, bottom }: Frame,
): string {
  const look = MODE_LOOKS[mode];
  const held = points.filter(({ blockedMs }) =>
    blockedMs > 0 && y(blockedMs) <= bottom
  );
  return [
    mode === "clone"
      ? drawDashed(
        held.map(({ bytes, blockedMs }) => [x(bytes), y(blockedMs)]),
        look.look,
      )
      : "",
    drawLine(
      points.map(({ bytes, summary }) => [x(bytes), y(summary.medianMs)]),
      look.look,
    ),
    ...points.map(({ bytes, summary }) =>
      drawWhisker(
        x(bytes),
        [y(summary.highMs), y(summary.lowMs)],
        "skein-axis",
      ) +
      drawMark([x(bytes), y(summary.medianMs)], look)
    ),
  ].join("");
}

/** Only of what is copied: others have one by chance, if any. */
function drawKnee({ mode, knee }: MessageCost, frame: Frame): string {
  if (mode !== "clone" || knee === null) return "";
  const { x, left, right, top, bottom } = frame;
  const place = x(knee.bytes);
  const label = `knee of copying: ${formatBytes(knee.bytes)}`;
  const half = textWidth(label, TYPE.caption) / 2;
  const middle = Math.min(Math.max(place, left + half), right - half);
  return `<path class="skein-end" d="M${
    roundPx(place)
  } ${top}V${bottom}" fill="none"/>` +
    textLine(label, [middle, top - 5], {
      sizePx: TYPE.caption,
      anchor: "middle",
      look: "skein-muted",
    });
}

function drawDashed(
  places: Parameters<typeof drawLine>[0],
  look: string,
): string {
  return `<g stroke-dasharray="5 4">${drawLine(places, look, 1.5)}</g>`;
}
