/**
 * The scaling picture: speed-up over the number of Workers.
 *
 * Points with their intervals, the ideal, and Amdahl's law with its band;
 * points past the cores are hollow. Below it, where there are points enough,
 * the part that each by itself would call serial. Pure.
 * @module
 */

import {
  type Displayable,
  formatDuration,
  formatNumber,
  formatPercent,
  formatShort,
} from "../../base/mod.ts";
import { amdahlSpeedUp } from "../fit/amdahl.ts";
import type { Part, ScalePoint, Scaling } from "./result.ts";
import type { Block, Figure } from "../../plot/core/card.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import { type LegendEntry, makeLegend } from "../../plot/core/legend.ts";
import {
  makeResultCard,
  type ResultParts,
  showResult,
} from "../../plot/core/result_card.ts";
import { type Frame, makeFrame, type Tick } from "../../plot/core/chart.ts";
import { chooseCountTicks, drawKarpFlatt } from "./figure_karp_flatt.ts";
import {
  drawBand,
  drawLine,
  drawMark,
  drawWhisker,
} from "../../plot/core/chart_marks.ts";
import { roundPx, textLine } from "../../plot/core/text.ts";
import { TYPE } from "../../plot/core/visual.ts";

/**
 * Shows how work scales.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "../../base/display.ts";
 * import { SCALING } from "../../plot/gallery/speedup_gallery_data.ts";
 * const bundle = await showSpeedUp(SCALING)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /1.91× \(1.85–1.96\)/);
 * ```
 *
 * @param scaling What was measured.
 * @returns A value shown as one image, or as a text table.
 */
export function showSpeedUp(scaling: Scaling): Displayable {
  return showResult(scaling, () => makeParts(scaling));
}

/**
 * Draws how work scales.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SCALING } from "../../plot/gallery/speedup_gallery_data.ts";
 * assert.match(speedUpFigure(SCALING).svg, /^<svg /);
 * ```
 *
 * @param scaling What was measured.
 * @returns The image and its text alternative.
 */
export function speedUpFigure(scaling: Scaling): Figure {
  return makeResultCard(scaling, makeParts(scaling));
}

function makeParts(scaling: Scaling): ResultParts {
  return {
    blocks: [
      drawSpeedUps(scaling),
      makeLegend(legendOf(scaling)),
      ...drawKarpFlatt(scaling.points),
    ],
    table: [
      ["n", "median", "speed-up (95 % interval)", "serial part (Karp–Flatt)"],
      ...scaling.points.map((
        { n, summary, speedup, karpFlatt, beyondCores },
      ) => [
        beyondCores ? `${n} (past the cores)` : String(n),
        formatDuration(summary.medianMs),
        n === 1
          ? "baseline"
          : `${formatNumber(speedup.ratio)}× (${formatNumber(speedup.low)}–${
            formatNumber(speedup.high)
          })`,
        karpFlatt === null || beyondCores
          ? "–"
          : formatPercent(karpFlatt.part, 3),
      ]),
    ],
  };
}

function drawSpeedUps(scaling: Scaling): Block {
  const { points, cores, model } = scaling;
  const amdahl = lawOf(scaling);
  const most = points.at(-1)!.n;
  const highest = Math.max(
    Math.min(cores, most) * 1.12,
    ...points.map(({ speedup }) => speedup.high * 1.08),
    1.4,
  );
  const frame = makeFrame({
    x: {
      type: "linear",
      domain: [
        most > 1 ? 1 - 0.06 * (most - 1) : 0,
        most + 0.07 * (most - 1) + 0.1,
      ],
      ticks: chooseCountTicks(points.map(({ n }) => n), most),
      title: model === "workers" ? "Workers" : "processes",
    },
    y: {
      type: "linear",
      domain: [0, highest],
      ticks: chooseRatioTicks(highest),
      title: `speed-up against 1 ${model === "workers" ? "Worker" : "process"}`,
    },
    heightPx: 250,
    topPx: 8,
  });
  const { x, y } = frame;
  const knee = Math.min(cores, most);
  const ideal = [[1, 1], [knee, knee], [most, knee]] as const;
  // Not past the cores: the law knows nothing of taking turns on one.
  const steps = Array.from({ length: 33 }, (_, i) => 1 + (knee - 1) * i / 32);
  const curve = (part: number) =>
    steps.map((n) => [x(n), y(amdahlSpeedUp(part, n))] as const);
  return {
    markup: [
      frame.markup,
      amdahl === null
        ? ""
        : drawBand(curve(amdahl.low), curve(amdahl.high), LOOK),
      drawLine(ideal.map(([n, ratio]) => [x(n), y(ratio)]), "skein-ideal", 2),
      cores < most ? drawCoreLine(frame, cores) : "",
      amdahl === null ? "" : drawLine(curve(amdahl.part), LOOK, 1.5),
      ...labelPoints(points, frame),
      ...points.map((point) => drawPoint(point, frame)),
    ].join(""),
    heightPx: frame.heightPx,
  };
}

