/**
 * Axes: from values to pixels, ticks that are round in the unit written, and the
 * frame that two of them make. All figures have theirs from here. Pure.
 * @module
 */
import {
  chooseUnit,
  formatBytes,
  formatPercent,
  formatShort,
  formatTick,
} from "../../base/mod.ts";
import { roundValues, scaleLinear, scaleLog } from "./d3.ts";
import type { Paper } from "./paper.ts";
import { CAPTION_END, CAPTION_MIDDLE, TYPE } from "./paper.ts";
import { roundPx, textLine, textWidth } from "./text.ts";

export interface AxisPlan {
  /** The values at its ends; above 0 if it is logarithmic. */
  readonly domain: readonly [from: number, to: number];
  /** Whether equal distances are equal ratios. @default false */
  readonly isLog?: boolean;
  /** What its values are: it decides what is round, and the unit. @default "number" */
  readonly kind?: AxisKind;
  /** Ticks at these values and no others, with labels where there is room. */
  readonly at?: readonly number[];
  readonly title?: string;
}

/** What the values of an axis are. Units: milliseconds, bytes, bytes a second. */
export type AxisKind = "time" | "number" | "times" | "share" | "bytes" | "rate";

/** A place on an axis; a label that is empty is a line alone. */
export interface Tick {
  readonly value: number;
  readonly px: number;
  readonly label: string;
}

/** An axis that knows its pixels. */
export interface Axis {
  /** Turns a value into pixels; what lies outside is put at the nearer end. */
  readonly at: (value: number) => number;
  readonly ends: readonly [from: number, to: number];
  /** The ticks, by rising value. */
  readonly ticks: readonly Tick[];
  readonly title: string;
}

/** Makes an axis between two places, pixels; a vertical one begins at its lower end. */
export function makeAxis(
  plan: AxisPlan,
  range: readonly [from: number, to: number],
): Axis {
  const { isLog = false, kind = "number", title = "" } = plan;
  const domain = widen(plan.domain, isLog);
  const scale = (isLog ? scaleLog() : scaleLinear())
    .domain(domain).range(range).clamp(true);
  // The axis of a row of labels is as long as these; a column of them is denser.
  const lengthPx = Math.abs(range[1] - range[0]);
  const isUpright = range[1] < range[0];
  const most = Math.max(2, Math.floor(lengthPx / (isUpright ? 30 : 76)));
  const values = plan.at ??
    (isLog
      ? placeLogTicks(domain, most, kind)
      : placeTicks(domain, most, kind));
  const longest = Math.max(...values.map(Math.abs), 0);
  const ticks = values.map((value): Tick => ({
    value,
    px: roundPx(scale(value)),
    label: WRITERS[kind](value, isLog ? value : longest),
  }));
  return { at: (value) => scale(value), ends: domain, ticks, title };
}

/** Draws a horizontal axis: lines through what is above, labels and title below. */
export function drawBottom(
  { ticks, title }: Axis,
  [top, bottom]: readonly [number, number],
  { left, right }: Pick<Paper, "left" | "right">,
): string {
  let edge = -Infinity;
  const marks = ticks.map(({ px, label }) => {
    const line = `<path class="skein-grid" d="M${px} ${roundPx(top)}V${
      roundPx(bottom)
    }"/>`;
    const half = textWidth(label, TYPE.caption) / 2;
    // A label keeps inside the paper, and clear of the one before.
    const middle = Math.min(Math.max(px, left + half), right - half);
    if (label === "" || middle - half < edge) return line;
    edge = middle + half + 8;
    return line + textLine(label, [middle, bottom + 16], CAPTION_MIDDLE);
  });
  return marks.join("") +
    (title === "" ? "" : textLine(
      title,
      [(left + right) / 2, bottom + TITLE_PX],
      CAPTION_MIDDLE,
    ));
}

/** Height of labels and title below a horizontal axis, pixels. */
export function bottomHeight({ title }: Pick<Axis, "title">): number {
  return title === "" ? 22 : TITLE_PX + 6;
}

/** Draws a vertical axis: lines across, labels to the left. */
export function drawLevels(
  { ticks }: Axis,
  [left, right]: readonly [number, number],
): string {
  return ticks.map(({ px, label }) =>
    `<path class="skein-grid" d="M${left} ${px}H${right}"/>` +
    (label === "" ? "" : textLine(label, [left - 7, px + 4], CAPTION_END))
  ).join("");
}

/** Round values of a stretch of time, and what is written there, in one unit. */
export function timeTicks(
  fromMs: number,
  toMs: number,
  most: number,
): readonly (readonly [atMs: number, text: string])[] {
  const { ms, symbol } = chooseUnit(Math.max(Math.abs(fromMs), toMs));
  return roundValues(fromMs / ms, toMs / ms, Math.max(1, Math.floor(most))).map(
    (value) => [
      value * ms,
      value === 0 ? "0" : `${value} ${symbol}`,
    ],
  );
}

/** An axis of no length would put everything in one place, and divide by zero. */
function widen(
  [low, high]: readonly [number, number],
  isLog: boolean,
): [number, number] {
  if (isLog) {
    const from = Math.max(low, 1e-300);
    return high > from * 1.0001 ? [from, high] : [from / 2, from * 2];
  }
  return high !== low ? [low, high] : [low, low + (Math.abs(low) || 1)];
}

function placeTicks(
  [low, high]: readonly [number, number],
  most: number,
  kind: AxisKind,
): number[] {
  const longest = Math.max(Math.abs(low), Math.abs(high));
  const unit = kind === "time"
    ? (longest >= 999.9 ? 1000 : chooseUnit(longest).ms)
    : kind === "bytes" || kind === "rate"
    ? 1024 ** Math.floor(Math.log2(Math.max(1, longest)) / 10)
    : 1;
  return roundValues(low / unit, high / unit, most).map((value) =>
    Number((value * unit).toPrecision(12))
  );
}

/** Powers of ten (of 16 or 1024 for bytes), with 2 and 5 between where there is room. */
function placeLogTicks(
  [low, high]: readonly [number, number],
  most: number,
  kind: AxisKind,
): number[] {
  const base = kind === "bytes" ? 16 : kind === "rate" ? 1024 : 10;
  const first = Math.floor(Math.log(low) / Math.log(base)) - 1;
  const last = Math.ceil(Math.log(high) / Math.log(base)) + 1;
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const within = (factors: readonly number[], every: number) =>
    powers.filter((power) => power % every === 0)
      // By division: negative powers of ten are not exact.
      .flatMap((power) =>
        factors.map((f) => power < 0 ? f / base ** -power : f * base ** power)
      )
      .filter((v) => v >= low * 0.9999 && v <= high * 1.0001);
  const choices = base === 10 ? [[1, 2, 5], [1, 3], [1]] : [[1]];
  for (const factors of choices) {
    const values = within(factors, 1);
    if (values.length <= most && values.length > 1) return values;
  }
  const all = within([1], 1);
  return all.length > 1
    ? within([1], Math.ceil(all.length / most))
    : placeTicks([low, high], Math.min(most, 3), kind).filter((v) => v > 0);
}

const WRITERS: Readonly<
  Record<AxisKind, (value: number, longest: number) => string>
> = {
  time: formatTick,
  number: (value) =>
    Math.abs(value) >= 10_000
      ? `${formatShort(value / 1000)}k`
      : String(Number(value.toPrecision(6))),
  times: (value) => `${formatShort(value)}×`,
  share: (value) => formatPercent(value),
  bytes: (value) => value === 0 ? "0" : formatBytes(value),
  rate: (value) => `${formatBytes(value)}/s`,
};

const TITLE_PX = 33;
