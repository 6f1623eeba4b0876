/**
 * Draws counters below the lanes of a view, and marked moments through them. Pure.
 * @module
 */
import { CAPTION, roundPx, textLine } from "../core/mod.ts";
import {
  type LanePlaces,
  scaleTime,
  type Scene,
  type SceneCounter,
  type View,
} from "./scene.ts";

export interface DrawnCounters {
  readonly markup: string;
  readonly bottom: number;
}

export function drawCounters(
  scene: Scene,
  view: View,
  topPx: number,
): DrawnCounters {
  const { leftPx, rightPx, edgePx } = scene;
  const short = (value: number) => String(Number(value.toPrecision(4)));
  let bottom = topPx;
  const parts = scene.counters.map((counter) => {
    bottom += CHART_PX + 24;
    const values = counter.samples.map(([, value]) => value);
    const low = values.reduce((least, value) => Math.min(least, value), 0);
    const high = values.reduce((most, value) => Math.max(most, value), low);
    const y = (value: number) =>
      roundPx(
        bottom - (high === low ? 0 : (value - low) / (high - low) * CHART_PX),
      );
    const line = traceCounter(counter, scene, view, [y, high]);
    const start = /^M([\d.]+)/.exec(line)?.[1] ?? leftPx;
    const base = y(Math.max(0, low));
    const area = line === ""
      ? ""
      : `<path class="skein-area skein-running" d="${line}V${base}H${start}Z"/>` +
        `<path class="skein-line skein-running-line" d="${line}"/>`;
    const place = bottom - CHART_PX - 6;
    return `<path class="skein-grid" d="M${leftPx} ${bottom}H${rightPx}"/>${area}` +
      textLine(
        `${counter.name}, ${short(low)} to ${short(high)} ${counter.unit}`,
        [edgePx, place],
        CAPTION,
      );
  });
  return {
    markup: parts.join(""),
    bottom: parts.length > 0 ? bottom + 4 : bottom,
  };
}

/** The steps of a counter; of samples closer than a third of a pixel, their extent. */
function traceCounter(
  { samples }: SceneCounter,
  scene: Scene,
  view: View,
  [y, high]: readonly [y: (value: number) => number, high: number],
): string {
  const { leftPx, rightPx } = scene;
  const x = scaleTime(scene, view);
  let line = "";
  let lastX = -1;
  let lastValue: number | undefined;
  const place = (atMs: number, value: number) => {
    const px = Math.min(rightPx, Math.max(leftPx, x(atMs)));
    if (line === "") line = `M${roundPx(px)} ${y(value)}`;
    else if (px - lastX > 0.34 || value === high) {
      line += `H${roundPx(px)}V${y(value)}`;
    } else line += `V${y(value)}`;
    lastX = px;
    lastValue = value;
  };
  for (const [atMs, value] of samples) {
    if (atMs > view.toMs) break;
    // Before the view only the last value counts.
    if (atMs < view.fromMs) {
      lastValue = value;
      continue;
    }
    if (line === "" && lastValue !== undefined) place(view.fromMs, lastValue);
    place(atMs, value);
  }
  if (line === "" && lastValue !== undefined) place(view.fromMs, lastValue);
  return line === "" ? "" : `${line}H${rightPx}`;
}

/** Moments: the room that their words take above the lanes, and a way to draw them. */
export interface DrawnMarks {
  readonly heightPx: number;
  readonly hidden: number;
  readonly draw: (places: LanePlaces) => string;
}

/** Places the words of moments in up to three tiers. */
export function drawMarks(scene: Scene, view: View): DrawnMarks {
  const { rightPx, markPx } = scene;
  const x = scaleTime(scene, view);
  const ends: number[] = [];
  let hidden = 0;
  const placed = scene.marks.filter(({ atMs, lane }) =>
    atMs >= view.fromMs && atMs <= view.toMs &&
    (lane < 0 || view.shown[lane] === true)
  ).map((mark) => {
    const at = x(mark.atMs);
    const isLeft = at + 4 + mark.textPx > rightPx + 6;
    const from = isLeft ? at - 4 - mark.textPx : at - 2;
    const to = isLeft ? at + 2 : at + 4 + mark.textPx;
    let tier = 0;
    while (tier < TIERS && (ends[tier] ?? -Infinity) > from - 6) tier++;
    if (tier === TIERS) hidden++;
    else ends[tier] = to;
    return { ...mark, at, isLeft, tier };
  });
  const draw = ({ tops, top, bottom }: LanePlaces) =>
    placed.map(({ at, isLeft, tier, text, lane }) => {
      const laneTop = lane < 0 ? -1 : tops[lane]!;
      const y1 = tier < TIERS ? tier * TIER_PX + 3 : top;
      const half = markPx / 2 + 1;
      const sign = laneTop < 0
        ? ""
        : `<path class="skein-ink" d="M${roundPx(at)} ${
          laneTop - 1
        }l4 ${half}l-4 ${half}l-4 ${-half}z"/>`;
      const words = tier === TIERS ? "" : textLine(
        text,
        [isLeft ? at - 4 : at + 4, tier * TIER_PX + 12],
        {
          sizePx: 11,
          look: "skein-halo",
          anchor: isLeft ? "end" : "start",
        },
      );
      return `<path class="skein-end" d="M${roundPx(at)} ${y1}V${
        roundPx(laneTop < 0 ? bottom : laneTop)
      }"/>${sign}${words}`;
    }).join("");
  const heightPx = ends.length === 0 ? 0 : ends.length * TIER_PX + 4;
  return { heightPx, hidden, draw };
}

const CHART_PX = 34;
const TIER_PX = 15;
const TIERS = 3;
