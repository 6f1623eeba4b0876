/**
 * How waits are spread at one rate: the wait of the slowest in ten, in a
 * hundred, in a thousand.
 *
 * Each step to the right is ten times rarer, as what is rare is what hurts.
 * Pure.
 * @module
 */

import type { Latency, LoadPoint, LoadReport } from "./report.ts";
import { formatDuration } from "../../base/mod.ts";
import type { Block } from "../../plot/core/card.ts";
import {
  type Axis,
  drawLevels,
  makeAxis,
} from "../../plot/core/sample_axis.ts";
import { roundPx, textLine, textWidth } from "../../plot/core/text.ts";
import { SPACE, TYPE } from "../../plot/core/visual.ts";

/** One rate, sent in one way or both. */
export interface CurvePair {
  /** The open loop. */
  readonly open: LoadPoint;
  /** The closed loop; `null` if there was none. */
  readonly closed: LoadPoint | null;
}

/**
 * Chooses the rate whose spread says most: where open and closed loop differ
 * most, else the highest at which answers kept up.
 *
 * @param report What was found.
 * @returns The rate; `null` if nothing was answered.
 */
export function chooseCurve({ open, closed }: LoadReport): CurvePair | null {
  const pairs = open.map((point, index): CurvePair => ({
    open: point,
    closed: closed[index] ?? null,
  })).filter((pair) => pair.open.answered > 0);
  const gap = (pair: CurvePair) =>
    pair.closed === null || pair.closed.latency.p99Ms === 0
      ? 0
      : pair.open.latency.p99Ms / pair.closed.latency.p99Ms;
  const widest = pairs.toSorted((one, other) => gap(other) - gap(one))[0];
  if (widest !== undefined && gap(widest) > 0) return widest;
  return pairs.findLast((pair) => !pair.open.isSaturated) ?? pairs[0] ?? null;
}

/**
 * Draws the spread of waits.
 *
 * @param pair One rate.
 * @returns A block of a card.
 */
export function curveBlock({ open, closed }: CurvePair): Block {
  const all = [open, ...(closed === null ? [] : [closed])];
  const nines = Math.min(
    4,
    Math.max(1, ...all.map(({ answered }) => Math.log10(answered))),
  );
  const x = (part: number) =>
    LEFT_PX +
    Math.min(1, -Math.log10(Math.max(1e-9, 1 - part)) / nines) *
      (RIGHT_PX - LEFT_PX);
  const lows = all.flatMap(({ latency }) => latency.buckets[0]?.from ?? []);
  const low = Math.min(...lows);
  const high = Math.max(...all.map(({ latency }) => latency.maxMs));
  const isLog = low > 0 && high / low > 8;
  const y = makeAxis({
    domain: isLog ? [low / 1.2, high * 1.2] : [0, high * 1.1],
    range: [BOTTOM_PX, TOP_PX],
    isLog,
    most: 6,
  });
  const marks = MARKS.filter(([part]) => -Math.log10(1 - part) <= nines);
  const ticks = marks.map(([part, label]) =>
    `<path class="skein-grid" d="M${
      roundPx(x(part))
    } ${TOP_PX}V${BOTTOM_PX}"/>` +
    textLine(label, [x(part), BOTTOM_PX + 16], {
      sizePx: TYPE.caption,
      anchor: "middle",
      look: "skein-muted",
    })
  );
  const caption = { sizePx: TYPE.caption, look: "skein-muted" } as const;
  return {
    markup: drawLevels(y, [LEFT_PX, RIGHT_PX]) + ticks.join("") +
      (closed === null
        ? ""
        : drawLine(closed.latency, { x, y }, "skein-sequential", true)) +
      drawLine(open.latency, { x, y }, "skein-workers", false) +
      nameMaxima(all, y) +
      textLine("wait", [SPACE.edge, 8], caption) +
      textLine(
        "so many of all requests waited no longer",
        [LEFT_PX, BOTTOM_PX + 32],
        caption,
      ),
    heightPx: BOTTOM_PX + 36,
  };
}

function drawLine(
  { buckets, maxMs }: Latency,
  { x, y }: { readonly x: (part: number) => number; readonly y: Axis },
  look: string,
  isDashed: boolean,
): string {
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return "";
  let seen = 0;
  const steps = buckets.map(({ from, to, count }) => {
    seen += count;
    return [x(seen / total), y.at(Math.min(maxMs, Math.sqrt(from * to)))];
  });
  const path = steps.map(([px, py], index) =>
    `${index === 0 ? `M${LEFT_PX} ${roundPx(py!)}` : ""}L${roundPx(px!)} ${
      roundPx(py!)
    }`
  ).join("");
  const dash = isDashed ? ";stroke-dasharray:5 4" : "";
  return `<path class="${look}" style="fill:none;stroke-width:2px${dash}" d="${path}"/>`;
}

/** The longest waits, at the right end; two that would collide are moved apart. */
function nameMaxima(points: readonly LoadPoint[], y: Axis): string {
  const places = points.map(({ latency }) => y.at(latency.maxMs) - 6);
  const [one, other] = places;
  if (one !== undefined && other !== undefined && Math.abs(one - other) < 15) {
    places[1] = one + 26;
  }
  return points.map(({ latency }, index) => {
    const words = `${index === 0 ? "open" : "closed"}: longest ${
      formatDuration(latency.maxMs)
    }`;
    const baseline = Math.max(places[index]!, TYPE.small);
    const left = RIGHT_PX - textWidth(words, TYPE.small, true);
    return textLine(words, [Math.max(LEFT_PX, left), baseline], {
      sizePx: TYPE.small,
      look: "skein-bold skein-halo",
    });
  }).join("");
}

const MARKS = [
  [0, "0"],
  [0.5, "50 %"],
  [0.9, "90 %"],
  [0.99, "99 %"],
  [0.999, "99.9 %"],
  [0.9999, "99.99 %"],
] as const;
const LEFT_PX = SPACE.edge + 52;
const RIGHT_PX = SPACE.width - SPACE.edge - 22;
const TOP_PX = 20;
const BOTTOM_PX = 180;
