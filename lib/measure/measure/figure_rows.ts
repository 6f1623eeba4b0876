/**
 * Rows of the picture of a measurement: dots or bars, a box, the answer.
 *
 * Few samples are dots, many are bars: dots that cover one another tell less.
 * Pure.
 * @module
 */

import type { MeasuredFunction, Measurement } from "./result.ts";
import {
  formatDuration,
  formatInterval,
  formatNumber,
  formatPercent,
} from "../../base/mod.ts";
import type { Block } from "../../plot/core/card.ts";
import { type Axis, drawTicks, makeAxis } from "../../plot/core/sample_axis.ts";
import { drawMark, seriesClass } from "./figure_marks.ts";
import { type LegendEntry, makeLegend } from "../../plot/core/legend.ts";
import {
  fitText,
  roundPx,
  textLine,
  textRuns,
  textWidth,
} from "../../plot/core/text.ts";
import { SPACE, TYPE } from "../../plot/core/visual.ts";

/**
 * Draws one row a function, on a common axis.
 *
 * @param measurement What was measured.
 * @returns A block of a card.
 */
export function distributionRows({ results }: Measurement): Block {
  const axis = makeSampleAxis(results);
  let bottom = 0;
  const rows = results.map((result, index) => {
    const row = drawRow(result, index, axis) + writeRow(result, index) +
      writeModes(result, axis);
    const moved = `<g transform="translate(0,${bottom})">${row}</g>`;
    bottom += ROW_PX + (result.shape.modes.length > 1 ? MODES_PX : 0);
    return moved;
  });
  return {
    markup: drawTicks(axis, [NAME_PX, bottom]) + rows.join("") +
      textLine("time of one call", [SPACE.edge, bottom + 32], {
        sizePx: TYPE.caption,
        look: "skein-muted",
      }),
    heightPx: bottom + 36,
  };
}

/**
 * Explains the marks of the rows that are there.
 *
 * @param measurement What was measured.
 * @returns A block of a card.
 */
export function distributionLegend({ results }: Measurement): Block {
  const hasBars = results.some(isMany);
  const hasDots = results.some((result) => !isMany(result));
  const hasOutliers = results.some(({ outliers }) => outliers.length > 0);
  const look = seriesClass(0);
  const dots = [5, 11, 17].map((x, index) =>
    `<circle class="skein-sample ${look}" cx="${x}" cy="${
      [8.5, 4.5, 9.5][index]
    }" r="3"/>`
  );
  const entries: LegendEntry[] = [
    ...(hasDots
      ? [{ mark: dots.join(""), name: "each sample", meaning: "" }]
      : []),
    ...(hasBars
      ? [{
        mark: [[2, 6], [8, 13], [14, 9]].map(([x, height]) =>
          `<rect class="skein-sample ${look}" x="${x}" y="${
            14 - height!
          }" width="5" height="${height}"/>`
        ).join(""),
        name: "how many samples",
        meaning: "",
      }]
      : []),
    {
      mark:
        `<rect class="skein-interval ${look}" x="3.5" y="2.5" width="15" height="9"/><path class="skein-median" d="M11 0V14"/>`,
      name: "median, middle half",
      meaning: "",
    },
    ...(hasOutliers
      ? [{
        mark: drawOutlier(0, [11, 7]),
        name: "outlier, kept",
        meaning: "",
      }]
      : []),
    {
      mark:
        `<circle class="skein-starting-ink" cx="6" cy="7" r="2"/><circle class="skein-starting-ink" cx="15" cy="7" r="2"/>`,
      name: "warm-up, not counted",
      meaning: "",
    },
  ];
  return makeLegend(entries);
}

/** Logarithmic where the samples differ by more than ten times; a margin keeps marks off the edge. */
function makeSampleAxis(results: readonly MeasuredFunction[]): Axis {
  const all = results.flatMap(({ samplesMs }) => samplesMs);
  const low = Math.min(...all);
  const high = Math.max(...all);
  const isLog = low > 0 && high / low > 10;
  // One value alone, or values all alike, stand in the middle.
  const margin = isLog
    ? (high / low) ** 0.03
    : Math.max((high - low) * 0.04, high * 0.002);
  return makeAxis({
    domain: isLog
      ? [low / margin, high * margin]
      : [Math.max(0, low - margin), high + margin],
    range: [SPACE.edge + 6, SPACE.width - SPACE.edge - 6],
    isLog,
    most: 6,
  });
}

function drawRow(
  result: MeasuredFunction,
  index: number,
  axis: Axis,
): string {
  const { samplesMs, outliers } = result;
  const top = NAME_PX;
  const outlying = new Set(outliers.map((outlier) => outlier.index));
  const look = `skein-sample ${seriesClass(index)}`;
  const strip = isMany(result)
    ? drawBars(result, axis, { top, look })
    : samplesMs.flatMap((ms, order) => {
      // Spread by the golden ratio: even, and the same every time.
      const y = top + STRIP_PX * (0.1 + 0.8 * ((order * 0.618034 + 0.5) % 1));
      return outlying.has(order)
        ? []
        : [drawMark(index, [axis.at(ms), y], look)];
    }).join("");
  const rings = outliers.map((outlier) =>
    drawOutlier(index, [
      axis.at(samplesMs[outlier.index]!),
      isMany(result)
        ? top + STRIP_PX - 6
        : top + STRIP_PX * (0.1 + 0.8 * ((outlier.index * 0.618034 + 0.5) % 1)),
    ])
  );
  return strip + rings.join("") + drawBox(result, index, axis);
}

