/**
 * A chart with two axes: frame, scales, ticks, and places for labels.
 *
 * For figures of one cost over another. Unlike the answer picture they need the
 * pixels of both axes to place labels, so scales are made here and not by
 * Observable Plot; nothing has to be loaded. What is drawn within the frame is
 * in `chart_marks.ts`. Pure.
 * @module
 */

import { roundPx, textLine } from "./text.ts";
import { SPACE, TYPE } from "./visual.ts";

/** A tick: where, and what is written there. */
export interface Tick {
  /** The value. */
  readonly value: number;
  /** Its label, with unit where there is one; empty for a line alone. */
  readonly label: string;
}

/** An axis as it is wanted. */
export interface Axis {
  /** Whether equal distances are equal differences or equal ratios. */
  readonly type: "linear" | "log";
  /** The values at its ends; above 0 if it is logarithmic. */
  readonly domain: readonly [number, number];
  /** Its ticks. */
  readonly ticks: readonly Tick[];
  /** What it measures. */
  readonly title: string;
}

/** What a chart needs to know. */
export interface FramePlan {
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis; the larger value is above. */
  readonly y: Axis;
  /** Height of the area between the axes, pixels. */
  readonly heightPx: number;
  /** Room at the left for labels of the vertical axis, pixels. @default 54 */
  readonly leftPx?: number;
  /** Room at the right for labels of lines, pixels. @default 0 */
  readonly rightPx?: number;
  /** Room above for labels, pixels. @default 0 */
  readonly topPx?: number;
}

/** A frame: axes drawn, and the way from values to pixels. */
export interface Frame {
  /** Axes, grid and titles as SVG elements. */
  readonly markup: string;
  /** Pixels of a horizontal value. */
  readonly x: (value: number) => number;
  /** Pixels of a vertical value. */
  readonly y: (value: number) => number;
  /** Left edge, pixels. */
  readonly left: number;
  /** Right edge, pixels. */
  readonly right: number;
  /** Upper edge, pixels. */
  readonly top: number;
  /** Lower edge, pixels. */
  readonly bottom: number;
  /** Height with axis labels, pixels. */
  readonly heightPx: number;
}

/**
 * Draws axes and makes their scales.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const axis = { type: "log", domain: [1, 100], ticks: [], title: "" } as const;
 * const { x, left, right } = makeFrame({ x: axis, y: axis, heightPx: 100 });
 * assert.equal(x(10), (left + right) / 2);
 * ```
 *
 * @param plan Axes and room.
 * @returns Markup and scales.
 */
export function makeFrame(plan: FramePlan): Frame {
  const { heightPx, leftPx = LEFT_PX, rightPx = 0, topPx = 0 } = plan;
  const left = SPACE.edge + leftPx;
  const right = SPACE.width - SPACE.edge - rightPx;
  const top = TITLE_PX + topPx;
  const bottom = top + heightPx;
  const x = makeScale(plan.x, [left, right]);
  const y = makeScale(plan.y, [bottom, top]);
  const small = { sizePx: TYPE.caption, look: "skein-muted" } as const;
  const parts = [
    textLine(plan.y.title, [SPACE.edge, 12], small),
    ...plan.y.ticks.flatMap(({ value, label }) => [
      `<path class="skein-grid" d="M${left} ${roundPx(y(value))}H${right}"/>`,
      label === "" ? "" : textLine(label, [left - 8, y(value) + 4], {
        ...small,
        anchor: "end",
      }),
    ]),
    ...plan.x.ticks.flatMap(({ value, label }) => [
      `<path class="skein-grid" d="M${roundPx(x(value))} ${top}V${bottom}"/>`,
      label === "" ? "" : textLine(label, [x(value), bottom + 16], {
        ...small,
        anchor: "middle",
      }),
    ]),
    `<path class="skein-axis" d="M${left} ${bottom}H${right}" fill="none"/>`,
    textLine(plan.x.title, [(left + right) / 2, bottom + 34], {
      ...small,
      anchor: "middle",
    }),
  ];
  return {
    markup: parts.join(""),
    x,
    y,
    left,
    right,
    top,
    bottom,
    heightPx: bottom + 40,
  };
}

/**
 * Places ticks on a logarithmic axis: at powers of ten, or of two for bytes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const ticks = logTicks([0.5, 200], (value) => `${value} ms`);
 * assert.deepEqual(ticks.map(({ label }) => label), ["1 ms", "10 ms", "100 ms"]);
 * ```
 *
 * @param domain The ends of the axis.
 * @param format Writes a label.
 * @param base Ratio of neighbours; the ticks are its powers.
 * @returns The ticks, rising.
 */
export function logTicks(
  [from, to]: readonly [number, number],
  format: (value: number) => string,
  base = 10,
): Tick[] {
  const first = Math.ceil(Math.log(from) / Math.log(base) - 1e-9);
  const last = Math.floor(Math.log(to) / Math.log(base) + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    // By division: negative powers of ten are not exact.
    const power = first + index;
    const value = power < 0 ? 1 / base ** -power : base ** power;
    return { value, label: format(value) };
  });
}

/**
 * Moves labels apart so that none covers another.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(spreadLabels([50, 52, 90], { gapPx: 14, top: 0, bottom: 99 }), [44, 58, 90]);
 * ```
 *
 * @param wanted Where each would be, pixels, in any order.
 * @param room The least distance, and the ends.
 * @returns Where each is to be, in the same order.
 */
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
  // Neighbours that collide become one group around their common middle.
  let groups = order.map((index) => ({
    members: [index],
    middle: wanted[index]!,
  }));
  for (let isMoved = true; isMoved;) {
    isMoved = false;
    const merged: typeof groups = [];
    for (const group of groups) {
      const half = (group.members.length - 1) * gapPx / 2;
      group.middle = Math.min(
        Math.max(group.middle, top + half),
        bottom - half,
      );
      const before = merged.at(-1);
      const reach = before === undefined
        ? 0
        : ((before.members.length - 1) + (group.members.length - 1)) * gapPx /
            2 +
          gapPx;
      if (before !== undefined && group.middle - before.middle < reach - 1e-6) {
        const members = [...before.members, ...group.members];
        const middle = members.reduce((sum, index) => sum + wanted[index]!, 0) /
          members.length;
        merged[merged.length - 1] = { members, middle };
        isMoved = true;
      } else {
        merged.push(group);
      }
    }
    groups = merged;
  }
  const places = wanted.slice() as number[];
  for (const { members, middle } of groups) {
    members.forEach((index, rank) => {
      places[index] = middle + (rank - (members.length - 1) / 2) * gapPx;
    });
  }
  return places;
}

function makeScale(
  { type, domain: [from, to] }: Axis,
  [start, end]: readonly [number, number],
): (value: number) => number {
  const bend = type === "log" ? Math.log : (value: number) => value;
  const span = bend(to) - bend(from);
  return (value) => start + (bend(value) - bend(from)) / span * (end - start);
}

const LEFT_PX = 54;
const TITLE_PX = 24;
