/**
 * The picture of load: how long requests wait as more of them come, and how waits
 * are spread at one rate; from when a request was due, and from when it was sent.
 * Pure.
 * @module
 */
import { formatShort } from "../../base/mod.ts";
import {
  type Block,
  describeStamp,
  drawLine,
  drawMark,
  type Figure,
  type Frame,
  labelSeries,
  type Look,
  makeFigure,
  makeFrame,
  makeLegend,
  makeParagraph,
  type Paper,
  roundPx,
  type Series,
  seriesEntries,
  seriesRoom,
  textLine,
  textWidth,
  TYPE,
  warningOf,
} from "../../plot/core/mod.ts";
import { chooseCurve, CLOSED, drawSpread, OPEN } from "./figure_spread.ts";
import { describeRate } from "./findings.ts";
import type { Latency, LoadPoint, LoadReport } from "./result.ts";

/** Draws how something bears load. */
export function loadFigure(report: LoadReport): Figure {
  const { title, findings, stamp, open, closed, arrivals } = report;
  const how = arrivals === "poisson" ? "at random moments" : "evenly";
  const pair = chooseCurve(report);
  const lines = linesOf(report);
  return makeFigure({
    title,
    findings,
    // The image has all rates, so the words have them too.
    alt: open.map(describeRate).join("\n"),
    warning: warningOf(stamp),
    captions: [
      `Requests came ${how}, ${
        formatShort(report.durationMs / 1000)
      } s at each rate. ${describeStamp(stamp, ["answer", "answers"])}`,
    ],
    draw: (paper) => [
      ...(pair === null && open.length < 2
        ? [makeParagraph("Nothing was answered.", "body", paper)]
        : []),
      ...(open.length > 1
        ? [
          makeParagraph("Waiting, as more requests come", "heading", paper),
          drawRates(report, lines, paper),
        ]
        : []),
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
        ...(open.length > 1 ? seriesEntries(lines, paper) : []),
        {
          mark: drawLine([[0, 7], [22, 7]], OPEN.look),
          name: "open loop",
          meaning: "from when it was due",
        },
        ...(closed.length === 0 ? [] : [{
          mark: drawLine([[0, 7], [22, 7]], CLOSED.look, { isDashed: true }),
          name: "closed loop",
          meaning: "from when it was sent",
        }]),
      ], paper),
    ],
  });
}

/** One line over all rates. */
interface RateLine extends Series {
  readonly isDashed: boolean;
  readonly pick: (latency: Latency) => number;
  readonly points: readonly LoadPoint[];
}

function linesOf({ open, closed }: LoadReport): readonly RateLine[] {
  return SERIES.map(({ name, look, from, pick }) => {
    const points = (from === "open" ? open : closed)
      .filter(({ answered }) => answered > 0);
    const last = points.at(-1);
    return {
      name,
      look,
      pick,
      points,
      isDashed: from === "closed",
      value: last === undefined ? 0 : pick(last.latency),
    };
  }).filter(({ points }) => points.length > 0);
}

function drawRates(
  { open }: LoadReport,
  lines: readonly RateLine[],
  paper: Paper,
): Block {
  const waits = lines.flatMap(({ points, pick }) =>
    points.map(({ latency }) => pick(latency))
  ).filter((ms) => ms > 0);
  if (waits.length === 0) return { markup: "", heightPx: 0 };
  const frame = makeFrame(paper, {
    x: {
      domain: [0, Math.max(...open.map(({ ratePerS }) => ratePerS)) * 1.04],
      title: "requests a second",
    },
    y: {
      isLog: true,
      domain: [Math.min(...waits) / 1.3, Math.max(...waits) * 1.3],
      kind: "time",
      title: "wait, logarithmic",
    },
    heightPx: 170,
    topPx: 12,
    rightPx: seriesRoom(lines, paper),
  });
  return {
    markup: frame.markup + drawLimit(open, frame) +
      lines.map((line) => drawRateLine(line, frame)).join("") +
      labelSeries(lines, frame, paper),
    heightPx: frame.heightPx,
  };
}

function drawRateLine(line: RateLine, { x, y }: Frame): string {
  const { points, look, isDashed, pick } = line;
  const places = points.map(({ ratePerS, latency }) =>
    [x(ratePerS), y(pick(latency))] as const
  );
  return drawLine(places, look.look, { isDashed }) +
    places.map((place, index) =>
      // Hollow: in a growing queue the number says more of the time than of the function.
      drawMark(place, { ...look, isHollow: points[index]!.isSaturated })
    ).join("");
}

/** Between the last rate that answers kept up with and the first they did not. */
function drawLimit(
  open: readonly LoadPoint[],
  { x, left, right, top, bottom }: Frame,
): string {
  const index = open.findIndex(({ isSaturated }) => isSaturated);
  if (index === -1) return "";
  const before = open[index - 1]?.ratePerS ?? 0;
  const px = roundPx((x(before) + x(open[index]!.ratePerS)) / 2);
  const label = "answers do not keep up";
  const width = textWidth(label, TYPE.caption);
  const from = Math.max(left, Math.min(px + 6, right - width));
  return `<path class="skein-end" d="M${px} ${top}V${bottom}"/>` +
    textLine(label, [from, top - 3], {
      sizePx: TYPE.caption,
      look: "skein-muted",
    });
}

const MEDIAN: Look = { shape: "square", look: "skein-async", radiusPx: 3.5 };

const SERIES = [
  {
    name: "99th percentile",
    look: OPEN,
    from: "open",
    pick: ({ p99Ms }: Latency) => p99Ms,
  },
  {
    name: "median",
    look: MEDIAN,
    from: "open",
    pick: ({ p50Ms }: Latency) => p50Ms,
  },
  {
    name: "99th, closed",
    look: CLOSED,
    from: "closed",
    pick: ({ p99Ms }: Latency) => p99Ms,
  },
] as const;
