/**
 * The frame of a chart: two axes, as wide as the paper. Pure.
 * @module
 */
import {
  type AxisPlan,
  bottomHeight,
  drawBottom,
  drawLevels,
  makeAxis,
} from "./axis.ts";
import { CAPTION, type Paper, TYPE } from "./paper.ts";
import { textLine, textWidth } from "./text.ts";

export interface Frame {
  /** Axes, grid and titles as SVG elements. */
  readonly markup: string;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly heightPx: number;
}

export interface FramePlan {
  readonly x: AxisPlan;
  readonly y: AxisPlan;
  readonly heightPx: number;
  /** Room at the right for labels of lines, pixels. @default 0 */
  readonly rightPx?: number;
  /** Room above for labels, pixels. @default 0 */
  readonly topPx?: number;
}

export function makeFrame(paper: Paper, plan: FramePlan): Frame {
  const { heightPx, rightPx = 0, topPx = 0 } = plan;
  const top = (plan.y.title ? 22 : 6) + topPx;
  const bottom = top + heightPx;
  const y = makeAxis(plan.y, [bottom, top]);
  const labelsPx = Math.max(
    ...y.ticks.map(({ label }) => textWidth(label, TYPE.caption)),
    0,
  );
  const left = Math.ceil(paper.left + (labelsPx > 0 ? labelsPx + 8 : 0));
  const right = paper.right - rightPx;
  const x = makeAxis(plan.x, [left, right]);
  const markup = textLine(y.title, [paper.left, 11], CAPTION) +
    drawLevels(y, [left, right]) +
    drawBottom(x, [top, bottom], { left: paper.left, right: paper.right }) +
    `<path class="skein-axis" d="M${left} ${bottom}H${right}" fill="none"/>`;
  return {
    markup,
    x: x.at,
    y: y.at,
    left,
    right,
    top,
    bottom,
    heightPx: bottom + bottomHeight(x),
  };
}

/** Moves labels apart: none is nearer to its neighbour than a gap, none outside. */
export function spreadLabels(
  wanted: readonly number[],
  room: {
    readonly gapPx: number;
    readonly top: number;
    readonly bottom: number;
  },
): number[] {
  const { gapPx, top, bottom } = room;
  const order = wanted.map((_, index) => index)
    .sort((one, other) => wanted[one]! - wanted[other]!);
  const places = [...wanted];
  let edge = top;
  for (const index of order) {
    places[index] = Math.max(places[index]!, edge);
    edge = places[index]! + gapPx;
  }
  // What was pushed below the end pushes back what is above.
  edge = bottom;
  for (const index of order.toReversed()) {
    places[index] = Math.min(places[index]!, edge);
    edge = places[index]! - gapPx;
  }
  return places;
}
