/**
 * The words within the answer picture: models, medians, speed-ups, predictions.
 *
 * Pure: places in, SVG text out. Every word is escaped by `text.ts`.
 * @module
 */

import { baselineOf, type ModelResult } from "../../base/record/mod.ts";
import type { ComparisonLayout, ComparisonRow } from "./figure_layout.ts";
import { writeModelMark } from "../../plot/core/model_mark.ts";
import { chooseUnit, formatDuration, formatNumber } from "../../base/mod.ts";
import { textLine, textRuns, textWidth } from "../../plot/core/text.ts";
import { MODELS, SPACE, TYPE } from "../../plot/core/visual.ts";

/**
 * Writes all words within the answer picture.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { layOutComparison } from "./figure_layout.ts";
 * import { CPU } from "../../plot/gallery/gallery_data.ts";
 * const labels = writeComparisonLabels(layOutComparison(CPU, true), (ms) => ms);
 * assert.match(labels, /no difference shown/);
 * ```
 *
 * @param layout Where everything is.
 * @param x Turns milliseconds into pixels.
 * @returns SVG elements.
 */
export function writeComparisonLabels(
  layout: ComparisonLayout,
  x: (ms: number) => number,
): string {
  return [
    ...layout.rows.map((row) => writeRow(row, layout, x)),
    writeHeadings(layout),
    ...writeIdeals(layout, x),
  ].join("");
}

function writeHeadings(layout: ComparisonLayout): string {
  const { left, right, bottom, hasBaseline } = layout;
  const small = { sizePx: TYPE.caption, look: "skein-muted" } as const;
  return [
    textLine("wall time", [left - 12, bottom + 16], {
      ...small,
      anchor: "end",
    }),
    hasBaseline
      ? textLine("speed-up (95 % interval)", [right + ANSWER_GAP_PX, 12], small)
      : "",
  ].join("");
}

/** Labels on one line; one that has no room beside the one before is left to the legend's word. */
function writeIdeals(
  { ideals, left, right }: ComparisonLayout,
  x: (ms: number) => number,
): readonly string[] {
  let edge = left - 30;
  return ideals.map(({ ms, label }) => {
    const width = textWidth(label, TYPE.caption);
    const start = Math.min(
      Math.max(x(ms) - width / 2, edge),
      right - width,
    );
    edge = start + width + 10;
    return textLine(label, [start, 12], {
      sizePx: TYPE.caption,
      look: "skein-muted",
    });
  });
}

function writeRow(
  row: ComparisonRow,
  layout: ComparisonLayout,
  x: (ms: number) => number,
): string {
  const { result, middle, predictedMs, predictedLabel } = row;
  const { name, meaning } = MODELS[result.model];
  const unit = chooseUnit(layout.endMs);
  const median = formatDuration(result.summary.medianMs, unit);
  return [
    writeModelMark(result.model, [SPACE.edge + 5, middle - 9]),
    textLine(name, [SPACE.edge + 15, middle - 4], {
      sizePx: TYPE.heading,
      look: "skein-bold",
    }),
    textLine(meaning, [SPACE.edge + 15, middle + 12], {
      sizePx: TYPE.caption,
      look: "skein-muted",
    }),
    writeCentred(median, [x(result.summary.medianMs), middle - 19], {
      layout,
      sizePx: TYPE.body,
      look: "skein-bold skein-halo",
    }),
    predictedMs === null
      ? ""
      : writeCentred(predictedLabel, [x(predictedMs), middle + 27], {
        layout,
        sizePx: TYPE.caption,
        look: "skein-halo",
      }),
    layout.hasBaseline ? writeAnswer(result, [layout.right, middle]) : "",
  ].join("");
}

/** A line of text over a place, moved so far that it stays within the axis. */
function writeCentred(
  text: string,
  [middle, baseline]: readonly [number, number],
  options: {
    readonly layout: ComparisonLayout;
    readonly sizePx: number;
    readonly look: string;
  },
): string {
  const { layout: { left, right }, sizePx, look } = options;
  const half = textWidth(text, sizePx, true) / 2;
  const place = Math.min(Math.max(middle, left + half + 3), right + 12 - half);
  return textLine(text, [place, baseline], { sizePx, anchor: "middle", look });
}

function writeAnswer(
  { model, speedup }: ModelResult,
  [right, middle]: readonly [number, number],
): string {
  const left = right + ANSWER_GAP_PX;
  const muted = { sizePx: TYPE.small, look: "skein-muted" } as const;
  if (model === baselineOf(model)) {
    return textLine("baseline", [left, middle + 5], muted);
  }
  if (speedup === null) return "";
  const ratio = `${formatNumber(speedup.ratio)}×`;
  const interval = `(${formatNumber(speedup.low)}–${
    formatNumber(speedup.high)
  })`;
  if (!speedup.shown) {
    return textLine("no difference shown", [left, middle - 2], {
      sizePx: TYPE.small,
      look: "skein-bold",
    }) + textLine(`${ratio} ${interval}`, [left, middle + 14], muted);
  }
  return textRuns(
    [{ text: ratio, look: "skein-bold" }, { text: interval, ...muted }],
    [left, middle + 6],
    { sizePx: TYPE.lead },
  );
}

const ANSWER_GAP_PX = 18;
