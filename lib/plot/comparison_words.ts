/**
 * A comparison in words: table, text alternative, honesty stamp.
 *
 * Pure: a comparison in, text out.
 * @module
 */

import type {
  Comparison,
  HonestyStamp,
  ModelResult,
} from "../parallel/comparison.ts";
import { baselineOf } from "../python/model_names.ts";
import {
  chooseUnit,
  formatDuration,
  formatNumber,
  formatShort,
} from "./duration.ts";

/**
 * Writes a comparison as a Markdown table that also reads well as plain text.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CPU } from "./gallery_data.ts";
 * assert.match(comparisonTable(CPU), /\| workers +\| 432 ms \|/);
 * ```
 *
 * @param comparison What was measured.
 * @returns Lines of a table: one row a model.
 */
export function comparisonTable(comparison: Comparison): string {
  const { results, prediction } = comparison;
  const hasPrediction = results.some(({ model }) =>
    prediction?.[model] !== undefined
  );
  const unit = chooseUnit(longestOf(comparison));
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
  return writeTable([
    [
      "model",
      "median",
      "95 % interval",
      "speed-up (95 % interval)",
      ...(hasPrediction ? ["predicted"] : []),
      "samples",
    ],
    ...rows,
  ]);
}

/**
 * Says what the answer picture shows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CPU } from "./gallery_data.ts";
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
    const { medianMs, lowMs, highMs } = summary;
    const speedup = describeSpeedUp(result);
    const predicted = prediction?.[model];
    return [
      `${model}: median ${formatDuration(medianMs)} (95 % interval ${
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

/**
 * Writes a speed-up with its interval.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CPU } from "./gallery_data.ts";
 * assert.equal(describeSpeedUp(CPU.results[2]!), "1.88× (1.85–1.92)");
 * ```
 *
 * @param result What one model did.
 * @returns Such as `1.91× (1.85–1.96)`; empty where there is none.
 */
export function describeSpeedUp({ model, speedup }: ModelResult): string {
  if (model === baselineOf(model)) return "baseline";
  if (speedup === null) return "";
  const { ratio, low, high, shown } = speedup;
  const figures = `${formatNumber(ratio)}× (${formatNumber(low)}–${
    formatNumber(high)
  })`;
  return shown ? figures : `no difference shown: ${figures}`;
}

/**
 * Writes the honesty stamp: on what machine, how often, how undisturbed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { STAMP } from "./gallery_data.ts";
 * assert.match(describeStamp(STAMP), /^Measured on 2 cores · others used 1.2 % CPU/);
 * ```
 *
 * @param stamp The circumstances.
 * @returns One line; figures that are missing are named.
 */
export function describeStamp(stamp: HonestyStamp): string {
  const { cores, quotaCores, otherCpuShare, samples, missing } = stamp;
  const facts = [
    `${cores} ${cores === 1 ? "core" : "cores"}`,
    ...(quotaCores === null ? [] : [`quota ${formatShort(quotaCores)} cores`]),
    ...(otherCpuShare === null
      ? []
      : [`others used ${formatShort(otherCpuShare * 100)} % CPU`]),
    `${samples} ${samples === 1 ? "sample" : "samples"} a model`,
    `Deno ${stamp.deno}`,
    `${stamp.os} ${stamp.arch}`,
  ];
  const gaps = missing.map((text) => ` ${text.replace(/\.?$/, ".")}`).join("");
  const doubt = stamp.noisy ? " Noisy: doubt small differences." : "";
  return `Measured on ${facts.join(" · ")}.${doubt}${gaps}`;
}

function longestOf({ results }: Comparison): number {
  return Math.max(0, ...results.map(({ summary }) => summary.highMs));
}

function writeTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => row[column]!.length))
  );
  const lines = rows.map((row) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}