function drawBars(
  { samplesMs }: MeasuredFunction,
  axis: Axis,
  { top, look }: { readonly top: number; readonly look: string },
): string {
  const counts = new Map<number, number>();
  for (const ms of samplesMs) {
    const bar = Math.floor(axis.at(ms) / BAR_PX);
    counts.set(bar, (counts.get(bar) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return [...counts].sort(([one], [other]) => one - other).map(
    ([bar, count]) => {
      const height = roundPx(Math.max(1.5, count / most * (STRIP_PX - 2)));
      return `<rect class="${look}" x="${bar * BAR_PX + 0.5}" y="${
        roundPx(top + STRIP_PX - height)
      }" width="${BAR_PX - 1}" height="${height}"/>`;
    },
  ).join("");
}

/** Quartiles as a box, the median across it, a line from the least to the largest sample within the fences. */
function drawBox(
  { summary, samplesMs, outliers }: MeasuredFunction,
  index: number,
  axis: Axis,
): string {
  const outlying = new Set(outliers.map((outlier) => outlier.index));
  const inside = samplesMs.filter((_, order) => !outlying.has(order));
  const [from, to] = [Math.min(...inside), Math.max(...inside)].map((ms) =>
    roundPx(axis.at(ms))
  );
  const top = NAME_PX + STRIP_PX + 5;
  const middle = top + BOX_PX / 2;
  const left = roundPx(axis.at(summary.q1Ms));
  const right = roundPx(axis.at(summary.q3Ms));
  const median = roundPx(axis.at(summary.medianMs));
  const width = roundPx(Math.max(1, right - left));
  return `<path class="skein-axis" d="M${from} ${middle}H${left}M${
    roundPx(left + width)
  } ${middle}H${to}"/>` +
    `<rect class="skein-interval ${
      seriesClass(index)
    }" x="${left}" y="${top}" width="${width}" height="${BOX_PX}"/>` +
    `<path class="skein-median" d="M${median} ${top - 2}V${
      top + BOX_PX + 2
    }"/>`;
}

function drawOutlier(
  index: number,
  place: readonly [number, number],
): string {
  return `<g fill-opacity="0" stroke-width="1.5">${
    drawMark(index, place, seriesClass(index), 3)
  }</g>`;
}

function writeRow(result: MeasuredFunction, index: number): string {
  const { name, summary, speedup } = result;
  const y = 16;
  const { medianMs, lowMs, highMs } = summary;
  const answer = speedup === null
    ? ""
    : speedup.shown
    ? `${formatNumber(speedup.ratio)}× as fast (${formatNumber(speedup.low)}–${
      formatNumber(speedup.high)
    })`
    : `no difference shown: ${formatNumber(speedup.ratio)}× (${
      formatNumber(speedup.low)
    }–${formatNumber(speedup.high)})`;
  return drawMark(index, [SPACE.edge + 5, y - 5], seriesClass(index), 4.5) +
    textRuns(
      [
        {
          text: fitText(name, {
            sizePx: TYPE.heading,
            widthPx: 170,
            isBold: true,
          }),
          look: "skein-bold",
        },
        { text: formatDuration(medianMs), look: "skein-bold" },
        {
          text: `(${formatInterval(lowMs, highMs)})`,
          look: "skein-muted",
          sizePx: TYPE.small,
        },
      ],
      [SPACE.edge + 16, y],
      { sizePx: TYPE.heading },
    ) +
    (answer === "" ? "" : textLine(answer, [SPACE.width - SPACE.edge, y], {
      sizePx: TYPE.small,
      anchor: "end",
      look: speedup?.shown ? "skein-bold" : "skein-muted",
    }));
}

/** Where the crowds are, and how large; a label without room is left to the words below. */
function writeModes(
  { shape: { modes } }: MeasuredFunction,
  axis: Axis,
): string {
  if (modes.length < 2) return "";
  const taken: (readonly [left: number, right: number])[] = [];
  const y = NAME_PX + STRIP_PX + BOX_PX + 11;
  // The largest crowd first: where there is no room for both, it has a label.
  return modes.toSorted((one, other) => other.share - one.share).map(
    ({ center, share }) => {
      const x = roundPx(axis.at(center));
      const arrow = `<path class="skein-ink" d="M${x} ${y}l4 6h-8Z"/>`;
      const label = `${formatDuration(center)} · ${formatPercent(share)}`;
      const half = textWidth(label, TYPE.small, true) / 2;
      const middle = Math.min(
        Math.max(x, SPACE.edge + half),
        SPACE.width - SPACE.edge - half,
      );
      const [left, right] = [middle - half - 8, middle + half + 8];
      if (taken.some(([from, to]) => left < to && right > from)) return arrow;
      taken.push([left, right]);
      return arrow + textLine(label, [middle, y + 18], {
        sizePx: TYPE.small,
        anchor: "middle",
        look: "skein-bold skein-halo",
      });
    },
  ).join("");
}

function isMany({ samplesMs }: MeasuredFunction): boolean {
  return samplesMs.length > MOST_DOTS;
}

const MOST_DOTS = 120;
const ROW_PX = 84;
const NAME_PX = 24;
const STRIP_PX = 34;
const BOX_PX = 10;
const BAR_PX = 6;
const MODES_PX = 22;
