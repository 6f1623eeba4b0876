/**
 * The marks of series: each has a colour of its own and a form of its own.
 *
 * The colours are those of the models in `visual.ts`, which differ in hue and
 * lightness. Pure.
 * @module
 */

import { roundPx } from "../../plot/core/text.ts";

/** Class names of the colours, in the order in which series get them. */
export const SERIES: readonly string[] = [
  "skein-workers",
  "skein-async",
  "skein-sequential",
  "skein-processes",
];

/**
 * Names the colour of a series.
 *
 * @param index Which series.
 * @returns A class name; after the last colour comes the first again.
 */
export function seriesClass(index: number): string {
  return SERIES[index % SERIES.length]!;
}

/**
 * Draws the mark of a series: circle, square, triangle or diamond.
 *
 * @param index Which series.
 * @param place Its middle, pixels.
 * @param look Class names.
 * @param radius Half its size, pixels.
 * @returns An SVG element.
 */
export function drawMark(
  index: number,
  [x, y]: readonly [number, number],
  look: string,
  radius = 3,
): string {
  const [cx, cy] = [roundPx(x), roundPx(y)];
  const form = index % SERIES.length;
  if (form === 0) {
    return `<circle class="${look}" cx="${cx}" cy="${cy}" r="${radius}"/>`;
  }
  const r = roundPx(radius * 1.15);
  const path = form === 1
    ? `M${roundPx(x - r * 0.8)} ${roundPx(y - r * 0.8)}h${roundPx(r * 1.6)}v${
      roundPx(r * 1.6)
    }h${roundPx(-r * 1.6)}Z`
    : form === 2
    ? `M${cx} ${roundPx(y - r)}L${roundPx(x + r)} ${roundPx(y + r * 0.8)}H${
      roundPx(x - r)
    }Z`
    : `M${cx} ${roundPx(y - r)}L${roundPx(x + r)} ${cy}L${cx} ${
      roundPx(y + r)
    }L${roundPx(x - r)} ${cy}Z`;
  return `<path class="${look}" d="${path}"/>`;
}
