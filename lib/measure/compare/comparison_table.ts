/**
 * A comparison as a table in Markdown, for those who want numbers and no figure.
 *
 * Pure; loads nothing of `lib/plot/`.
 * @module
 */

import {
  chooseUnit,
  formatDuration,
  formatNumber,
  formatShort,
  nameInterval,
  refuse,
  speedInWords,
  writeTable,
} from "../../base/mod.ts";
import {
  baselineOf,
  type Comparison,
  type ModelResult,
} from "../../base/record/mod.ts";

/**
 * Writes a comparison as a Markdown table that also reads well as plain text.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CPU } from "../../plot/gallery/gallery_data.ts";
 * assert.match(comparisonTable(CPU), /\| workers +\| 432 ms \|/);
 * ```
 *
 * @param comparison What was measured.
 * @returns Lines of a table: one row a model.
 * @throws {TypeError} If it is no comparison.
 */
export function comparisonTable(comparison: Comparison): string {
  const found = Object(comparison) as Partial<Comparison>;
  if (!Array.isArray(found.results)) {
    const place = ["write table", "comparison"] as const;
    throw new TypeError(refuse(place, comparison, "what compare() gave"));
  }
  return writeTable(comparisonRows(comparison));
}

/** All numbers of a comparison; the first row holds the headings. */
export function comparisonRows(
  comparison: Comparison,
): readonly (readonly string[])[] {
  const { results, prediction } = comparison;
  const hasPrediction = results.some(({ model }) =>
    prediction?.[model] !== undefined
  );
  const unit = chooseUnit(
    Math.max(0, ...results.map(({ summary }) => summary.highMs)),
  );
  const rows = results.map((result) => {
    const { model, summary } = result;
    const { medianMs, lowMs, highMs, count } = summary;
    const low = formatNumber(lowMs / unit.ms);
    const predicted = prediction?.[model];
    return [
      model,
      formatDuration(medianMs, unit),
      `${low}–${formatNumber(highMs / unit.ms)} ${unit.symbol}`,
      describeSpeedUp(result) || "–",
      ...(hasPrediction
        ? [predicted === undefined ? "–" : `${formatShort(predicted)}×`]
        : []),
      String(count),
    ];
  });
  return [
    [
      "model",
      "median",
      nameInterval(
        Math.min(...results.map(({ summary }) => summary.count)),
      ),
      "speed-up (95 % interval)",
      ...(hasPrediction ? ["predicted"] : []),
      "samples",
    ],
    ...rows,
  ];
}

/** Writes a speed-up with its interval, such as `1.91× as fast (1.85× to 1.96×)`; empty where there is none. */
function describeSpeedUp({ model, speedup }: ModelResult): string {
  if (model === baselineOf(model)) return "baseline";
  if (speedup === null) return "";
  const { value, interval } = speedInWords(speedup);
  const words = `${value} (${interval})`;
  return speedup.shown ? words : `no difference shown: ${words}`;
}
