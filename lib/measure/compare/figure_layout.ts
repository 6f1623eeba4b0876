/**
 * Where everything in the answer picture goes.
 *
 * Pure. Horizontal places stay in milliseconds, because Plot's scale turns them
 * into pixels; vertical places are pixels from the upper edge of the block.
 * @module
 */

import {
  baselineOf,
  type Comparison,
  isPythonModel,
  type ModelResult,
} from "../../base/record/mod.ts";
import { formatShort } from "../../base/mod.ts";
import { textWidth } from "../../plot/core/text.ts";
import { MODELS, SPACE, TYPE } from "../../plot/core/visual.ts";

/** One model's row. */
export interface ComparisonRow {
  /** What the model did. */
  readonly result: ModelResult;
  /** The middle of its samples, pixels. */
  readonly middle: number;
  /** Where the prediction's mark is, milliseconds; `null` without a prediction. */
  readonly predictedMs: number | null;
  /** The prediction in words, such as `you: 2×`; empty without one. */
  readonly predictedLabel: string;
}

/** A time that perfect parallelism would reach. */
export interface IdealTime {
  /** The time, milliseconds. */
  readonly ms: number;
  /** What it is, such as `÷ 2 cores`. */
  readonly label: string;
}

/** Where everything in the answer picture goes. */
export interface ComparisonLayout {
  /** Rows from top to bottom. */
  readonly rows: readonly ComparisonRow[];
  /** Ideal times, shortest first. */
  readonly ideals: readonly IdealTime[];
  /** Whether there is a baseline to compare with. */
  readonly hasBaseline: boolean;
  /** Where the axis ends, milliseconds. */
  readonly endMs: number;
  /** Left edge of the axis, pixels. */
  readonly left: number;
  /** Right edge of the axis, pixels. */
  readonly right: number;
  /** Upper edge of the rows, pixels. */
  readonly top: number;
  /** Lower edge of the rows, pixels. */
  readonly bottom: number;
}

/**
 * Places rows, predictions and ideal times.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CPU } from "../../plot/gallery/gallery_data.ts";
 * const { ideals } = layOutComparison(CPU, true);
 * assert.deepEqual(ideals.map(({ label }) => label), ["÷ 4 jobs", "÷ 2 cores"]);
 * ```
 *
 * @param comparison What was measured.
 * @param hasIdeal Whether ideal times are shown.
 * @returns The places.
 */
export function layOutComparison(
  comparison: Comparison,
  hasIdeal: boolean,
): ComparisonLayout {
  const { results, prediction } = comparison;
  const baselines = results.filter(({ model }) => model === baselineOf(model));
  const hasBaseline = baselines.length > 0 && results.length > 1;
  const baselineMsOf = ({ model }: ModelResult): number | null =>
    baselines.find((baseline) => baseline.model === baselineOf(model))
      ?.summary.medianMs ?? null;
  const longestMs = Math.max(
    0,
    ...results.flatMap(({ samplesMs, summary }) => [
      summary.highMs,
      ...samplesMs,
    ]),
  );
  const predictedOf = (result: ModelResult): number | null => {
    const { model } = result;
    const ratio = prediction?.[model];
    const baselineMs = baselineMsOf(result);
    if (ratio === undefined || !(ratio > 0) || baselineMs === null) return null;
    return baselineMs / ratio;
  };
  const furthestMs = Math.max(0, ...results.map((r) => predictedOf(r) ?? 0));
  // A wild guess must not press the samples together: it is drawn at the edge.
  const endMs = Math.max(longestMs, Math.min(furthestMs, 1.4 * longestMs)) *
      1.04 || 1;

  const hasPrediction = results.some((r) => predictedOf(r) !== null);
  const rowPx = hasPrediction ? 68 : 58;
  // Of two languages, each would have lines of its own.
  const [baseline, ...others] = baselines;
  const ideals = hasIdeal && hasBaseline && baseline && others.length === 0
    ? findIdeals(comparison, baseline.summary.medianMs)
    : [];
  const top = HEADING_PX;
  const rows = results.map((result, index): ComparisonRow => {
    const predictedMs = predictedOf(result);
    return {
      result,
      middle: top + index * rowPx + MIDDLE_PX,
      predictedMs: predictedMs === null ? null : Math.min(predictedMs, endMs),
      predictedLabel: predictedMs === null
        ? ""
        : `you: ${formatRatio(prediction![result.model]!)}${
          predictedMs > endMs ? " →" : ""
        }`,
    };
  });
  return {
    rows,
    ideals,
    hasBaseline,
    endMs,
    left: SPACE.edge + widthOfNames(results),
    right: SPACE.width - SPACE.edge - (hasBaseline ? ANSWER_PX : 0),
    top,
    bottom: top + results.length * rowPx,
  };
}

/**
 * Writes a ratio as briefly as it is exact, such as `2×` or `1.91×`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatRatio(2), "2×");
 * ```
 *
 * @param ratio The ratio.
 * @returns Digits and a multiplication sign.
 */
export function formatRatio(ratio: number): string {
  return `${formatShort(ratio)}×`;
}

/** Python's names are longer. */
function widthOfNames(results: readonly ModelResult[]): number {
  const widths = results.filter(({ model }) => isPythonModel(model)).map((
    { model },
  ) => NAME_LEFT_PX + textWidth(MODELS[model].name, TYPE.heading, true));
  return Math.max(NAMES_PX, ...widths.map((width) => Math.ceil(width) + 8));
}

function findIdeals(
  { stamp, jobs }: Comparison,
  baselineMs: number,
): readonly IdealTime[] {
  const cores = Math.min(stamp.quotaCores ?? stamp.cores, stamp.cores);
  const byCores = { divisor: cores, label: `÷ ${formatShort(cores)} cores` };
  const byJobs = { divisor: jobs, label: `÷ ${jobs} jobs` };
  // More cores than jobs cannot help: then the jobs are the only limit.
  return (cores < jobs ? [byJobs, byCores] : [byJobs])
    .filter(({ divisor }) => divisor > 1)
    .map(({ divisor, label }) => ({ ms: baselineMs / divisor, label }));
}

const HEADING_PX = 26;
const MIDDLE_PX = 38;
const NAMES_PX = 142;
const NAME_LEFT_PX = 15;
const ANSWER_PX = 164;
