/**
 * The time axis that figures of a recording share: scale, lines, words below.
 *
 * Pure. The timeline draws its own, because it is drawn again when zoomed.
 * @module
 */
import { windowTicks } from "./recording_ticks.ts";
import { roundPx, textLine } from "../core/text.ts";
import { SPACE, TYPE } from "../core/visual.ts";

/** A time axis. Units: pixels from the left edge of the card, milliseconds. */
export interface TimeAxis {
  /** Left end. */
  readonly leftPx: number;
  /** Right end. */
  readonly rightPx: number;
  /** Turns a time into a place. */
  readonly x: (ms: number) => number;
  /** Draws lines between two heights, and the words below them. */
  readonly draw: (topPx: number, bottomPx: number) => string;
}

/**
 * Makes a time axis from zero.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const axis = makeAxis(100, 50);
 * assert.equal(axis.x(0), 100);
 * assert.match(axis.draw(0, 10), /50 ms/);
 * ```
 *
 * @param leftPx Left end, pixels.
 * @param endMs Time at the right end; more than zero.
 * @param rightPx Right end, pixels.
 * @returns The axis.
 */
export function makeAxis(
  leftPx: number,
  endMs: number,
  rightPx: number = SPACE.width - SPACE.edge - 4,
): TimeAxis {
  const x = (ms: number) => leftPx + ms / endMs * (rightPx - leftPx);
  const ticks = windowTicks(0, endMs, 6);
  const type = { sizePx: TYPE.caption, look: "skein-muted" };
  const draw = (topPx: number, bottomPx: number) => {
    const lines = ticks.map(([atMs]) =>
      `M${roundPx(x(atMs))} ${topPx}V${bottomPx}`
    );
    const words = ticks.map(([atMs, text]) =>
      textLine(text, [x(atMs), bottomPx + 16], { ...type, anchor: "middle" })
    );
    return [
      `<path class="skein-grid" d="${lines.join("")}"/>`,
      textLine("time", [leftPx - 12, bottomPx + 16], {
        ...type,
        anchor: "end",
      }),
      ...words,
    ].join("");
  };
  return { leftPx, rightPx, x, draw };
}

/** How high the words below an axis are, pixels. */
export const AXIS_PX = 22;

/**
 * Writes boxes as one SVG path.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(drawBoxes([[1, 2, 3, 4]], "a"), '<path class="a" d="M1 2h3v4h-3z"/>');
 * ```
 *
 * @param boxes Left, top, width and height of each, pixels.
 * @param look Class names.
 * @returns A `<path>`; nothing if there are no boxes.
 */
export function drawBoxes(
  boxes:
    readonly (readonly [x: number, y: number, width: number, height: number])[],
  look: string,
): string {
  if (boxes.length === 0) return "";
  const path = boxes.map((box) => {
    const [x, y, width, height] = box.map(roundPx);
    return `M${x} ${y}h${width}v${height}h${-width!}z`;
  });
  return `<path class="${look}" d="${path.join("")}"/>`;
}
