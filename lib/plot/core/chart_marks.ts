/**
 * What is drawn within a chart's frame: lines, bands, marks and whiskers.
 *
 * The frame is in `chart.ts`. Pure: pixels in, SVG text out.
 * @module
 */

import { roundPx } from "./text.ts";

/** A place in pixels, from the upper left corner of the block. */
export type Place = readonly [x: number, y: number];

/**
 * Draws a line through places.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(drawLine([[0, 0], [1, 5]], "skein-ideal"), /d="M0 0L1 5"/);
 * ```
 *
 * @param places Where it goes.
 * @param look Class names from `visual.ts`.
 * @param widthPx How thick, pixels.
 * @returns An SVG element; nothing if there are fewer than two places.
 */
export function drawLine(
  places: readonly Place[],
  look: string,
  widthPx = 2,
): string {
  if (places.length < 2) return "";
  // By style: the class of a model fills, and outranks an attribute.
  return `<path class="${look}" d="${
    toPath(places)
  }" style="fill:none;stroke-width:${widthPx}px"/>`;
}

/**
 * Draws the area between two lines.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(drawBand([[0, 0], [9, 0]], [[0, 5], [9, 5]], "a"), /M0 0L9 0L9 5L0 5Z/);
 * ```
 *
 * @param upper The one line, from left to right.
 * @param lower The other, from left to right.
 * @param look Class names from `visual.ts`.
 * @returns An SVG element.
 */
export function drawBand(
  upper: readonly Place[],
  lower: readonly Place[],
  look: string,
): string {
  const path = toPath([...upper, ...lower.toReversed()]);
  return `<path class="skein-interval ${look}" d="${path}Z" style="stroke:none"/>`;
}

/** The form of a mark: tells series apart where colours do not. */
export type Shape = "circle" | "square" | "triangle" | "diamond";

/** How a mark looks. */
export interface MarkLook {
  /** Its form. */
  readonly shape: Shape;
  /** Class names from `visual.ts`. */
  readonly look: string;
  /** Half its width, pixels. @default 4.5 */
  readonly radiusPx?: number;
  /** Whether only its outline is drawn. @default false */
  readonly isHollow?: boolean;
}

/**
 * Draws a mark.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(drawMark([3, 4], { shape: "circle", look: "a" }), /M-1.5 4a/);
 * ```
 *
 * @param place Its middle.
 * @param options Form and look.
 * @returns An SVG element.
 */
export function drawMark([x, y]: Place, options: MarkLook): string {
  const { shape, look, radiusPx = 4.5, isHollow = false } = options;
  const path = SHAPES[shape](roundPx(x), roundPx(y), radiusPx);
  if (!isHollow) {
    return `<path class="${look}" d="${path}" style="stroke:none"/>`;
  }
  return `<path class="skein-panel-fill" d="${path}"/>` +
    `<path class="${look}" d="${path}" style="fill:none;stroke-width:2px"/>`;
}

/**
 * Draws how far an interval reaches, as a line between two ends.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(drawWhisker(5, [10, 20], "a"), /M5 10V20/);
 * ```
 *
 * @param x Where, pixels.
 * @param ends The ends, pixels from above.
 * @param look Class names from `visual.ts`.
 * @returns An SVG element.
 */
export function drawWhisker(
  x: number,
  [one, other]: readonly [number, number],
  look: string,
): string {
  const [middle, from, to] = [roundPx(x), roundPx(one), roundPx(other)];
  const cap = (y: number) => `M${roundPx(x - 4)} ${y}h8`;
  return `<path class="${look}" d="M${middle} ${from}V${to}${cap(from)}${
    cap(to)
  }" style="fill:none;stroke-width:1.5px"/>`;
}

function toPath(places: readonly Place[]): string {
  return places.map(([x, y], index) =>
    `${index === 0 ? "M" : "L"}${roundPx(x)} ${roundPx(y)}`
  ).join("");
}

const SHAPES: Readonly<
  Record<Shape, (x: number, y: number, r: number) => string>
> = {
  circle: (x, y, r) =>
    `M${roundPx(x - r)} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${
      -2 * r
    } 0Z`,
  square: (x, y, r) =>
    `M${roundPx(x - r * 0.9)} ${roundPx(y - r * 0.9)}h${roundPx(1.8 * r)}v${
      roundPx(1.8 * r)
    }h${roundPx(-1.8 * r)}Z`,
  triangle: (x, y, r) =>
    `M${x} ${roundPx(y - 1.15 * r)}L${roundPx(x + 1.1 * r)} ${
      roundPx(y + 0.8 * r)
    }H${roundPx(x - 1.1 * r)}Z`,
  diamond: (x, y, r) =>
    `M${x} ${roundPx(y - 1.2 * r)}L${roundPx(x + 1.2 * r)} ${y}L${x} ${
      roundPx(y + 1.2 * r)
    }L${roundPx(x - 1.2 * r)} ${y}Z`,
};
