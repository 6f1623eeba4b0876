/**
 * The picture of load: how long requests wait as more of them come, and how waits
 * are spread at one rate. Pure.
 * @module
 */
import { formatDuration, formatShort } from "../../base/mod.ts";
import {
  type Block,
  type Figure,
  type Frame,
  type Look,
  makeLegend,
  makeParagraph,
  type Paper,
  roundPx,
  textLine,
  textWidth,
  TYPE,
} from "../../plot/core/mod.ts";
import {
  type Curve,
  curveKeys,
  drawChart,
  drawLimit,
  logAxis,
  measuredFigure,
} from "../figures.ts";
import { describeRate } from "./findings.ts";
import type { Latency, LoadPoint, LoadReport } from "./load.ts";

export function loadFigure(report: LoadReport): Figure {
  const { open, arrivals, durationMs } = report;
  const how = arrivals === "poisson" ? "at random moments" : "evenly";
  const point = choosePoint(open);
  const curves = open.length > 1 ? curvesOf(open) : [];
  const waits = curves.flatMap(({ points }) => points.map(({ at }) => at[1]))
    .filter((ms) => ms > 0);
  const most = Math.max(...open.map(({ ratePerS }) => ratePerS));
  return measuredFigure(report, {
    // The image has all rates, so the words have them too.
    alt: open.map(describeRate).join("\n"),
    counted: ["answer", "answers"],
    caption: (stamp) =>
      `Requests came ${how}, ${
        formatShort(durationMs / 1000)
      } s at each rate; they wait from when they are due. ${stamp}`,
    draw: (paper) => [
      ...(point === undefined
        ? [makeParagraph("Nothing was answered.", "body", paper)]
        : []),
      ...(waits.length === 0 ? [] : [
        makeParagraph("Waiting, as more requests come", "heading", paper),
        drawChart({
          x: { domain: [0, most * 1.04], title: "requests a second" },
          y: logAxis(waits, 1.3, { kind: "time", title: "wait, logarithmic" }),
          heightPx: 170,
          topPx: 12,
          curves,
          under: (frame) => drawEnd(open, frame),
        }, paper),
        makeLegend(curveKeys(curves, paper), paper),
      ]),
      ...(point === undefined ? [] : [
        makeParagraph(
          `How waits are spread, at ${
            formatShort(point.ratePerS)
          } requests a second`,
          "heading",
          paper,
        ),
        drawSpread(point, paper),
      ]),
    ],
  });
}

/** The last rate that answers kept up with. */
function choosePoint(open: readonly LoadPoint[]): LoadPoint | undefined {
  const answered = open.filter((point) => point.answered > 0);
  return answered.findLast((point) => !point.isSaturated) ?? answered[0];
}

/** Quantiles over all rates. */
function curvesOf(open: readonly LoadPoint[]): readonly Curve[] {
  const curve = (
    name: string,
    look: Look,
    pick: (latency: Latency) => number,
  ): Curve => ({
    name,
    look,
    points: open.filter(({ answered }) => answered > 0).map((
      { ratePerS, latency, isSaturated },
    ) => ({
      at: [ratePerS, pick(latency)],
      // Hollow: in a growing queue the number says more of the time than of the function.
      isHollow: isSaturated,
    })),
  });
  return [
    curve("99th percentile", HIGH, ({ p99Ms }) => p99Ms),
    curve("median", MEDIAN, ({ p50Ms }) => p50Ms),
  ];
}

/** Between the last rate that answers kept up with and the first they did not. */
function drawEnd(open: readonly LoadPoint[], frame: Frame): string {
  const index = open.findIndex(({ isSaturated }) => isSaturated);
  if (index === -1) return "";
  const before = open[index - 1]?.ratePerS ?? 0;
  const between = (before + open[index]!.ratePerS) / 2;
  return drawLimit(between, "answers do not keep up", frame);
}

/** Waits by percentile; the axis gives each further nine the same room. */
function drawSpread({ latency, answered }: LoadPoint, paper: Paper): Block {
  const { buckets, maxMs } = latency;
  const nines = Math.min(4, Math.max(1, Math.log10(answered)));
  const low = buckets[0]!.from;
  const isLog = low > 0 && maxMs / low > 8;
  let seen = 0;
  const line = buckets.map(({ from, to, count }) => {
    seen += count;
    const ms = Math.min(maxMs, Math.sqrt(from * to));
    return [ninesOf(seen / answered), ms] as const;
  });
  return drawChart({
    x: { domain: [0, nines], at: [], title: "share of requests (percentile)" },
    y: {
      isLog,
      domain: isLog ? [low / 1.2, maxMs * 1.2] : [0, maxMs * 1.15],
      kind: "time",
      title: "wait",
    },
    heightPx: 160,
    curves: [{ look: HIGH, points: [], line: [[0, line[0]![1]], ...line] }],
    under: (frame) =>
      PERCENTILES.filter(([part]) => ninesOf(part) <= nines)
        .map(([part, label]) => drawTick(part, label, frame, paper)).join(""),
    over: ({ y, left, right }) => {
      const words = `longest ${formatDuration(maxMs)}`;
      const at = Math.max(left, right - textWidth(words, TYPE.small, true));
      return textLine(words, [at, Math.max(y(maxMs) - 6, 14)], {
        sizePx: TYPE.small,
        look: "skein-bold skein-halo",
      });
    },
  }, paper);
}

function ninesOf(part: number): number {
  return -Math.log10(Math.max(1e-9, 1 - part));
}

function drawTick(
  part: number,
  label: string,
  { x, top, bottom }: Frame,
  paper: Paper,
): string {
  const place = x(ninesOf(part));
  const most = paper.right - textWidth(label, TYPE.caption) / 2;
  return `<path class="skein-grid" d="M${roundPx(place)} ${top}V${bottom}"/>` +
    textLine(label, [Math.min(place, most), bottom + 16], {
      sizePx: TYPE.caption,
      anchor: part === 0 ? "start" : "middle",
      look: "skein-muted",
    });
}

const HIGH: Look = { shape: "circle", look: "skein-workers", radiusPx: 3.5 };
const MEDIAN: Look = { shape: "square", look: "skein-async", radiusPx: 3.5 };
const PERCENTILES = [
  [0, "0"],
  [0.5, "50 %"],
  [0.9, "90 %"],
  [0.99, "99 %"],
  [0.999, "99.9 %"],
  [0.9999, "99.99 %"],
] as const;
