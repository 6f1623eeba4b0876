/**
 * Draws the answer picture's rows: samples, intervals, medians, predictions.
 *
 * `comparison_layout.ts` says where everything goes, `comparison_labels.ts`
 * writes the words. Pure but for loading Observable Plot.
 * @module
 */

import { type Comparison, isPythonModel } from "../../base/record/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import type { Block } from "../../plot/core/card.ts";
import { writeComparisonLabels } from "./figure_labels.ts";
import { writeModelMark, writeModelStyle } from "../../plot/core/model_mark.ts";
import { type ComparisonLayout, layOutComparison } from "./figure_layout.ts";
import { type LegendEntry, makeLegend } from "../../plot/core/legend.ts";
import type { Plot } from "../../plot/core/plot.ts";
import { drawOverTime, type PlotMark } from "../../plot/core/time_axis.ts";

/**
 * Draws the rows of the answer picture, and its legend.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CPU } from "../../plot/gallery/gallery_data.ts";
 * const [rows] = await answerBlocks(CPU, true);
 * assert.match(rows!.markup, /1.88×/);
 * ```
 *
 * @param comparison What was measured.
 * @param hasIdeal Whether ideal times are shown.
 * @returns Two blocks of a card.
 */
export async function answerBlocks(
  comparison: Comparison,
  hasIdeal: boolean,
): Promise<readonly Block[]> {
  const layout = layOutComparison(comparison, hasIdeal);
  const heightPx = layout.bottom + AXIS_PX;
  const frame = { ...layout, heightPx, axisPx: AXIS_PX, mostTicks: MAX_TICKS };
  const { markup, x } = await drawOverTime(frame, (plot, ticksMs) => [
    ...frameMarks(plot, layout, ticksMs),
    ...sampleMarks(plot, layout),
  ]);
  return [
    {
      markup: writeModelStyle(layout.rows.map(({ result }) => result.model)) +
        markup +
        writeComparisonLabels(layout, x),
      heightPx,
    },
    makeLegend(legendOf(layout)),
  ];
}

/** Lines of the axis, and the ideal times through all rows. */
function frameMarks(
  plot: Plot,
  layout: ComparisonLayout,
  ticksMs: readonly number[],
): readonly PlotMark[] {
  const { top, bottom, ideals } = layout;
  return [
    plot.ruleX(ticksMs, { y1: top, y2: bottom, className: "skein-grid" }),
    plot.ruleX(ideals.map(({ ms }) => ms), {
      y1: top - 4,
      y2: bottom,
      className: "skein-ideal",
    }),
  ];
}

/** Each model's interval, samples and median, then the predictions. */
function sampleMarks(
  plot: Plot,
  { rows }: ComparisonLayout,
): readonly PlotMark[] {
  const marks = rows.flatMap(({ result, middle }) => {
    const { model, samplesMs, summary } = result;
    const { lowMs, highMs, medianMs } = summary;
    // Spread by the golden ratio: even, and the same every time.
    const dots = samplesMs.map((x, index) => ({
      x,
      y: middle + ((index * 0.618034 + 0.5) % 1 - 0.5) * SPREAD_PX,
    }));
    const interval = [{ lowMs, highMs }];
    const edges = { y1: middle - MEDIAN_PX / 2, y2: middle + MEDIAN_PX / 2 };
    return [
      plot.rect(interval, {
        x1: "lowMs",
        x2: "highMs",
        ...edges,
        insetLeft: -1.5,
        insetRight: -1.5,
        rx: 3,
        className: `skein-interval skein-${model}`,
      }),
      plot.dot(dots, {
        x: "x",
        y: "y",
        r: 3,
        className: `skein-sample skein-${model}`,
        ...(isPythonModel(model) ? { symbol: "square" as const } : {}),
      }),
      plot.ruleX([medianMs], { ...edges, className: "skein-median" }),
    ];
  });
  const predicted = rows.filter(({ predictedMs }) => predictedMs !== null);
  return [
    ...marks,
    plot.dot(predicted, {
      x: "predictedMs",
      y: "middle",
      r: 5.5,
      symbol: "diamond2",
      className: "skein-prediction",
    }),
  ];
}

function legendOf({ rows, ideals }: ComparisonLayout): readonly LegendEntry[] {
  const model = rows[0]?.result.model;
  if (model === undefined) return [];
  const hasPrediction = rows.some(({ predictedMs }) => predictedMs !== null);
  const fewest = Math.min(...rows.map(({ result }) => result.summary.count));
  const first = rows.find(({ result }) => isPythonModel(result.model));
  const languages = first === undefined || first === rows[0] ? [] : [
    ...[model, first.result.model].map((one) => ({
      mark: writeModelMark(one, [11, 7]),
      name: isPythonModel(one) ? "Python" : "JavaScript",
      meaning: "",
    })),
  ];
  return [
    ...languages,
    {
      mark: [5, 11, 17].map((x, index) =>
        `<circle class="skein-sample skein-${model}" cx="${x}" cy="${
          [8.5, 4.5, 9.5][index]
        }" r="3"/>`
      ).join(""),
      name: "each sample",
      meaning: "",
    },
    {
      mark:
        `<rect class="skein-interval skein-${model}" x="4.5" y="0" width="13" height="14" rx="3"/><path class="skein-median" d="M11 0V14"/>`,
      name: `median, ${nameInterval(fewest)}`,
      meaning: "",
    },
    ...(hasPrediction
      ? [{
        mark:
          `<path class="skein-prediction" d="M11 1.5L16.5 7L11 12.5L5.5 7Z"/>`,
        name: "your prediction",
        meaning: "",
      }]
      : []),
    ...(ideals.length > 0
      ? [{
        mark: `<path class="skein-ideal" d="M11 0V14"/>`,
        name: "perfect split",
        meaning: "",
      }]
      : []),
  ];
}

const AXIS_PX = 32;
const MAX_TICKS = 4;
const SPREAD_PX = 18;
const MEDIAN_PX = 28;
