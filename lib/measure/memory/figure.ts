/**
 * The memory picture: what more and more Workers and processes take.
 *
 * Every reading over the number of them, and the line whose slope is what each
 * one takes; hollow marks are what is private. Pure.
 * @module
 */

import { type Displayable, formatBytes, formatCount } from "../../base/mod.ts";
import type { MemoryCost, MemoryCosts, MemoryModel } from "./result.ts";
import type { Block, Figure } from "../../plot/core/card.ts";
import { type LegendEntry, makeLegend } from "../../plot/core/legend.ts";
import {
  makeResultCard,
  type ResultParts,
  showResult,
} from "../../plot/core/result_card.ts";
import {
  type Frame,
  makeFrame,
  spreadLabels,
  type Tick,
} from "../../plot/core/chart.ts";
import {
  drawLine,
  drawMark,
  type MarkLook,
} from "../../plot/core/chart_marks.ts";
import { roundPx, textLine } from "../../plot/core/text.ts";
import { TYPE } from "../../plot/core/visual.ts";

/**
 * Shows what Workers and processes take.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "../../base/display.ts";
 * import { MEMORY } from "../../plot/gallery/memory_gallery_data.ts";
 * const bundle = await showMemory(MEMORY)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /\| 8 /);
 * ```
 *
 * @param costs What was measured.
 * @returns A value shown as one image, or as a text table.
 */
export function showMemory(costs: MemoryCosts): Displayable {
  return showResult(costs, () => makeParts(costs));
}

/**
 * Draws what Workers and processes take.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MEMORY } from "../../plot/gallery/memory_gallery_data.ts";
 * assert.match(memoryFigure(MEMORY).svg, /^<svg /);
 * ```
 *
 * @param costs What was measured.
 * @returns The image and its text alternative.
 */
export function memoryFigure(costs: MemoryCosts): Figure {
  return makeResultCard(costs, makeParts(costs));
}

function makeParts(costs: MemoryCosts): ResultParts {
  const counts = costs.costs[0]?.points.map(({ k }) => k) ?? [];
  return {
    blocks: [drawMemory(costs), makeLegend(legendOf(costs))],
    table: [
      [
        "at once",
        ...costs.costs.flatMap(({ model, privateEach }) => [
          `${model}, ${costs.count.toUpperCase()}`,
          ...(privateEach === null ? [] : [`${model}, private`]),
        ]),
      ],
      ...counts.map((k, row) => [
        String(k),
        ...costs.costs.flatMap(({ points }) => {
          const { medianBytes, medianPrivateBytes } = points[row]!;
          return [
            formatBytes(medianBytes),
            ...(medianPrivateBytes === null
              ? []
              : [formatBytes(medianPrivateBytes)]),
          ];
        }),
      ]),
      [
        "each",
        ...costs.costs.flatMap(({ each, privateEach }) => [
          formatBytes(each.bytes),
          ...(privateEach === null ? [] : [formatBytes(privateEach.bytes)]),
        ]),
      ],
    ],
  };
}

function drawMemory({ costs, count }: MemoryCosts): Block {
  const readings = costs.flatMap(({ points }) =>
    points.flatMap(({ samples }) => samples.map(({ bytes }) => bytes))
  );
  const counts = [
    ...new Set(costs.flatMap(({ points }) => points.map(({ k }) => k))),
  ];
  const most = Math.max(...counts);
  const highest = Math.max(MIB, ...readings) * 1.08;
  const frame = makeFrame({
    x: {
      type: "linear",
      domain: [0, most * 1.05],
      ticks: chooseCounts(counts, most),
      title: "how many at once",
    },
    y: {
      type: "linear",
      domain: [Math.min(0, ...readings), highest],
      ticks: chooseMemoryTicks(highest),
      title: count === "pss"
        ? "more memory than before, shared pages divided (PSS)"
        : "more memory than before, shared pages in full (RSS)",
    },
    heightPx: 240,
    leftPx: 62,
    rightPx: 150,
  });
  return {
    markup: [
      frame.markup,
      ...costs.map((cost) => drawCost(cost, frame)),
      ...labelCosts(costs, frame),
    ].join(""),
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
    `<g stroke-dasharray="5 4">${drawLine(own, look.look, 1.5)}</g>`,
    drawLine([lineAt(first), lineAt(last)], look.look),
    ...own.map((place) =>
      drawMark(place, { ...look, radiusPx: 4, isHollow: true })
    ),
    ...points.flatMap(({ k, samples }) =>
      samples.map(({ bytes }) => drawMark([x(k), y(bytes)], look))
    ),
  ].join("");
}

function labelCosts(
  costs: readonly MemoryCost[],
  { y, right, top, bottom }: Frame,
): string[] {
  const places = spreadLabels(
    costs.map(({ points }) => y(points.at(-1)!.medianBytes)),
    { gapPx: 56, top: top + 10, bottom: bottom - 30 },
  );
  const small = { sizePx: TYPE.caption, look: "skein-muted" } as const;
  return costs.map(({ model, unit = 1, each, returned }, index) => {
    const place = roundPx(places[index]!);
    return [
      drawMark([right + 14, place], LOOKS[model]),
      textLine(`${unit === 1 ? "" : `${formatCount(unit)} `}${model}`, [
        right + 24,
        place + 4,
      ], {
        sizePx: TYPE.small,
        look: "skein-bold",
      }),
      textLine(`${formatBytes(each.bytes)} each`, [right + 24, place + 19], {
        sizePx: TYPE.body,
        look: "skein-bold",
      }),
      textLine(
        `${Math.round(Math.max(0, returned) * 100)} % given back`,
        [right + 24, place + 33],
        small,
      ),
    ].join("");
  });
}

function legendOf({ costs }: MemoryCosts): readonly LegendEntry[] {
  const model = costs[0]?.model;
  if (model === undefined) return [];
  const look = LOOKS[model];
  const hasPrivate = costs.some(({ privateEach }) => privateEach !== null);
  return [
    { mark: drawMark([11, 7], look), name: "each reading", meaning: "" },
    {
      mark: drawLine([[0, 12], [22, 2]], look.look),
      name: "slope: what each takes",
      meaning: "",
    },
    ...(hasPrivate
      ? [{
        mark: drawMark([11, 7], { ...look, radiusPx: 4, isHollow: true }),
        name: "private, median",
        meaning: "",
      }]
      : []),
  ];
}

function chooseCounts(counts: readonly number[], most: number): Tick[] {
  let edge = -Infinity;
  return [0, ...counts].map((value) => {
    const isFree = value - edge >= most / 20;
    if (isFree) edge = value;
    return { value, label: isFree ? String(value) : "" };
  });
}

function chooseMemoryTicks(highest: number): Tick[] {
  let step = MIB;
  for (let turn = 0; highest / step > 6; turn++) step *= [2, 2.5, 2][turn % 3]!;
  return Array.from({ length: Math.floor(highest / step) + 1 }, (_, index) => ({
    value: index * step,
    label: index === 0 ? "0" : `${index * step / MIB} MiB`,
  }));
}

const LOOKS: Readonly<Record<MemoryModel, MarkLook>> = {
  workers: { shape: "circle", look: "skein-workers" },
  processes: { shape: "square", look: "skein-processes" },
  promises: { shape: "triangle", look: "skein-async" },
};
const MIB = 2 ** 20;
