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
import { ratioInWords } from "../../explain/mod.ts";
import {
  type Block,
  drawBand,
  drawLine,
  type Figure,
  type Frame,
  type LegendEntry,
  type Look,
  makeLegend,
  makeParagraph,
  type Paper,
  type Place,
  textLine,
  TYPE,
} from "../../plot/core/mod.ts";
import {
  type Curve,
  drawChart,
  drawLimit,
  KEYS,
  measuredFigure,
} from "../figures.ts";
import { amdahlSpeedUp } from "../fit/amdahl.ts";
import type { Part, ScalePoint, Scaling } from "./scale.ts";

export function speedUpFigure(
  scaling: Scaling,
  predicted: readonly Place[] = [],
): Figure {
  const { points } = scaling;
  return measuredFigure(scaling, {
    table: [
      ["n", "median", "speed-up (95 % interval)", "serial part (Karp–Flatt)"],
      ...points.map(({ n, summary, speedup, karpFlatt, beyondCores }) => [
        beyondCores ? `${n} (past the cores)` : String(n),
        formatDuration(summary.medianMs),
        n === 1 ? "baseline" : ratioInWords(speedup, ""),
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
          : [KEYS.mark(PREDICTED, "your prediction")]),
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
  const knee = Math.min(cores, most);
  // Not past the cores: the law knows nothing of taking turns on one.
  const steps = Array.from({ length: 33 }, (_, i) => 1 + (knee - 1) * i / 32);
  const law = (part: number) =>
    steps.map((n): Place => [n, amdahlSpeedUp(part, n)]);
  const bare = (look: string, line: readonly Place[], widthPx = 2): Curve => ({
    look: { ...POINT, look },
    points: [],
    line,
    style: { widthPx },
  });
  return drawChart({
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
    under: (frame) => {
      const at = ([n, ratio]: Place) => [frame.x(n), frame.y(ratio)] as const;
      return [
        amdahl && drawBand(
          law(amdahl.low).map(at),
          law(amdahl.high).map(at),
          POINT.look,
        ),
        cores < most && drawLimit(cores, countOf(cores, "core"), frame),
        ...labelPoints(points, frame),
      ].filter(Boolean).join("");
    },
    curves: [
      bare("skein-ideal", [[1, 1], [knee, knee], [most, knee]]),
      ...(amdahl ? [bare(POINT.look, law(amdahl.part), 1.5)] : []),
      {
        look: POINT,
        line: [],
        points: points.map(({ n, speedup, beyondCores: isHollow }) => ({
          at: [n, speedup.ratio],
          isHollow,
          ...(n === 1 ? {} : { low: speedup.low, high: speedup.high }),
        })),
      },
      {
        ...bare("skein-axis", predicted, 1.5),
        style: { widthPx: 1.5, isDashed: true },
      },
      {
        look: PREDICTED,
        line: [],
        points: predicted.map((at) => ({ at })),
      },
    ],
  }, paper);
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
  return [
    makeParagraph(
      "Part that seems serial, by each point alone (Karp–Flatt)",
      "heading",
      paper,
    ),
    drawChart({
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
      curves: [{
        look: { shape: "diamond", look: "skein-ink" },
        points: parts.map(({ n, part, low, high }) => ({
          at: [n, part],
          low,
          high,
        })),
        style: { widthPx: 1.5 },
      }],
    }, paper),
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
    KEYS.whisker(POINT, "median, 95 % interval"),
    ...(points.some(({ beyondCores }) => beyondCores)
      ? [KEYS.mark({ ...POINT, isHollow: true }, "more than cores")]
      : []),
    ...(lawOf(scaling) === null ? [] : [{
      mark: drawBand([[0, 2], [22, 2]], [[0, 12], [22, 12]], POINT.look) +
        drawLine([[0, 7], [22, 7]], POINT.look, { widthPx: 1.5 }),
      name: `Amdahl's law, ${band}`,
    }]),
    KEYS.line("skein-ideal", "ideal"),
  ];
}

const POINT: Look = { shape: "circle", look: "skein-workers", radiusPx: 5 };
const PREDICTED: Look = {
  shape: "diamond",
  look: "skein-prediction",
  isHollow: true,
};
const LABEL_PX = 38;
