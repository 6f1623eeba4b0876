/**
 * Draws counters as step charts, and marked moments as lines with words.
 *
 * Pure, and uses nothing from outside itself: see `recording_draw.ts`.
 * @module
 */
import type { LanePlaces, View } from "./recording_draw.ts";
import type { Scene } from "./recording_scene.ts";
import { escapeText } from "../core/text.ts";

/** Counters as they are drawn. */
export interface DrawnCounters {
  /** SVG elements. */
  readonly markup: string;
  /** Lower edge, pixels. */
  readonly bottom: number;
}

/** Marked moments, whose lines are drawn once it is known where lanes are. */
export interface DrawnMarks {
  /** How high the words above the lanes are, pixels. */
  readonly heightPx: number;
  /** Words for which there was no room. */
  readonly hidden: number;
  /** Draws words and lines. */
  readonly draw: (places: LanePlaces) => string;
}

/**
 * Draws counters under one another.
 *
 * @example Nothing to count
 * ```ts
 * import assert from "node:assert/strict";
 * import { EMPTY } from "../gallery/recording_fixtures.ts";
 * import { makeScene } from "./recording_scene.ts";
 * const view = { fromMs: 0, toMs: 1, shown: [] };
 * assert.equal(drawCounters(makeScene(EMPTY), view, 30).bottom, 30);
 * ```
 *
 * @param scene What there is to draw.
 * @param view Which part of it.
 * @param topPx Where the first begins, pixels.
 * @returns The charts.
 */
export function drawCounters(
  scene: Scene,
  view: View,
  topPx: number,
): DrawnCounters {
  const { leftPx, rightPx, edgePx } = scene;
  const scale = (rightPx - leftPx) / (view.toMs - view.fromMs);
  const round = (px: number) => Math.round(px * 10) / 10;
  const short = (value: number) => String(Number(value.toPrecision(4)));
  const chartPx = 34;
  let bottom = topPx;
  const parts = scene.counters.map(({ name, unit, samples }) => {
    bottom += chartPx + 12;
    const values = samples.map(([, value]) => value);
    const low = values.reduce((least, value) => Math.min(least, value), 0);
    const high = values.reduce((most, value) => Math.max(most, value), low);
    const y = (value: number) =>
      bottom - (high === low ? 0 : (value - low) / (high - low) * chartPx);
    let line = "";
    let lastX = -1;
    let lastValue: number | undefined;
    const place = (atMs: number, value: number) => {
      const px = Math.min(
        rightPx,
        Math.max(leftPx, leftPx + (atMs - view.fromMs) * scale),
      );
      if (line === "") line = `M${round(px)} ${round(y(value))}`;
      // Of samples closer than a third of a pixel only what they add up to shows.
      else if (px - lastX > 0.34 || value === high) {
        line += `H${round(px)}V${round(y(value))}`;
      } else line += `V${round(y(value))}`;
      lastX = px;
      lastValue = value;
    };
    for (const [atMs, value] of samples) {
      if (atMs > view.toMs) break;
      // Before the view only the last value counts.
      if (atMs < view.fromMs) lastValue = value;
      else {
        if (line === "" && lastValue !== undefined) {
          place(view.fromMs, lastValue);
        }
        place(atMs, value);
      }
    }
    if (line === "" && lastValue !== undefined) place(view.fromMs, lastValue);
    if (line !== "") line += `H${rightPx}`;
    const start = /^M([\d.]+)/.exec(line)?.[1] ?? leftPx;
    const base = round(y(Math.max(0, low)));
    const area = line === ""
      ? ""
      : `<path class="skein-area skein-running" d="${line}V${base}H${start}Z"/>` +
        `<path class="skein-line skein-running-line" d="${line}"/>`;
    return `<path class="skein-grid" d="M${leftPx} ${bottom}H${rightPx}"/>${area}` +
      `<text x="${edgePx}" y="${bottom - chartPx + 12}" font-size="12">${
        escapeText(name)
      }</text><text x="${edgePx}" y="${
        bottom - chartPx + 26
      }" font-size="11" class="skein-muted">${short(low)} to ${short(high)} ${
        escapeText(unit)
      }</text>`;
  });
  return {
    markup: parts.join(""),
    bottom: parts.length > 0 ? bottom + 4 : bottom,
  };
}

/**
 * Gives marked moments words that do not collide, in up to three tiers.
 *
 * @example Nothing is marked
 * ```ts
 * import assert from "node:assert/strict";
 * import { EMPTY } from "../gallery/recording_fixtures.ts";
 * import { makeScene } from "./recording_scene.ts";
 * const view = { fromMs: 0, toMs: 1, shown: [] };
 * assert.equal(drawMarks(makeScene(EMPTY), view).heightPx, 0);
 * ```
 *
 * @param scene What there is to draw.
 * @param view Which part of it.
 * @returns The words' height, and what draws them.
 */
export function drawMarks(scene: Scene, view: View): DrawnMarks {
  const { leftPx, rightPx, markPx } = scene;
  const scale = (rightPx - leftPx) / (view.toMs - view.fromMs);
  const round = (px: number) => Math.round(px * 10) / 10;
  const tierPx = 15;
  const ends: number[] = [];
  let hidden = 0;
  const placed = scene.marks.filter(({ atMs, lane }) =>
    atMs >= view.fromMs && atMs <= view.toMs &&
    (lane < 0 || view.shown[lane] === true)
  ).map((mark) => {
    const x = leftPx + (mark.atMs - view.fromMs) * scale;
    const isLeft = x + 4 + mark.textPx > rightPx + 6;
    const from = isLeft ? x - 4 - mark.textPx : x - 2;
    const to = isLeft ? x + 2 : x + 4 + mark.textPx;
    let tier = 0;
    while (tier < 3 && (ends[tier] ?? -Infinity) > from - 6) tier++;
    if (tier === 3) hidden++;
    else ends[tier] = to;
    return { ...mark, x, isLeft, tier };
  });
  const heightPx = ends.length === 0 ? 0 : ends.length * tierPx + 4;
  const draw = ({ tops, top, bottom }: LanePlaces) =>
    placed.map(({ x, isLeft, tier, text, lane }) => {
      const laneTop = lane < 0 ? -1 : tops[lane]!;
      const y1 = tier < 3 ? tier * tierPx + 3 : top;
      const y2 = laneTop < 0 ? bottom : laneTop;
      const sign = laneTop < 0
        ? ""
        : `<path class="skein-ink" d="M${round(x)} ${laneTop - 1}l4 ${
          markPx / 2 + 1
        }l-4 ${markPx / 2 + 1}l-4 ${-markPx / 2 - 1}z"/>`;
      const words = tier === 3
        ? ""
        : `<text class="skein-halo" x="${round(isLeft ? x - 4 : x + 4)}" y="${
          tier * tierPx + 12
        }" font-size="11"${isLeft ? ' text-anchor="end"' : ""}>${
          escapeText(text)
        }</text>`;
      return `<path class="skein-end" d="M${round(x)} ${y1}V${
        round(y2)
      }"/>${sign}${words}`;
    }).join("");
  return { heightPx, hidden, draw };
}
