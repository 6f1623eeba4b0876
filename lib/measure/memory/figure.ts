/**
 * The picture of memory: what each more Worker or process takes.
 *
 * Every reading over how many there are at once; the slope of the line is what
 * each takes. Pure.
 * @module
 */
import { formatBytes, formatCount, formatPercent } from "../../base/mod.ts";
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
  type Paper,
  ROUNDS,
  type Series,
  seriesEntries,
  seriesRoom,
  type Table,
  warningOf,
} from "../../plot/core/mod.ts";
import type { MemoryCost, MemoryCosts, MemoryModel } from "./result.ts";

/** Draws what Workers and processes take of memory. */
export function memoryFigure(found: MemoryCosts): Figure {
  const { title, findings, stamp, costs } = found;
  const first = LOOKS[costs[0]?.model ?? "workers"];
  return makeFigure({
    title,
    findings,
    warning: warningOf(stamp),
    captions: [describeStamp(stamp, ROUNDS)],
    table: writeRows(found),
    draw: (paper) => {
      const series = costs.map((
        { model, unit = 1, points, each, returned },
      ): Series => ({
        look: LOOKS[model],
        name: `${unit === 1 ? "" : `${formatCount(unit)} `}${model}`,
        note: `${formatBytes(each.bytes)} each, ${
          formatPercent(Math.max(0, returned))
        } given back`,
        value: points.at(-1)!.medianBytes,
      }));
      return [
        drawMemory(found, series, paper),
        makeLegend([
          ...seriesEntries(series, paper),
          { mark: drawMark([11, 7], first), name: "each reading" },
          {
            mark: drawLine([[0, 12], [22, 2]], first.look),
            name: "slope: what each takes",
          },
          ...(costs.some(({ privateEach }) => privateEach !== null)
            ? [{
              mark: drawMark([11, 7], { ...first, isHollow: true }),
              name: "private, median",
            }]
            : []),
        ], paper),
      ];
    },
  });
}

function writeRows({ costs, count }: MemoryCosts): Table {
  const counts = costs[0]?.points.map(({ k }) => k) ?? [];
  return [
    [
      "at once",
      ...costs.flatMap(({ model, privateEach }) => [
        `${model}, ${count.toUpperCase()}`,
        ...(privateEach === null ? [] : [`${model}, private`]),
      ]),
    ],
    ...counts.map((k, row) => [
      String(k),
      ...costs.flatMap(({ points }) => {
        const { medianBytes, medianPrivateBytes } = points[row]!;
        return [
          medianBytes,
          ...(medianPrivateBytes === null ? [] : [medianPrivateBytes]),
        ].map(formatBytes);
      }),
    ]),
    [
      "each",
      ...costs.flatMap(({ each, privateEach }) =>
        [each, ...(privateEach === null ? [] : [privateEach])]
          .map(({ bytes }) => formatBytes(bytes))
      ),
    ],
  ];
}

function drawMemory(
  { costs, count }: MemoryCosts,
  series: readonly Series[],
  paper: Paper,
): Block {
  const readings = costs.flatMap(({ points }) =>
    points.flatMap(({ samples }) => samples.map(({ bytes }) => bytes))
  );
  const counts = new Set(
    costs.flatMap(({ points }) => points.map(({ k }) => k)),
  );
  const most = Math.max(...counts);
  const frame = makeFrame(paper, {
    x: {
      domain: [0, most * 1.05],
      at: [0, ...counts],
      title: "how many at once",
    },
    y: {
      domain: [Math.min(0, ...readings), Math.max(2 ** 20, ...readings) * 1.08],
      kind: "bytes",
      title: count === "pss"
        ? "memory added, shared pages divided (PSS)"
        : "memory added, shared pages in full (RSS)",
    },
    heightPx: 240,
    rightPx: seriesRoom(series, paper),
  });
  return {
    markup: frame.markup +
      costs.map((cost) => drawCost(cost, frame)).join("") +
      labelSeries(series, frame, paper),
    heightPx: frame.heightPx,
  };
}

function drawCost(
  { model, unit = 1, points, each, onceBytes }: MemoryCost,
  { x, y }: Frame,
): string {
  const look = LOOKS[model];
  const [first, last] = [points[0]!.k, points.at(-1)!.k];
  const lineAt = (k: number) =>
    [x(k), y(onceBytes + each.bytes * unit * k)] as const;
  const own = points.flatMap(({ k, medianPrivateBytes }) =>
    medianPrivateBytes === null ? [] : [[x(k), y(medianPrivateBytes)] as const]
  );
  return [
    drawLine(own, look.look, { widthPx: 1.5, isDashed: true }),
    drawLine([lineAt(first), lineAt(last)], look.look),
    ...own.map((place) =>
      drawMark(place, { ...look, radiusPx: 4, isHollow: true })
    ),
    ...points.flatMap(({ k, samples }) =>
      samples.map(({ bytes }) => drawMark([x(k), y(bytes)], look))
    ),
  ].join("");
}

const LOOKS: Readonly<Record<MemoryModel, Look>> = {
  workers: { shape: "circle", look: "skein-workers" },
  processes: { shape: "square", look: "skein-processes" },
  promises: { shape: "triangle", look: "skein-async" },
};
