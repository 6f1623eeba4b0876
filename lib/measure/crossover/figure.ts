/**
 * The crossover picture: speed-up over task size, with the line where it pays.
 *
 * One curve a model on a logarithmic axis of sizes; a diamond marks where it
 * comes to stay above 1, a bar how sure that is. Pure.
 * @module
 */

import {
  type Displayable,
  formatDuration,
  formatNumber,
  formatShort,
  formatTick,
} from "../../base/mod.ts";
import { CROSSOVER_NAMES } from "./findings.ts";
import type { Crossover, CrossoverCurve, CrossoverModel } from "./result.ts";
import { interpolateRatio } from "../fit/crossing.ts";
import type { Block, Figure } from "../../plot/core/card.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import { makeLegend } from "../../plot/core/legend.ts";
import {
  makeResultCard,
  type ResultParts,
  showResult,
} from "../../plot/core/result_card.ts";
import {
  type Frame,
  logTicks,
  makeFrame,
  spreadLabels,
} from "../../plot/core/chart.ts";
import {
  drawLine,
  drawMark,
  drawWhisker,
  type MarkLook,
} from "../../plot/core/chart_marks.ts";
import { roundPx, textLine } from "../../plot/core/text.ts";
import { TYPE } from "../../plot/core/visual.ts";

/**
 * Shows from which task size on models pay.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "../../base/display.ts";
 * import { CROSSOVER } from "../../plot/gallery/crossover_gallery_data.ts";
 * const bundle = await showCrossover(CROSSOVER)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /pays from tasks of 212 µs on/);
 * ```
 *
 * @param crossover What was measured.
 * @returns A value shown as one image, or as a text table.
 */
export function showCrossover(crossover: Crossover): Displayable {
  return showResult(crossover, () => makeParts(crossover));
}

/**
 * Draws from which task size on models pay.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CROSSOVER } from "../../plot/gallery/crossover_gallery_data.ts";
 * assert.match(crossoverFigure(CROSSOVER).svg, /^<svg /);
 * ```
 *
 * @param crossover What was measured.
 * @returns The image and its text alternative.
 */
export function crossoverFigure(crossover: Crossover): Figure {
  return makeResultCard(crossover, makeParts(crossover));
}

function makeParts(crossover: Crossover): ResultParts {
  const { curves, sizes } = crossover;
  return {
    blocks: [
      drawCurves(crossover),
      makeLegend([
        {
          mark: drawWhisker(11, [0.5, 13.5], "skein-axis") +
            drawMark([11, 7], LOOKS.pool),
          name: "median, 95 % interval",
          meaning: "",
        },
        {
          mark: drawSpan(0, 22, 7) + drawMark([11, 7], CROSSING),
          name: `pays from here on, ${nameInterval(crossover.stamp.samples)}`,
          meaning: "",
        },
      ]),
    ],
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
          return `${formatNumber(ratio)}× (${formatNumber(low)}–${
            formatNumber(high)
          })`;
        }),
      ]),
    ],
  };
}

