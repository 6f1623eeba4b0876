/**
 * The picture of memory: what each more Worker or process takes.
 *
 * Every reading over how many there are at once; the slope of the line is what
 * each takes. Pure.
 * @module
 */
import { formatBytes, formatCount, formatPercent } from "../../base/mod.ts";
import {
  drawLine,
  type Figure,
  type Look,
  makeLegend,
  type Table,
} from "../../plot/core/mod.ts";
import {
  type Curve,
  curveKeys,
  drawChart,
  KEYS,
  measuredFigure,
} from "../figures.ts";
import type { MemoryCost, MemoryCosts, MemoryModel } from "./memory.ts";

export function memoryFigure(found: MemoryCosts): Figure {
  const { costs, count } = found;
  const first = LOOKS[costs[0]?.model ?? "workers"];
  const readings = costs.flatMap(({ points }) =>
    points.flatMap(({ samples }) => samples.map(({ bytes }) => bytes))
  );
  const counts = new Set(
    costs.flatMap(({ points }) => points.map(({ k }) => k)),
  );
  const curves = costs.flatMap(toCurves);
  return measuredFigure(found, {
    table: writeRows(found),
    draw: (paper) => [
      drawChart({
        x: {
          domain: [0, Math.max(...counts) * 1.05],
          at: [0, ...counts],
          title: "how many at once",
        },
        y: {
          domain: [
            Math.min(0, ...readings),
            Math.max(2 ** 20, ...readings) * 1.08,
          ],
          kind: "bytes",
          title: count === "pss"
            ? "memory added, shared pages divided (PSS)"
            : "memory added, shared pages in full (RSS)",
        },
        heightPx: 240,
        curves,
      }, paper),
      makeLegend([
        ...curveKeys(curves, paper),
        KEYS.mark(first, "each reading"),
        {
          mark: drawLine([[0, 12], [22, 2]], first.look),
          name: "slope: what each takes",
        },
        ...(costs.some(({ privateEach }) => privateEach !== null)
          ? [KEYS.mark({ ...first, isHollow: true }, "private, median")]
          : []),
      ], paper),
    ],
  });
}

function writeRows({ costs, count }: MemoryCosts): Table {
  const both = <T>(one: T, own: T | null) => own === null ? [one] : [one, own];
  return [
    [
      "at once",
      ...costs.flatMap(({ model, privateEach }) =>
        both(
          `${model}, ${count.toUpperCase()}`,
          privateEach && `${model}, private`,
        )
      ),
    ],
    ...(costs[0]?.points ?? []).map(({ k }, row) => [
      String(k),
      ...costs.flatMap(({ points }) => {
        const { medianBytes, medianPrivateBytes } = points[row]!;
        return both(medianBytes, medianPrivateBytes).map(formatBytes);
      }),
    ]),
    [
      "each",
      ...costs.flatMap(({ each, privateEach }) =>
        both(each, privateEach).map(({ bytes }) => formatBytes(bytes))
      ),
    ],
  ];
}

/** What is private, and above it all readings with the line through them. */
function toCurves(cost: MemoryCost): readonly Curve[] {
  const { model, unit = 1, points, each, onceBytes, returned } = cost;
  const look = LOOKS[model];
  const [first, last] = [points[0]!, points.at(-1)!];
  const at = (k: number) => [k, onceBytes + each.bytes * unit * k] as const;
  return [
    {
      look: { ...look, radiusPx: 4, isHollow: true },
      points: points.flatMap(({ k, medianPrivateBytes: own }) =>
        own === null ? [] : [{ at: [k, own] as const }]
      ),
      style: { widthPx: 1.5, isDashed: true },
    },
    {
      look,
      name: `${unit === 1 ? "" : `${formatCount(unit)} `}${model}`,
      note: `${formatBytes(each.bytes)} each, ${
        formatPercent(Math.max(0, returned))
      } given back`,
      points: points.flatMap(({ k, samples }) =>
        samples.map(({ bytes }) => ({ at: [k, bytes] as const }))
      ),
      line: [at(first.k), at(last.k)],
      nameAt: last.medianBytes,
    },
  ];
}

const LOOKS: Readonly<Record<MemoryModel, Look>> = {
  workers: { shape: "circle", look: "skein-workers" },
  processes: { shape: "square", look: "skein-processes" },
  promises: { shape: "triangle", look: "skein-async" },
};