function drawPoint(
  { n, speedup, beyondCores }: ScalePoint,
  { x, y }: Frame,
): string {
  const whisker = n === 1
    ? ""
    : drawWhisker(x(n), [y(speedup.high), y(speedup.low)], "skein-axis");
  return whisker + drawMark([x(n), y(speedup.ratio)], {
    shape: "circle",
    look: LOOK,
    radiusPx: 5,
    isHollow: beyondCores,
  });
}

/** Under the interval, where no line passes; left out where there is no room. */
function labelPoints(
  points: readonly ScalePoint[],
  { x, y, bottom }: Frame,
): string[] {
  return points.flatMap(({ n, speedup }, index) => {
    const isClose = [points[index - 1], points[index + 1]].some((other) =>
      other !== undefined && Math.abs(x(other.n) - x(n)) < LABEL_PX
    );
    if (n === 1 || isClose) return [];
    const below = Math.min(y(speedup.low) + 18, bottom - 6);
    return [
      textLine(`${formatNumber(speedup.ratio)}×`, [x(n), below], {
        sizePx: TYPE.body,
        anchor: "middle",
        look: "skein-bold skein-halo",
      }),
    ];
  });
}

function drawCoreLine({ x, top, bottom }: Frame, cores: number): string {
  const place = roundPx(x(cores));
  return `<path class="skein-end" d="M${place} ${top}V${bottom}" fill="none"/>` +
    textLine(
      `${formatShort(cores)} ${cores === 1 ? "core" : "cores"}`,
      [place, top - 6],
      { sizePx: TYPE.caption, anchor: "middle", look: "skein-muted" },
    );
}

/** The law cannot describe work that splitting makes slower. */
function lawOf({ amdahl }: Scaling): Part | null {
  return amdahl !== null && amdahl.part < 1 ? amdahl : null;
}

function legendOf(scaling: Scaling): readonly LegendEntry[] {
  const { points } = scaling;
  const amdahl = lawOf(scaling);
  const mark = (isHollow: boolean) =>
    drawMark([11, 7], { shape: "circle", look: LOOK, radiusPx: 5, isHollow });
  const entries: LegendEntry[] = [
    {
      mark: `${drawWhisker(11, [0.5, 13.5], "skein-axis")}${mark(false)}`,
      name: "median, 95 % interval",
      meaning: "",
    },
  ];
  if (points.some(({ beyondCores }) => beyondCores)) {
    entries.push({ mark: mark(true), name: "more than cores", meaning: "" });
  }
  if (amdahl !== null) {
    entries.push({
      mark: drawBand([[0, 2], [22, 2]], [[0, 12], [22, 12]], LOOK) +
        drawLine([[0, 7], [22, 7]], LOOK, 1.5),
      name: `Amdahl's law, ${
        nameInterval(scaling.stamp.samples).replace("interval", "band")
      }`,
      meaning: "",
    });
  }
  entries.push({
    mark: drawLine([[0, 7], [22, 7]], "skein-ideal", 2),
    name: "ideal",
    meaning: "",
  });
  return entries;
}

function chooseRatioTicks(highest: number): Tick[] {
  const step = [0.5, 1, 2, 4, 8, 16, 32].find((step) => highest / step <= 6) ??
    64;
  return Array.from({ length: Math.floor(highest / step) + 1 }, (_, index) => ({
    value: index * step,
    label: `${formatShort(index * step)}×`,
  }));
}

const LOOK = "skein-workers";
const LABEL_PX = 38;