function drawCurves({ curves, sizes }: Crossover): Block {
  const times = sizes.map(({ taskMs }) => taskMs);
  const [least, most] = [Math.min(...times), Math.max(...times)];
  const highest = Math.max(
    1.3,
    ...curves.flatMap(({ points }) =>
      points.map(({ speedup }) => speedup.high)
    ),
  ) * 1.06;
  const step = [0.5, 1, 2, 4, 8].find((step) => highest / step <= 6) ?? 16;
  const frame = makeFrame({
    x: {
      type: "log",
      domain: [least / 1.25, most * 1.25],
      ticks: logTicks([least / 1.25, most * 1.25], (ms) => formatTick(ms)),
      title: "size of one task: the time it takes by itself",
    },
    y: {
      type: "linear",
      domain: [0, highest],
      ticks: Array.from(
        { length: Math.floor(highest / step) + 1 },
        (_, index) => ({
          value: index * step,
          label: `${formatShort(index * step)}×`,
        }),
      ),
      title: "speed-up against one after another",
    },
    heightPx: 240,
    rightPx: LABELS_PX,
  });
  const { y, left, right } = frame;
  const even = roundPx(y(1));
  return {
    markup: [
      frame.markup,
      `<path class="skein-median" d="M${left} ${even}H${right}" style="stroke-width:1.5px"/>`,
      ...curves.map((curve) => drawCurve(curve, frame)),
      ...curves.map((curve) => drawCrossing(curve, frame)),
      ...labelCurves(curves, frame),
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
  const line = drawLine(
    places.map(({ size, ratio }) => [x(size), y(ratio)]),
    look.look,
  );
  return [
    look.isHollow ? `<g stroke-dasharray="6 4">${line}</g>` : line,
    ...points.map(({ taskMs, speedup }) =>
      drawWhisker(x(taskMs), [y(speedup.high), y(speedup.low)], "skein-axis") +
      drawMark([x(taskMs), y(speedup.ratio)], look)
    ),
  ].join("");
}

function drawCrossing({ crossing }: CrossoverCurve, frame: Frame): string {
  if (crossing.type !== "at") return "";
  const { x, y, left, right } = frame;
  const { low, high, size } = crossing;
  const clamp = (place: number) => Math.min(Math.max(place, left), right);
  const from = low === null ? left : clamp(x(low));
  const to = high === null ? right : clamp(x(high));
  return drawSpan(from, to, y(1)) + drawMark([x(size), y(1)], CROSSING);
}

function drawSpan(from: number, to: number, middle: number): string {
  const [start, y] = [roundPx(from), roundPx(middle)];
  return `<path class="skein-median" d="M${start} ${y}H${
    roundPx(to)
  }" style="stroke-width:5px;stroke-opacity:.35"/>`;
}

/** Beside the ends of the curves, in their order, none over another. */
function labelCurves(
  curves: readonly CrossoverCurve[],
  { x, y, right, top, bottom }: Frame,
): string[] {
  const ends = curves.map(({ points }) => points.at(-1)!);
  const places = spreadLabels(
    ends.map(({ speedup }) => y(speedup.ratio)),
    { gapPx: 40, top: top + 10, bottom: bottom - 10 },
  );
  return curves.map(({ model, crossing }, index) => {
    const place = places[index]!;
    const end = ends[index]!;
    const from = x(end.taskMs) + 8;
    const lead = `M${roundPx(from)} ${roundPx(y(end.speedup.ratio))}L${
      right + 6
    } ${roundPx(place)}`;
    return [
      `<path class="skein-end" d="${lead}" fill="none"/>`,
      drawMark([right + 14, place], LOOKS[model]),
      textLine(SHORT_NAMES[model], [right + 24, place - 1], {
        sizePx: TYPE.small,
        look: "skein-bold",
      }),
      textLine(describeCrossing(crossing), [right + 24, place + 13], {
        sizePx: TYPE.caption,
        look: "skein-muted",
      }),
    ].join("");
  });
}

function describeCrossing(crossing: CrossoverCurve["crossing"]): string {
  switch (crossing.type) {
    case "never":
      return "never pays here";
    case "always":
      return "pays all along";
    case "at":
      return `pays from ${formatDuration(crossing.size)}`;
    default:
      return crossing satisfies never;
  }
}

const LOOKS: Readonly<Record<CrossoverModel, MarkLook>> = {
  pool: { shape: "circle", look: "skein-workers" },
  workers: { shape: "triangle", look: "skein-workers", isHollow: true },
  processes: { shape: "square", look: "skein-processes" },
};

const SHORT_NAMES: Readonly<Record<CrossoverModel, string>> = {
  pool: "warm Workers",
  workers: "Worker a task",
  processes: "process a task",
};

const CROSSING: MarkLook = {
  shape: "diamond",
  look: "skein-ink",
  radiusPx: 5.5,
};
const LABELS_PX = 136;
const STEPS = 12;
