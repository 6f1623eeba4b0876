/**
 * The picture of load: how long requests wait as more of them come, and how waits
 * are spread at one rate; from when a request was due, and from when it was sent.
 * Pure.
 * @module
 */
import { formatShort } from "../../base/mod.ts";
import {
  type Figure,
  type Frame,
  type Look,
  makeLegend,
  makeParagraph,
} from "../../plot/core/mod.ts";
import {
  type Curve,
  curveKeys,
  drawChart,
  drawLimit,
  KEYS,
  logAxis,
  measuredFigure,
} from "../figures.ts";
import { chooseCurve, CLOSED, drawSpread, OPEN } from "./figure_spread.ts";
import { describeRate } from "./findings.ts";
import type { Latency, LoadPoint, LoadReport } from "./result.ts";

export function loadFigure(report: LoadReport): Figure {
  const { open, closed, arrivals, durationMs } = report;
  const how = arrivals === "poisson" ? "at random moments" : "evenly";
  const pair = chooseCurve(report);
  const curves = open.length > 1 ? curvesOf(report) : [];
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
      } s at each rate. ${stamp}`,
    draw: (paper) => [
      ...(pair === null && waits.length === 0
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
      ]),
      ...(pair === null ? [] : [
        makeParagraph(
          `How waits are spread, at ${
            formatShort(pair.open.ratePerS)
          } requests a second`,
          "heading",
          paper,
        ),
        drawSpread(pair, paper),
      ]),
      makeLegend([
        ...curveKeys(curves, paper),
        {
          ...KEYS.line(OPEN.look, "open loop"),
          meaning: "from when it was due",
        },
        ...(closed.length === 0 ? [] : [{
          ...KEYS.line(CLOSED.look, "closed loop", { isDashed: true }),
          meaning: "from when it was sent",
        }]),
      ], paper),
    ],
  });
}

/** Quantiles over all rates. */
function curvesOf({ open, closed }: LoadReport): readonly Curve[] {
  const curve = (
    name: string,
    look: Look,
    from: readonly LoadPoint[],
    pick: (latency: Latency) => number,
  ): Curve => ({
    name,
    look,
    style: { isDashed: look === CLOSED },
    points: from.filter(({ answered }) => answered > 0).map((
      { ratePerS, latency, isSaturated },
    ) => ({
      at: [ratePerS, pick(latency)],
      // Hollow: in a growing queue the number says more of the time than of the function.
      isHollow: isSaturated,
    })),
  });
  return [
    curve("99th percentile", OPEN, open, ({ p99Ms }) => p99Ms),
    curve("median", MEDIAN, open, ({ p50Ms }) => p50Ms),
    curve("99th, closed", CLOSED, closed, ({ p99Ms }) => p99Ms),
  ].filter(({ points }) => points.length > 0);
}

/** Between the last rate that answers kept up with and the first they did not. */
function drawEnd(open: readonly LoadPoint[], frame: Frame): string {
  const index = open.findIndex(({ isSaturated }) => isSaturated);
  if (index === -1) return "";
  const before = open[index - 1]?.ratePerS ?? 0;
  const between = (before + open[index]!.ratePerS) / 2;
  return drawLimit(between, "answers do not keep up", frame);
}

const MEDIAN: Look = { shape: "square", look: "skein-async", radiusPx: 3.5 };
