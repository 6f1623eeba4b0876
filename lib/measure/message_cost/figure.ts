/**
 * The picture of message costs: time and throughput over the size, in each way,
 * and small messages one at a time or in a burst. Pure.
 * @module
 */
import { formatBytes, formatDuration } from "../../base/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import {
  type Block,
  type Figure,
  type Frame,
  type Look,
  makeLegend,
  makeParagraph,
  makeRows,
  type Paper,
  type Table,
} from "../../plot/core/mod.ts";
import {
  type Curve,
  curveKeys,
  drawChart,
  drawLimit,
  durationCell,
  KEYS,
  logAxis,
  makeStrip,
  measuredFigure,
  medianRuns,
} from "../figures.ts";
import { MODE_NAMES } from "./findings.ts";
import type {
  BurstCost,
  MessageCost,
  MessageCosts,
  MessageMode,
} from "./message_cost.ts";

export function messageCostFigure(found: MessageCosts): Figure {
  const { stamp, costs, burst } = found;
  const hasClone = costs.some(({ mode }) => mode === "clone");
  const curves = costs.map(latencyCurve);
  return measuredFigure(found, {
    table: writeRows(found),
    draw: (paper) => [
      drawLatency(costs, curves, paper),
      makeLegend([
        ...curveKeys(curves, paper),
        KEYS.whisker(LOOKS.clone, `median, ${nameInterval(stamp.samples)}`),
        ...(hasClone
          ? [KEYS.line(
            LOOKS.clone.look,
            "sender blocked while copying",
            DASHED,
          )]
          : []),
      ], paper),
      ...drawThroughput(costs, paper),
      makeParagraph(
        "Small messages: one at a time, or in a burst",
        "heading",
        paper,
      ),
      drawBurst(burst, paper),
    ],
  });
}

function writeRows({ costs, burst, stamp }: MessageCosts): Table {
  const interval = nameInterval(stamp.samples);
  return [
    [
      "size",
      ...costs.flatMap(({ mode }) => [
        `${MODE_NAMES[mode]} (${interval})`,
        `${MODE_NAMES[mode]}, sender blocked`,
      ]),
    ],
    ...sizesOf(costs).map((bytes, row) => [
      formatBytes(bytes),
      ...costs.flatMap(({ points }) => [
        durationCell(points[row]!.summary),
        formatDuration(points[row]!.blockedMs),
      ]),
    ]),
    [
      `small, ${burst.count}`,
      `one at a time ${formatDuration(burst.pingPong.medianMs)}`,
      `in a burst ${formatDuration(burst.burst.medianMs)}`,
    ],
  ];
}

function latencyCurve({ mode, points }: MessageCost): Curve {
  return {
    look: LOOKS[mode],
    name: MODE_NAMES[mode],
    points: points.map(({ bytes, summary }) => ({
      at: [bytes, summary.medianMs],
      low: summary.lowMs,
      high: summary.highMs,
    })),
  };
}

function drawLatency(
  costs: readonly MessageCost[],
  curves: readonly Curve[],
  paper: Paper,
): Block {
  const times = costs.flatMap(({ points }) =>
    points.flatMap(({ summary, blockedMs }) => [
      summary.lowMs,
      summary.highMs,
      Math.max(blockedMs, summary.lowMs / 5),
    ])
  );
  const blocked = costs.filter(({ mode }) => mode === "clone").map((
    { mode, points },
  ): Curve => ({
    look: LOOKS[mode],
    points: points.filter(({ blockedMs }) => blockedMs > 0)
      .map(({ bytes, blockedMs }) => ({ at: [bytes, blockedMs] })),
    style: DASHED,
    isMarked: false,
  }));
  return drawChart({
    x: logAxis(sizesOf(costs), 1.5, { kind: "bytes" }),
    y: logAxis(times, 1.55, {
      kind: "time",
      title: "from posting to the answer, logarithmic",
    }),
    heightPx: 220,
    topPx: 14,
    curves: [...blocked, ...curves],
    under: (frame) => costs.map((cost) => drawKnee(cost, frame)).join(""),
  }, paper);
}

/** From this size on, copying costs more than the message itself. */
function drawKnee({ mode, knee }: MessageCost, frame: Frame): string {
  if (mode !== "clone" || knee === null) return "";
  const { bytes } = knee;
  return drawLimit(bytes, `copying shows from ${formatBytes(bytes)}`, frame);
}

/** Shared memory is not sent, so it has no throughput. */
function drawThroughput(
  all: readonly MessageCost[],
  paper: Paper,
): readonly Block[] {
  const costs = all.filter(({ mode }) => mode !== "share");
  if (costs.length === 0) return [];
  const curves = costs.map(({ mode, points }): Curve => ({
    look: LOOKS[mode],
    name: MODE_NAMES[mode],
    points: points.map(({ bytes, bytesPerSecond }) => ({
      at: [bytes, bytesPerSecond],
    })),
  }));
  const rates = curves.flatMap(({ points }) => points.map(({ at }) => at[1]));
  return [
    makeParagraph("Bytes a second", "heading", paper),
    drawChart({
      x: logAxis(sizesOf(costs), 1.5, {
        kind: "bytes",
        title: "size of the message",
      }),
      y: logAxis(rates, 2, { kind: "rate" }),
      heightPx: 120,
      curves,
    }, paper),
  ];
}

function drawBurst(
  { count, pingPong, burst }: BurstCost,
  paper: Paper,
): Block {
  const rows = [
    ["one at a time", "each waits for an answer", pingPong],
    ["in a burst", `${count} at once`, burst],
  ] as const;
  const ends = rows.flatMap(([, , { lowMs, highMs }]) => [lowMs, highMs]);
  return makeRows(
    paper,
    logAxis([...ends, 0.001, 0.1], 1.5, {
      kind: "time",
      title: "time a message, logarithmic",
    }),
    rows.map(([name, meaning, summary]) =>
      makeStrip({
        name,
        meaning,
        summary,
        look: LOOKS.clone,
        heightPx: 16,
        answer: medianRuns(summary, false),
      })
    ),
  );
}

function sizesOf(costs: readonly MessageCost[]): readonly number[] {
  return costs[0]?.points.map(({ bytes }) => bytes) ?? [];
}

const LOOKS: Readonly<Record<MessageMode, Look>> = {
  clone: { shape: "square", look: "skein-sequential" },
  transfer: { shape: "triangle", look: "skein-async" },
  share: { shape: "circle", look: "skein-workers" },
  process: { shape: "diamond", look: "skein-processes" },
  pipe: { shape: "diamond", look: "skein-threads", isHollow: true },
};
const DASHED = { widthPx: 1.5, isDashed: true };
