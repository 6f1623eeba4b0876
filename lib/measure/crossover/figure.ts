/**
 * The picture of a crossover: from which size of a task on parallel work pays.
 *
 * One curve a way over a logarithmic size; where it crosses 1× it begins to pay,
 * as far as the measuring can tell. Pure.
 * @module
 */
import { formatDuration, formatTimes } from "../../base/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import {
  type Block,
  describeStamp,
  drawLine,
  drawMark,
  drawWhisker,
  type Figure,
  type Frame,
  labelSeries,
  type Look,
  makeFigure,
  makeFrame,
  makeLegend,
  type Paper,
  roundPx,
  ROUNDS,
  type Series,
  seriesEntries,
  seriesRoom,
  warningOf,
} from "../../plot/core/mod.ts";
import { interpolateRatio } from "../fit/crossing.ts";
import { CROSSOVER_NAMES } from "./findings.ts";
import type { Crossover, CrossoverCurve, CrossoverModel } from "./result.ts";

/** Draws a crossover. */
export function crossoverFigure(crossover: Crossover): Figure {
  const { title, findings, stamp, curves, sizes } = crossover;
  return makeFigure({
    title,
    findings,
    warning: warningOf(stamp),
    captions: [describeStamp(stamp, ROUNDS)],
    table: [
      [
        "task",
        "called with",
        ...curves.map(({ model }) => CROSSOVER_NAMES[model]),
      ],
      ...sizes.map(({ size, taskMs }, row) => [
        formatDuration(taskMs),
        String(size),
        ...curves.map(({ points }) => {
          const { ratio, low, high } = points[row]!.speedup;
          return `${formatTimes(ratio)} (${formatTimes(low)} to ${
            formatTimes(high)
          })`;
        }),
      ]),
    ],
    draw: (paper) => {
      const series = curves.map(({ model, points, crossing }): Series => ({
        look: LOOKS[model],
        name: SHORT_NAMES[model],
        note: describeCrossing(crossing),
        value: points.at(-1)!.speedup.ratio,
      }));
      return [
        drawCurves(crossover, series, paper),
        makeLegend([
          ...seriesEntries(series, paper),
          {
            mark: drawWhisker(11, [0.5, 13.5]) + drawMark([11, 7], LOOKS.pool),
            name: "median, 95 % interval",
          },
          {
            mark: drawSpan(0, 22, 7) + drawMark([11, 7], CROSSING),
            name: `pays from here on, ${nameInterval(stamp.samples)}`,
          },
        ], paper),
      ];
    },
  });
}

function drawCurves(
  { curves, sizes }: Crossover,
  series: readonly Series[],
  paper: Paper,
): Block {
  const times = sizes.map(({ taskMs }) => taskMs);
  const highest = Math.max(
    1.3,
    ...curves.flatMap(({ points }) =>
      points.map(({ speedup }) => speedup.high)
    ),
  ) * 1.06;
  const frame = makeFrame(paper, {
    x: {
      isLog: true,
      domain: [Math.min(...times) / 1.25, Math.max(...times) * 1.25],
      kind: "time",
      title: "size of one task: the time it takes by itself",
    },
    y: {
      domain: [0, highest],
      kind: "times",
      title: "speed-up against one after another",
    },
    heightPx: 240,
    rightPx: seriesRoom(series, paper),
  });
  const { y, left, right } = frame;
  return {
    markup: [
      frame.markup,
      `<path class="skein-median" d="M${left} ${
        roundPx(y(1))
      }H${right}" style="stroke-width:1.5px"/>`,
      ...curves.map((curve) => drawCurve(curve, frame)),
      ...curves.map((curve) => drawCrossing(curve, frame)),
      labelSeries(series, frame, paper),
    ].join(""),
    heightPx: frame.heightPx,
  };
}

function drawCurve({ model, points }: CrossoverCurve, { x, y }: Frame): string {
  const look = LOOKS[model];
  const places = points.flatMap(({ taskMs, speedup }, index) => {
    const next = points[index + 1];
    const here = { size: taskMs, ratio: speedup.ratio };
    if (next === undefined) return [here];
    const there = { size: next.taskMs, ratio: next.speedup.ratio };
    // Between two sizes the curve is what the crossing was computed from.
    return Array.from({ length: STEPS }, (_, step) => {
      const size = taskMs * (next.taskMs / taskMs) ** (step / STEPS);
      return { size, ratio: interpolateRatio([here, there], size) };
    });
  });
  return drawLine(
    places.map(({ size, ratio }) => [x(size), y(ratio)]),
    look.look,
    { isDashed: look.isHollow ?? false },
  ) +
    points.map(({ taskMs, speedup }) =>
      drawWhisker(x(taskMs), [y(speedup.high), y(speedup.low)]) +
      drawMark([x(taskMs), y(speedup.ratio)], look)
    ).join("");
}

function drawCrossing({ crossing }: CrossoverCurve, frame: Frame): string {
  if (crossing.type !== "at") return "";
  const { x, y, left, right } = frame;
  const { low, high, size } = crossing;
  const from = low === null ? left : x(low);
  const to = high === null ? right : x(high);
  return drawSpan(from, to, y(1)) + drawMark([x(size), y(1)], CROSSING);
}

function drawSpan(from: number, to: number, middle: number): string {
  return `<path class="skein-median" d="M${roundPx(from)} ${roundPx(middle)}H${
    roundPx(to)
  }" style="stroke-width:5px;stroke-opacity:.35"/>`;
}

function describeCrossing(crossing: CrossoverCurve["crossing"]): string {
  switch (crossing.type) {
    case "never":
      return "never pays here";
    case "always":
      return "pays for all sizes";
    case "at":
      return `pays from ${formatDuration(crossing.size)}`;
    default:
      return crossing satisfies never;
  }
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
