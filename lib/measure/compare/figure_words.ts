/**
 * What the picture of a comparison shows, in words. Pure.
 * @module
 */
import { formatDuration, formatTimes } from "../../base/mod.ts";
import { baselineOf, type Comparison } from "../../base/record/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import { describeSpeedUp } from "./comparison_table.ts";

/** A way a line: median, interval, speed-up, and what was predicted. */
export function describeComparison(comparison: Comparison): string {
  const { results, jobs, prediction } = comparison;
  const rows = results.map((result) => {
    const { model, summary } = result;
    const { medianMs, lowMs, highMs, count } = summary;
    const speedup = describeSpeedUp(result);
    const guess = prediction?.[model];
    return [
      `${model}: median ${formatDuration(medianMs)} (${nameInterval(count)} ${
        formatDuration(lowMs)
      } to ${formatDuration(highMs)})`,
      ...(speedup === "" || model === baselineOf(model) ? [] : [speedup]),
      ...(guess === undefined ? [] : [`predicted ${formatTimes(guess)}`]),
    ].join(", ") + ".";
  });
  return [`Wall time of ${jobs} ${jobs === 1 ? "job" : "jobs"}.`, ...rows]
    .join("\n");
}
