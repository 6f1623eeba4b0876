/**
 * A comparison as a table. Pure.
 * @module
 */

import {
  chooseUnit,
  formatDuration,
  formatNumber,
  formatShort,
  nameInterval,
  speedInWords,
} from "../../base/mod.ts";
import {
  baselineOf,
  type Comparison,
  type ModelResult,
} from "../../base/record/mod.ts";

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
