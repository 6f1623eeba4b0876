/**
 * The picture of message costs: time and throughput over the size, copied,
 * transferred and shared, and small messages one at a time or in a burst. Pure.
 * @module
 */
import { formatBytes, formatDuration, formatInterval } from "../../base/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import {
  type AxisPlan,
  type Block,
  describeStamp,
  drawInterval,
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
  makeParagraph,
  makeRows,
  type Paper,
  roundPx,
  ROUNDS,
  type Series,
  seriesEntries,
  seriesRoom,
  type Table,
  textLine,
  textWidth,
  TYPE,
  warningOf,
} from "../../plot/core/mod.ts";
import type {
  BurstCost,
  MessageCost,
  MessageCosts,
  MessageMode,
  MessagePoint,
} from "./result.ts";

/** Draws what messages cost. */
export function messageCostFigure(found: MessageCosts): Figure {
  const { title, findings, stamp, costs, burst } = found;
  const hasClone = costs.some(({ mode }) => mode === "clone");
  return makeFigure({
    title,
    findings,
    warning: warningOf(stamp),
    captions: [describeStamp(stamp, ROUNDS)],
    table: writeRows(found),
    draw: (paper) => [
      drawLatency(costs, paper),
      makeLegend([
        ...seriesEntries(seriesOf(costs, medianMs), paper),
        {
          mark: drawWhisker(11, [0.5, 13.5]) + drawMark([11, 7], LOOKS.clone),
          name: `median, ${nameInterval(stamp.samples)}`,
        },
        ...(hasClone
          ? [{
            mark: drawLine([[0, 7], [22, 7]], LOOKS.clone.look, DASHED),
            name: "sender blocked while copying",
          }]
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
  const sizes = costs[0]?.points.map(({ bytes }) => bytes) ?? [];
  return [
    [
      "size",
      ...costs.flatMap(({ mode }) => [
        `${NAMES[mode]} (${nameInterval(stamp.samples)})`,
        `${NAMES[mode]}, sender blocked`,
      ]),
    ],
    ...sizes.map((bytes, row) => [
      formatBytes(bytes),
      ...costs.flatMap(({ points }) => {
        const { summary, blockedMs } = points[row]!;
        const { medianMs, lowMs, highMs } = summary;
        return [
          `${formatDuration(medianMs)} (${formatInterval(lowMs, highMs)})`,
          formatDuration(blockedMs),
        ];
      }),
    ]),
    [
      `small, ${burst.count}`,
      `one at a time ${formatDuration(burst.pingPong.medianMs)}`,
      `in a burst ${formatDuration(burst.burst.medianMs)}`,
    ],
  ];
}

function drawLatency(costs: MessageCosts["costs"], paper: Paper): Block {
  const times = costs.flatMap(({ points }) =>
    points.flatMap(({ summary, blockedMs }) => [
      summary.lowMs,
      summary.highMs,
      Math.max(blockedMs, summary.lowMs / 5),
    ])
  ).filter((ms) => ms > 0);
  const series = seriesOf(costs, medianMs);
  const frame = makeFrame(paper, {
    x: { ...sizeAxis(costs), title: "" },
    y: {
      isLog: true,
      domain: [Math.min(...times) / 1.5, Math.max(...times) * 1.6],
      kind: "time",
      title: "from posting to the answer, logarithmic",
    },
    heightPx: 220,
    topPx: 14,
    rightPx: seriesRoom(series, paper),
  });
  return {
    markup: [
      frame.markup,
      ...costs.map((cost) => drawKnee(cost, frame)),
      ...costs.map((cost) => drawCost(cost, frame)),
      labelSeries(series, frame, paper),
    ].join(""),
    heightPx: frame.heightPx,
  };
}

function drawCost({ mode, points }: MessageCost, { x, y }: Frame): string {
  const look = LOOKS[mode];
  const blocked = points.filter(({ blockedMs }) => blockedMs > 0);
  return [
    mode === "clone"
      ? drawLine(
        blocked.map(({ bytes, blockedMs }) => [x(bytes), y(blockedMs)]),
        look.look,
        DASHED,
      )
      : "",
    drawLine(
      points.map((point) => [x(point.bytes), y(medianMs(point))]),
      look.look,
    ),
    ...points.map(({ bytes, summary }) =>
      drawWhisker(x(bytes), [y(summary.highMs), y(summary.lowMs)]) +
      drawMark([x(bytes), y(summary.medianMs)], look)
    ),
  ].join("");
}

/** From this size on, copying costs more than the message itself. */
function drawKnee({ mode, knee }: MessageCost, frame: Frame): string {
  if (mode !== "clone" || knee === null) return "";
  const { x, left, right, top, bottom } = frame;
  const place = x(knee.bytes);
  const label = `copying shows from ${formatBytes(knee.bytes)}`;
  const half = textWidth(label, TYPE.caption) / 2;
  const middle = Math.min(Math.max(place, left + half), right - half);
  return `<path class="skein-end" d="M${
    roundPx(place)
  } ${top}V${bottom}" fill="none"/>` +
    textLine(label, [middle, top - 5], {
      sizePx: TYPE.caption,
      anchor: "middle",
      look: "skein-muted",
    });
}

/** Shared memory is not sent, so it has no throughput. */
function drawThroughput(
  all: MessageCosts["costs"],
  paper: Paper,
): readonly Block[] {
  const costs = all.filter(({ mode }) => mode !== "share");
  const rates = costs.flatMap(({ points }) => points.map(rateOf));
  if (rates.length === 0) return [];
  const series = seriesOf(costs, rateOf);
  const frame = makeFrame(paper, {
    x: sizeAxis(costs),
    y: {
      isLog: true,
      domain: [Math.min(...rates) / 2, Math.max(...rates) * 2],
      kind: "rate",
    },
    heightPx: 120,
    rightPx: seriesRoom(series, paper),
  });
  const { x, y } = frame;
  const lines = costs.map(({ mode, points }) => {
    const places = points.map((point) =>
      [x(point.bytes), y(rateOf(point))] as const
    );
    return drawLine(places, LOOKS[mode].look) +
      places.map((place) => drawMark(place, LOOKS[mode])).join("");
  });
  return [
    makeParagraph("Bytes a second", "heading", paper),
    {
      markup: frame.markup + lines.join("") +
        labelSeries(series, frame, paper),
      heightPx: frame.heightPx,
    },
  ];
}

function drawBurst(
  { count, pingPong, burst }: BurstCost,
  paper: Paper,
): Block {
  const rows = [
    { name: "one at a time", meaning: "each waits for an answer", ...pingPong },
    { name: "in a burst", meaning: `${count} at once`, ...burst },
  ];
  const ends = rows.flatMap(({ lowMs, highMs }) => [lowMs, highMs])
    .filter((ms) => ms > 0);
  return makeRows(
    paper,
    {
      isLog: true,
      domain: [Math.min(0.001, ...ends) / 1.5, Math.max(0.1, ...ends) * 1.5],
      kind: "time",
      title: "time a message, logarithmic",
    },
    rows.map(({ name, meaning, lowMs, medianMs, highMs }) => ({
      name,
      meaning,
      answer: [{ text: formatDuration(medianMs), look: "skein-bold" }],
      heightPx: 16,
      draw: ({ at }, top, bottom) =>
        drawInterval(
          [at(lowMs), at(medianMs), at(highMs)],
          [top, bottom],
          LOOKS.clone.look,
        ),
    })),
  );
}

function seriesOf(
  costs: MessageCosts["costs"],
  pick: (point: MessagePoint) => number,
): readonly Series[] {
  return costs.map(({ mode, points }) => ({
    look: LOOKS[mode],
    name: NAMES[mode],
    value: pick(points.at(-1)!),
  }));
}

function medianMs({ summary }: MessagePoint): number {
  return summary.medianMs;
}

function rateOf({ bytesPerSecond }: MessagePoint): number {
  return bytesPerSecond;
}

function sizeAxis(costs: MessageCosts["costs"]): AxisPlan {
  const sizes = costs.flatMap(({ points }) => points.map(({ bytes }) => bytes));
  return {
    isLog: true,
    domain: [Math.min(...sizes) / 1.5, Math.max(...sizes) * 1.5],
    kind: "bytes",
    title: "size of the message",
  };
}

const LOOKS: Readonly<Record<MessageMode, Look>> = {
  clone: { shape: "square", look: "skein-sequential" },
  transfer: { shape: "triangle", look: "skein-async" },
  share: { shape: "circle", look: "skein-workers" },
  process: { shape: "diamond", look: "skein-processes" },
  pipe: { shape: "diamond", look: "skein-threads", isHollow: true },
};

const NAMES: Readonly<Record<MessageMode, string>> = {
  clone: "copied",
  transfer: "transferred",
  share: "shared",
  process: "to a process",
  pipe: "through a pipe",
};

const DASHED = { widthPx: 1.5, isDashed: true };
