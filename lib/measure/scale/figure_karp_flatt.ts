/**
 * The lower panel of the scaling picture: what each point would call serial.
 *
 * Rising means an overhead that grows with the number of Workers, flat a part
 * of the work that is serial. Pure.
 * @module
 */

import type { ScalePoint } from "./result.ts";
import { type Block, makeParagraph } from "../../plot/core/card.ts";
import { formatPercent } from "../../base/mod.ts";
import { makeFrame, type Tick } from "../../plot/core/chart.ts";
import {
  drawLine,
  drawMark,
  drawWhisker,
} from "../../plot/core/chart_marks.ts";

/**
 * Draws the part that each point by itself would call serial.
 *
 * @param points All points; those past the cores are left out.
 * @returns Blocks of a card; none if there are fewer than two points.
 */
export function drawKarpFlatt(
  points: readonly ScalePoint[],
): readonly Block[] {
  const parts = points.flatMap(({ n, karpFlatt, beyondCores }) =>
    karpFlatt === null || beyondCores ? [] : [{ n, ...karpFlatt }]
  );
  if (parts.length < 2) return [];
  const lowest = Math.min(0, ...parts.map(({ low }) => low));
  const highest = Math.max(0.05, ...parts.map(({ high }) => high)) * 1.05;
  const counts = parts.map(({ n }) => n);
  const most = counts.at(-1)!;
  const step = choosePercentStep(highest - lowest);
  const ticks: Tick[] = [];
  for (
    let value = Math.ceil(lowest / step) * step;
    value <= highest;
    value += step
  ) {
    ticks.push({ value, label: formatPercent(value, 3) });
  }
  const frame = makeFrame({
    x: {
      type: "linear",
      domain: [1 - 0.06 * (most - 1), most * 1.04],
      ticks: chooseCountTicks(counts, most),
      title: "rising: an overhead that grows; flat: a part that is serial",
    },
    y: { type: "linear", domain: [lowest, highest], ticks, title: "" },
    heightPx: 84,
  });
  const { x, y } = frame;
  const markup = [
    frame.markup,
    drawLine(parts.map(({ n, part }) => [x(n), y(part)]), "skein-axis", 1.5),
    ...parts.map(({ n, part, low, high }) =>
      drawWhisker(x(n), [y(high), y(low)], "skein-axis") +
      drawMark([x(n), y(part)], { shape: "diamond", look: "skein-ink" })
    ),
  ].join("");
  return [
    makeParagraph(
      "Part that seems serial, by each point alone (Karp–Flatt)",
      "heading",
    ),
    {
      // The title's room is not needed: the heading stands there.
      markup: `<g transform="translate(0,-14)">${markup}</g>`,
      heightPx: frame.heightPx - 14,
    },
  ];
}

/**
 * Places ticks at numbers of Workers, with labels where there is room: lines of
 * a crowd stay without.
 *
 * @param counts The numbers, rising.
 * @param most The largest on the axis.
 * @returns The ticks.
 */
export function chooseCountTicks(
  counts: readonly number[],
  most: number,
): Tick[] {
  let edge = -Infinity;
  return counts.map((value) => {
    const isFree = value - edge >= most / 24;
    if (isFree) edge = value;
    return { value, label: isFree ? String(value) : "" };
  });
}

function choosePercentStep(span: number): number {
  return [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1].find((step) =>
    span / step <= 4
  ) ?? 2;
}
