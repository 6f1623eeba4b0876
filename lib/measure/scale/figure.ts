/**
 * The picture of scaling: how much faster with each more Worker, against Amdahl's
 * law and the ideal, and the part that seems serial by each point alone. Pure.
 * @module
 */
import {
  countOf,
  formatDuration,
  formatPercent,
  formatTimes,
} from "../../base/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import {
  type Block,
  describeStamp,
  drawBand,
  drawLine,
  drawMark,
  drawWhisker,
  type Figure,
  type Frame,
  type LegendEntry,
  type Look,
  makeFigure,
  makeFrame,
  makeLegend,
  makeParagraph,
  type Paper,
  type Place,
  roundPx,
  ROUNDS,
  textLine,
  TYPE,
  warningOf,
} from "../../plot/core/mod.ts";
import { amdahlSpeedUp } from "../fit/amdahl.ts";
import type { Part, ScalePoint, Scaling } from "./result.ts";

/** Draws how work scales, and what was predicted of that. */
export function speedUpFigure(
  scaling: Scaling,
  predicted: readonly Place[] = [],
): Figure {
  const { title, findings, stamp, points } = scaling;
  return makeFigure({
    title,
    findings,
    warning: warningOf(stamp),
    captions: [describeStamp(stamp, ROUNDS)],
    table: [
      ["n", "median", "speed-up (95 % interval)", "serial part (Karp–Flatt)"],
      ...points.map(({ n, summary, speedup, karpFlatt, beyondCores }) => [
        beyondCores ? `${n} (past the cores)` : String(n),
        formatDuration(summary.medianMs),
        n === 1
          ? "baseline"
          : `${formatTimes(speedup.ratio)} (${formatTimes(speedup.low)} to ${
            formatTimes(speedup.high)
          })`,
        karpFlatt === null || beyondCores
          ? "–"
          : formatPercent(Math.max(0, karpFlatt.part)),
      ]),
    ],
    withPrediction: ({ points }) => speedUpFigure(scaling, points),
    draw: (paper) => [
      drawSpeedUps(scaling, predicted, paper),
      makeLegend([
        ...legendOf(scaling),
        ...(predicted.length === 0
          ? []
          : [{ mark: drawMark([11, 7], PREDICTED), name: "your prediction" }]),
      ], paper),
      ...drawKarpFlatt(points, paper),
    ],
  });
}

function drawSpeedUps(
  scaling: Scaling,
  predicted: readonly Place[],
  paper: Paper,
): Block {
  const { points, cores, model } = scaling;
  const amdahl = lawOf(scaling);
  const most = points.at(-1)!.n;
  const highest = Math.max(
    Math.min(cores, most) * 1.12,
    ...points.map(({ speedup }) => speedup.high * 1.08),
    ...predicted.map(([, ratio]) => Math.min(ratio, 3 * most) * 1.08),
    1.4,
  );
  const frame = makeFrame(paper, {
    x: {
      domain: [most > 1 ? 1 - 0.06 * (most - 1) : 0, most * 1.07 + 0.03],
      at: points.map(({ n }) => n),
      title: model === "workers" ? "Workers" : "processes",
    },
    y: {
      domain: [0, highest],
      kind: "times",
      title: `speed-up against 1 ${model === "workers" ? "Worker" : "process"}`,
    },
    heightPx: 240,
    topPx: 14,
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
        : drawBand(curve(amdahl.low), curve(amdahl.high), POINT.look),
      drawLine(ideal.map(([n, ratio]) => [x(n), y(ratio)]), "skein-ideal"),
      cores < most ? drawCoreLine(frame, cores) : "",
      amdahl === null
        ? ""
        : drawLine(curve(amdahl.part), POINT.look, { widthPx: 1.5 }),
      ...labelPoints(points, frame),
      ...points.map((point) => drawPoint(point, frame)),
      drawLine(predicted.map(([n, ratio]) => [x(n), y(ratio)]), "skein-axis", {
        widthPx: 1.5,
        isDashed: true,
      }),
      ...predicted.map(([n, ratio]) => drawMark([x(n), y(ratio)], PREDICTED)),
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
    : drawWhisker(x(n), [y(speedup.high), y(speedup.low)]);
  return whisker +
    drawMark([x(n), y(speedup.ratio)], { ...POINT, isHollow: beyondCores });
}

/** Words below points that stand apart. */
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
      textLine(formatTimes(speedup.ratio), [x(n), below], {
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
    textLine(countOf(cores, "core"), [place, top - 4], {
      sizePx: TYPE.caption,
      anchor: "middle",
      look: "skein-muted",
    });
}

/** Each point's own estimate; its trend tells an overhead from a serial part. */
function drawKarpFlatt(
  points: readonly ScalePoint[],
  paper: Paper,
): readonly Block[] {
  const parts = points.flatMap(({ n, karpFlatt, beyondCores }) =>
    karpFlatt === null || beyondCores ? [] : [{ n, ...karpFlatt }]
  );
  if (parts.length < 2) return [];
  const most = parts.at(-1)!.n;
  const frame = makeFrame(paper, {
    x: {
      domain: [1 - 0.06 * (most - 1), most * 1.07],
      at: parts.map(({ n }) => n),
      title: "rising: an overhead grows; flat: a part is serial",
    },
    y: {
      domain: [
        Math.min(0, ...parts.map(({ low }) => low)),
        Math.max(0.05, ...parts.map(({ high }) => high)) * 1.05,
      ],
      kind: "share",
    },
    heightPx: 90,
  });
  const { x, y } = frame;
  const markup = [
    frame.markup,
    drawLine(parts.map(({ n, part }) => [x(n), y(part)]), "skein-axis", {
      widthPx: 1.5,
    }),
    ...parts.map(({ n, part, low, high }) =>
      drawWhisker(x(n), [y(high), y(low)]) +
      drawMark([x(n), y(part)], { shape: "diamond", look: "skein-ink" })
    ),
  ].join("");
  return [
    makeParagraph(
      "Part that seems serial, by each point alone (Karp–Flatt)",
      "heading",
      paper,
    ),
    { markup, heightPx: frame.heightPx },
  ];
}

/** Amdahl's law, unless all is serial by it: then it draws nothing of use. */
function lawOf({ amdahl }: Scaling): Part | null {
  return amdahl !== null && amdahl.part < 1 ? amdahl : null;
}

function legendOf(scaling: Scaling): readonly LegendEntry[] {
  const { points, stamp } = scaling;
  const band = nameInterval(stamp.samples).replace("interval", "band");
  return [
    {
      mark: drawWhisker(11, [0.5, 13.5]) + drawMark([11, 7], POINT),
      name: "median, 95 % interval",
    },
    ...(points.some(({ beyondCores }) => beyondCores)
      ? [{
        mark: drawMark([11, 7], { ...POINT, isHollow: true }),
        name: "more than cores",
      }]
      : []),
    ...(lawOf(scaling) === null ? [] : [{
      mark: drawBand([[0, 2], [22, 2]], [[0, 12], [22, 12]], POINT.look) +
        drawLine([[0, 7], [22, 7]], POINT.look, { widthPx: 1.5 }),
      name: `Amdahl's law, ${band}`,
    }]),
    { mark: drawLine([[0, 7], [22, 7]], "skein-ideal"), name: "ideal" },
  ];
}

const POINT: Look = { shape: "circle", look: "skein-workers", radiusPx: 5 };
const PREDICTED: Look = {
  shape: "diamond",
  look: "skein-prediction",
  isHollow: true,
};
const LABEL_PX = 38;
