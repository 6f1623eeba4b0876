/**
 * Waits over the rate of requests: flat, and then steep, like a hockey stick.
 *
 * Pure.
 * @module
 */

import type { Latency, LoadPoint, LoadReport } from "./report.ts";
import type { Block } from "../../plot/core/card.ts";
import {
  type Axis,
  drawLevels,
  drawTicks,
  makeAxis,
} from "../../plot/core/sample_axis.ts";
import { drawMark } from "../measure/figure_marks.ts";
import { roundPx, textLine } from "../../plot/core/text.ts";
import { SPACE, TYPE } from "../../plot/core/visual.ts";

/**
 * Draws waits over rates.
 *
 * @param report What was found, at two rates or more.
 * @returns A block of a card.
 */
export function stickBlock({ open, closed }: LoadReport): Block {
  const points = [...open, ...closed].filter(({ answered }) => answered > 0);
  const waits = points.flatMap(({ latency }) => [latency.p50Ms, latency.p99Ms])
    .filter((ms) => ms > 0);
  const y = makeAxis({
    domain: [Math.min(...waits) / 1.3, Math.max(...waits) * 1.3],
    range: [BOTTOM_PX, TOP_PX],
    isLog: true,
    most: 6,
  });
  const rates = open.map(({ ratePerS }) => ratePerS);
  const x = makeAxis({
    domain: [0, Math.max(...rates) * 1.04],
    range: [LEFT_PX, RIGHT_PX],
    most: 7,
    kind: "number",
  });
  const lines = SERIES.map(({ pick, from, ...style }) => ({
    ...style,
    pick,
    points: (from === "open" ? open : closed).filter(({ answered }) =>
      answered > 0
    ),
  })).filter((line) => line.points.length > 0);
  const caption = { sizePx: TYPE.caption, look: "skein-muted" } as const;
  return {
    markup: drawLevels(y, [LEFT_PX, RIGHT_PX]) +
      drawTicks(x, [TOP_PX, BOTTOM_PX]) +
      drawLimit(open, x) +
      lines.map((line) => drawSeries(line, x, y)).join("") +
      nameSeries(lines, y) +
      textLine("wait, logarithmic", [SPACE.edge, 8], caption) +
      textLine("requests a second", [LEFT_PX, BOTTOM_PX + 32], caption),
    heightPx: BOTTOM_PX + 36,
  };
}

interface Line {
  readonly name: string;
  readonly look: string;
  readonly mark: number;
  readonly isDashed: boolean;
  readonly pick: (latency: Latency) => number;
  readonly points: readonly LoadPoint[];
}

/** From where on answers did not keep up: halfway to the rate before. */
function drawLimit(open: readonly LoadPoint[], x: Axis): string {
  const index = open.findIndex(({ isSaturated }) => isSaturated);
  if (index === -1) return "";
  const before = open[index - 1]?.ratePerS ?? 0;
  const px = roundPx((x.at(before) + x.at(open[index]!.ratePerS)) / 2);
  const hasRoom = RIGHT_PX - px > 130;
  return `<path class="skein-end" d="M${px} ${TOP_PX}V${BOTTOM_PX}"/>` +
    textLine("answers do not keep up", [px + (hasRoom ? 6 : -6), 8], {
      sizePx: TYPE.caption,
      anchor: hasRoom ? "start" : "end",
      look: "skein-muted",
    });
}

function drawSeries(line: Line, x: Axis, y: Axis): string {
  const { points, look, mark, isDashed, pick } = line;
  const places = points.map(({ ratePerS, latency }) =>
    [x.at(ratePerS), y.at(pick(latency))] as const
  );
  const path = places.map(([px, py], index) =>
    `${index === 0 ? "M" : "L"}${roundPx(px)} ${roundPx(py)}`
  ).join("");
  const dash = isDashed ? ";stroke-dasharray:5 4" : "";
  const dots = places.map((place, index) => {
    const dot = drawMark(mark, place, look, 3.5);
    // Hollow: in a growing queue the number says more of the time than of the function.
    return points[index]!.isSaturated
      ? `<g fill-opacity="0" stroke-width="1.5">${dot}</g>`
      : dot;
  });
  return `<path class="${look}" style="fill:none;stroke-width:2px${dash}" d="${path}"/>` +
    dots.join("");
}

/** Names at the right ends of the lines, moved apart where they would collide. */
function nameSeries(lines: readonly Line[], y: Axis): string {
  let above = -Infinity;
  return lines.map((line) => ({
    line,
    at: y.at(line.pick(line.points.at(-1)!.latency)) + 4,
  })).toSorted((one, other) => one.at - other.at).map(({ line, at }) => {
    const baseline = Math.max(at, above + 14);
    above = baseline;
    return textLine(line.name, [RIGHT_PX + 6, baseline], {
      sizePx: TYPE.caption,
      look: "skein-bold",
    });
  }).join("");
}

const SERIES = [
  {
    name: "99 of 100",
    look: "skein-workers",
    mark: 0,
    isDashed: false,
    from: "open",
    pick: (latency: Latency) => latency.p99Ms,
  },
  {
    name: "half",
    look: "skein-async",
    mark: 1,
    isDashed: false,
    from: "open",
    pick: (latency: Latency) => latency.p50Ms,
  },
  {
    name: "99, closed",
    look: "skein-sequential",
    mark: 2,
    isDashed: true,
    from: "closed",
    pick: (latency: Latency) => latency.p99Ms,
  },
] as const;
const LEFT_PX = SPACE.edge + 52;
const RIGHT_PX = SPACE.width - SPACE.edge - 74;
const TOP_PX = 20;
const BOTTOM_PX = 190;
