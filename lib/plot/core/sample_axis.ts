/**
 * Axes of figures about samples: places, ticks, and what is written at them.
 *
 * Linear, or logarithmic where values differ by more than a power of ten. Pure,
 * and without Observable Plot: these figures are lines and dots only.
 * @module
 */

import { chooseStep, formatShort, formatTick } from "../../base/mod.ts";
import { roundPx, textLine, textWidth } from "./text.ts";
import { TYPE } from "./visual.ts";

/** What an axis shows. */
export interface AxisOptions {
  /** Smallest and largest value that has to be on it. */
  readonly domain: readonly [low: number, high: number];
  /** Where these are, pixels. */
  readonly range: readonly [from: number, to: number];
  /** Whether equal distances are equal ratios. @default false */
  readonly isLog?: boolean;
  /** How many ticks there is room for. @default 5 */
  readonly most?: number;
  /** What is written: durations in milliseconds, or numbers. @default "time" */
  readonly kind?: "time" | "number";
}

/** A place on an axis, and what is written there. */
export interface AxisTick {
  /** Where, pixels. */
  readonly px: number;
  /** The words. */
  readonly label: string;
}

/** An axis. */
export interface Axis {
  /** Turns a value into pixels; values outside are put at the nearer end. */
  readonly at: (value: number) => number;
  /** The ticks. */
  readonly ticks: readonly AxisTick[];
}

/**
 * Makes an axis.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { at, ticks } = makeAxis({ domain: [0, 1], range: [0, 100], most: 3 });
 * assert.equal(at(0.5), 50);
 * assert.deepEqual(ticks.map(({ label }) => label), ["0", "0.5 ms", "1 ms"]);
 * ```
 *
 * @param options What it shows, and where.
 * @returns Places and ticks.
 */
export function makeAxis(options: AxisOptions): Axis {
  const { range: [from, to], isLog = false, most = 5, kind = "time" } = options;
  const [low, high] = widen(options.domain, isLog);
  const toUnit = isLog
    ? (value: number) =>
      Math.log(Math.max(value, low) / low) / Math.log(high / low)
    : (value: number) => (value - low) / (high - low);
  const at = (value: number) =>
    from + Math.min(1, Math.max(0, toUnit(value))) * (to - from);
  const values = isLog
    ? placeLogTicks(low, high, most)
    : placeLinearTicks(low, high, most);
  const longest = Math.max(...values.map(Math.abs), 0);
  const format = kind === "number"
    ? formatPlain
    : (ms: number) => formatTick(ms, isLog ? ms : longest);
  return {
    at,
    ticks: values.map((value) => ({
      px: roundPx(at(value)),
      label: format(value),
    })),
  };
}

/**
 * Draws the ticks of a horizontal axis: lines through the rows, words below.
 *
 * @param axis The axis.
 * @param edges Upper and lower edge of the rows, pixels.
 * @returns SVG elements.
 */
export function drawTicks(
  { ticks }: Axis,
  [top, bottom]: readonly [number, number],
): string {
  let edge = -Infinity;
  return ticks.map(({ px, label }) => {
    const half = textWidth(label, TYPE.caption) / 2;
    const line = `<path class="skein-grid" d="M${px} ${top}V${bottom}"/>`;
    if (px - half < edge) return line;
    edge = px + half + 8;
    return line + textLine(label, [px, bottom + 16], {
      sizePx: TYPE.caption,
      anchor: "middle",
      look: "skein-muted",
    });
  }).join("");
}

/**
 * Draws the ticks of a vertical axis: lines across, words to the left.
 *
 * @param axis The axis.
 * @param edges Left and right edge of the lines, pixels.
 * @returns SVG elements.
 */
export function drawLevels(
  { ticks }: Axis,
  [left, right]: readonly [number, number],
): string {
  return ticks.map(({ px, label }) =>
    `<path class="skein-grid" d="M${left} ${px}H${right}"/>` +
    textLine(label, [left - 8, px + 4], {
      sizePx: TYPE.caption,
      anchor: "end",
      look: "skein-muted",
    })
  ).join("");
}

/** An axis of no length would put everything in one place, and divide by zero. */
function widen(
  [low, high]: readonly [number, number],
  isLog: boolean,
): readonly [number, number] {
  if (isLog) {
    const from = Math.max(low, Number.MIN_VALUE * 1e16);
    return high > from * 1.0001 ? [from, high] : [from / 2, from * 2];
  }
  return high > low ? [low, high] : [low, low + (Math.abs(low) || 1)];
}

function placeLinearTicks(low: number, high: number, most: number): number[] {
  const step = chooseStep((high - low) / Math.max(1, most - 1));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    // As a decimal: 3 × 0.1 is not 0.3 in binary.
    Number(((first + index) * step).toPrecision(12)));
}

/** Powers of ten, with 2 and 5 between them where there is room. */
function placeLogTicks(low: number, high: number, most: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const inside = (factors: readonly number[], every = 1) =>
    powers.filter((power) => power % every === 0)
      .flatMap((power) => factors.map((f) => Number(`${f}e${power}`)))
      .filter((v) => v >= low * 0.9999 && v <= high * 1.0001);
  for (const factors of [[1, 2, 5], [1, 3], [1]]) {
    const values = inside(factors);
    if (values.length <= most && values.length > 1) return values;
  }
  const powersOnly = inside([1]);
  if (powersOnly.length > 1) {
    const every = Math.ceil(powersOnly.length / most);
    return inside([1], every);
  }
  return placeLinearTicks(low, high, Math.min(most, 3)).filter((v) => v > 0);
}

function formatPlain(value: number): string {
  return value >= 10_000
    ? `${formatShort(value / 1000)}k`
    : String(Number(value.toPrecision(6)));
}
