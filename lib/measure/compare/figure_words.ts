/**
 * A comparison in words: its text alternative.
 *
 * Pure: a comparison in, text out. The table is in `lib/run/`, as it needs
 * no figure.
 * @module
 */

import { baselineOf, type Comparison } from "../../base/record/mod.ts";
import { describeSpeedUp } from "./comparison_table.ts";
import { formatDuration, formatShort } from "../../base/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import { describeStamp } from "../../plot/core/stamp_words.ts";

/**
 * Says what the answer picture shows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CPU } from "../../plot/gallery/gallery_data.ts";
 * assert.match(describeComparison(CPU), /speed-up 1.88× \(1.85–1.92\)/);
 * ```
 *
 * @param comparison What was measured.
 * @returns Lines of text: one a model, then findings and honesty stamp.
 */
export function describeComparison(comparison: Comparison): string {
  const { results, jobs, findings, stamp, prediction } = comparison;
  const rows = results.map((result) => {
    const { model, summary } = result;
    const { medianMs, lowMs, highMs, count } = summary;
    const speedup = describeSpeedUp(result);
    const predicted = prediction?.[model];
    return [
      `${model}: median ${formatDuration(medianMs)} (${nameInterval(count)} ${
        formatDuration(lowMs)
      } to ${formatDuration(highMs)})`,
      ...(speedup === "" || model === baselineOf(model)
        ? []
        : [`speed-up ${speedup}`]),
      ...(predicted === undefined
        ? []
        : [`predicted ${formatShort(predicted)}×`]),
    ].join(", ") + ".";
  });
  return [
    `Wall time of ${jobs} ${jobs === 1 ? "job" : "jobs"}.`,
    ...rows,
    ...findings,
    describeStamp(stamp),
  ].join("\n");
}
