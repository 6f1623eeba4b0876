/**
 * The picture of a crossover: from which size of a task on parallel work pays.
 *
 * One curve a way over a logarithmic size; where it crosses 1× it begins to pay,
 * as far as the measuring can tell. Pure.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import { groundsOf, listUnmet, ratioInWords } from "../../explain/mod.ts";
import {
  drawMark,
  type Figure,
  type Frame,
  type Look,
  makeLegend,
  type Place,
  roundPx,
} from "../../plot/core/mod.ts";
import {
  type Curve,
  curveKeys,
  drawChart,
  KEYS,
  logAxis,
  measuredFigure,
} from "../figures.ts";
import { interpolateRatio } from "../fit/crossing.ts";
import type { Crossover, CrossoverCurve, CrossoverModel } from "./crossover.ts";
import { CROSSOVER_NAMES } from "./findings.ts";

export function crossoverFigure(crossover: Crossover): Figure {
  const { stamp, curves, sizes } = crossover;
  // Beside others that had the cores, no size is told: see `findings.ts`.
  const isTold = listUnmet(["alone"], groundsOf(stamp)).length === 0;
  const chart = curves.map((curve) => toCurve(curve, isTold));
  const ends = curves.flatMap(({ points }) =>
    points.map(({ speedup }) => speedup.high)
  );
  return measuredFigure(crossover, {
    table: [
      [
        "task",
        "called with",
        ...curves.map(({ model }) => CROSSOVER_NAMES[model]),
      ],
      ...sizes.map(({ size, taskMs }, row) => [
        formatDuration(taskMs),
        String(size),
        ...curves.map(({ points }) => ratioInWords(points[row]!.speedup, "")),
      ]),
    ],
    draw: (paper) => [
      drawChart({
        x: logAxis(sizes.map(({ taskMs }) => taskMs), 1.25, {
          kind: "time",
          title: "size of one task: the time it takes by itself",
        }),
        y: {
          domain: [0, Math.max(1.3, ...ends) * 1.06],
          kind: "times",
          title: "speed-up against one after another",
        },
        heightPx: 240,
        curves: chart,
        under: ({ left, right, y }) =>
          drawSpan([left, right], y(1), "stroke-width:1.5px"),
        over: (frame) =>
          isTold
            ? curves.map((curve) => drawCrossing(curve, frame)).join("")
            : "",
      }, paper),
      makeLegend([
        ...curveKeys(chart, paper),
        KEYS.whisker(LOOKS.pool, "median, 95 % interval"),
        ...isTold
          ? [{
            mark: drawSpan([0, 22], 7) + drawMark([11, 7], CROSSING),
            name: `pays from here on, ${nameInterval(stamp.samples)}`,
          }]
          : [],
      ], paper),
    ],
  });
}

function toCurve(
  { model, points, crossing }: CrossoverCurve,
  isTold: boolean,
): Curve {
  const look = LOOKS[model];
  return {
    look,
    name: SHORT_NAMES[model],
    note: isTold
      ? describeCrossing(crossing)
      : "from which size it pays: unknown",
    points: points.map(({ taskMs, speedup: { ratio, low, high } }) => ({
      at: [taskMs, ratio],
      low,
      high,
    })),
    // Between two sizes the curve is what the crossing was computed from.
    line: points.flatMap(({ taskMs, speedup }, index): Place[] => {
      const next = points[index + 1];
      const here = { size: taskMs, ratio: speedup.ratio };
      if (next === undefined) return [[taskMs, speedup.ratio]];
      const there = { size: next.taskMs, ratio: next.speedup.ratio };
      return Array.from({ length: STEPS }, (_, step) => {
        const size = taskMs * (next.taskMs / taskMs) ** (step / STEPS);
        return [size, interpolateRatio([here, there], size)];
      });
    }),
    style: { isDashed: look.isHollow ?? false },
  };
}

function drawCrossing({ crossing }: CrossoverCurve, frame: Frame): string {
  if (crossing.type !== "at") return "";
  const { x, y, left, right } = frame;
  const { low, high, size } = crossing;
  const from = low === null ? left : x(low);
  const to = high === null ? right : x(high);
  return drawSpan([from, to], y(1)) + drawMark([x(size), y(1)], CROSSING);
}

function drawSpan(
  [from, to]: readonly [number, number],
  middle: number,
  style = "stroke-width:5px;stroke-opacity:.35",
): string {
  return `<path class="skein-median" d="M${roundPx(from)} ${roundPx(middle)}H${
    roundPx(to)
  }" style="${style}"/>`;
}

function describeCrossing(crossing: CrossoverCurve["crossing"]): string {
  if (crossing.type === "never") return "never pays here";
  return crossing.type === "always"
    ? "pays for all sizes"
    : `pays from ${formatDuration(crossing.size)}`;
}

const LOOKS: Readonly<Record<CrossoverModel, Look>> = {
  pool: { shape: "circle", look: "skein-workers" },
  workers: { shape: "triangle", look: "skein-workers", isHollow: true },
  processes: { shape: "square", look: "skein-processes" },
};
const SHORT_NAMES: Readonly<Record<CrossoverModel, string>> = {
  pool: "warm Workers",
  workers: "a Worker each",
  processes: "a process each",
};
const CROSSING: Look = { shape: "diamond", look: "skein-ink", radiusPx: 5.5 };
const STEPS = 12;
