/**
 * The picture of a comparison: which way was faster, by how much, and how sure
 * that is; below it what happened, which says why.
 *
 * One row a way, over wall time from zero: every sample, the median with its
 * interval, the speed-up. Pure.
 * @module
 */
import { countOf, formatShort, formatTimes } from "../../base/mod.ts";
import {
  baselineOf,
  type Comparison,
  isPythonModel,
  type ModelResult,
} from "../../base/record/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import {
  type Axis,
  type Block,
  describeRows,
  drawMark,
  type Figure,
  type LegendEntry,
  makeLegend,
  makeParagraph,
  makeRows,
  makeRule,
  modelLook,
  MODELS,
  type Paper,
  predictedLines,
  type Reference,
  textLine,
  type TextRun,
  textWidth,
  TYPE,
} from "../../plot/core/mod.ts";
import { timelineBlocks, timelineWords } from "../../plot/figures/timeline.ts";
import {
  KEYS,
  makeStrip,
  measuredFigure,
  medianRuns,
  MUTED,
  speedRuns,
} from "../figures.ts";
import { comparisonRows } from "./comparison_table.ts";

export interface ComparisonOptions {
  /** Whether the timeline of the round nearest the median is below. @default true */
  readonly timeline?: boolean;
  /** What was predicted of the time, milliseconds. @default null */
  readonly predictedMs?: number | null;
}

export function comparisonFigure(
  comparison: Comparison,
  options: ComparisonOptions = {},
): Figure {
  const { timeline = true, predictedMs = null } = options;
  const hasSpans = timeline &&
    comparison.results.some(({ spans }) => spans.length > 0);
  const table = comparisonRows(comparison);
  return measuredFigure(comparison, {
    alt: [
      `Wall time of ${countOf(comparison.jobs, "job")}.`,
      describeRows(table),
      ...(hasSpans ? [timelineWords(comparison)] : []),
    ].join("\n"),
    table,
    counted: ["sample a model", "samples a model"],
    withPrediction: ({ ms }) =>
      comparisonFigure(comparison, { ...options, predictedMs: ms }),
    draw: (paper) => [
      ...answerBlocks(comparison, [
        ...findIdeals(comparison),
        ...predictedLines(predictedMs),
      ], paper),
      ...(hasSpans
        ? [
          makeRule(paper),
          makeParagraph(
            "What happened, in the round nearest the median",
            "heading",
            paper,
          ),
          ...timelineBlocks(comparison, paper),
        ]
        : []),
    ],
  });
}

/** What was predicted of a result, as wall time; `null` if nothing was. */
function predictedMs(
  { results, prediction }: Comparison,
  { model }: ModelResult,
): number | null {
  const ratio = prediction?.[model];
  const baseline = results.find((one) => one.model === baselineOf(model));
  return ratio === undefined || !(ratio > 0) || baseline === undefined
    ? null
    : baseline.summary.medianMs / ratio;
}

function answerBlocks(
  comparison: Comparison,
  references: readonly Reference[],
  paper: Paper,
): readonly Block[] {
  const { results } = comparison;
  const longestMs = Math.max(
    0,
    ...results.flatMap(({ samplesMs, summary }) => [
      summary.highMs,
      ...samplesMs,
    ]),
  );
  const furthestMs = Math.max(
    0,
    ...results.map((result) => predictedMs(comparison, result) ?? 0),
  );
  // A wild guess must not press the samples together: it is drawn at the edge.
  const endMs = Math.max(longestMs, Math.min(furthestMs, 1.4 * longestMs)) *
      1.02 || 1;
  const rows = results.map((result) =>
    makeStrip({
      ...MODELS[result.model],
      look: modelLook(result.model),
      answer: writeAnswer(result, comparison),
      samplesMs: result.samplesMs,
      summary: result.summary,
      heightPx: STRIP_PX,
      more: (axis, _, bottom) =>
        drawPrediction(comparison, result, axis, bottom, endMs),
    })
  );
  const plan = {
    domain: [0, endMs],
    kind: "time",
    title: "wall time, from the first start to the last result",
  } as const;
  return [
    makeRows(paper, plan, rows, references),
    makeLegend(
      legendOf(comparison, references.some(({ label }) => label[0] === "÷")),
      paper,
    ),
  ];
}

function drawPrediction(
  comparison: Comparison,
  result: ModelResult,
  { at }: Axis,
  bottom: number,
  endMs: number,
): string {
  const ms = predictedMs(comparison, result);
  if (ms === null) return "";
  const x = at(ms);
  const label = ms > endMs ? "you →" : "you";
  const isLeft = x > at(endMs) - 60;
  const width = textWidth(label, TYPE.caption);
  return drawMark([x, bottom - 7], PREDICTED) +
    textLine(label, [isLeft ? x - 9 - width : x + 9, bottom - 3], {
      sizePx: TYPE.caption,
      look: "skein-halo",
    });
}

/** The median, and how that is against one after another. */
function writeAnswer(
  { model, summary, speedup }: ModelResult,
  { prediction, results }: Comparison,
): readonly TextRun[] {
  const hasBaseline = results.length > 1 &&
    results.some((one) => one.model === baselineOf(model));
  if (!hasBaseline) return medianRuns(summary, false);
  const guess = prediction?.[model];
  return [
    ...medianRuns(summary, false),
    ...(model === baselineOf(model)
      ? [{ text: "baseline", ...MUTED }]
      : speedRuns(speedup)),
    ...(guess === undefined
      ? []
      : [{ text: `you: ${formatTimes(guess)}`, sizePx: TYPE.small }]),
  ];
}

/** What one after another would take, split perfectly. */
function findIdeals(
  { stamp, jobs, results }: Comparison,
): readonly Reference[] {
  const baselines = results.filter(({ model }) => model === baselineOf(model));
  const [baseline, ...others] = baselines;
  // Of two languages, each would have lines of its own.
  if (baseline === undefined || others.length > 0 || results.length < 2) {
    return [];
  }
  const cores = Math.min(stamp.quotaCores ?? stamp.cores, stamp.cores);
  const byCores = { divisor: cores, label: `÷ ${formatShort(cores)} cores` };
  const byJobs = { divisor: jobs, label: `÷ ${jobs} jobs` };
  // More cores than jobs cannot help: then the jobs are the only limit.
  return (cores < jobs ? [byJobs, byCores] : [byJobs])
    .filter(({ divisor }) => divisor > 1)
    .map(({ divisor, label }) => ({
      value: baseline.summary.medianMs / divisor,
      label,
    }));
}

function legendOf(
  comparison: Comparison,
  hasIdeal: boolean,
): readonly LegendEntry[] {
  const { results } = comparison;
  const [first] = results;
  if (first === undefined) return [];
  const python = results.find(({ model }) => isPythonModel(model));
  const look = modelLook(first.model);
  const fewest = Math.min(...results.map(({ summary }) => summary.count));
  return [
    ...(python !== undefined && python !== first
      ? [
        KEYS.mark(look, "JavaScript"),
        KEYS.mark(modelLook(python.model), "Python"),
      ]
      : []),
    KEYS.samples(look, "each sample"),
    KEYS.interval(look, `median, ${nameInterval(fewest)}`),
    ...(results.some((result) => predictedMs(comparison, result) !== null)
      ? [KEYS.mark(PREDICTED, "your prediction")]
      : []),
    ...(hasIdeal
      ? [{
        mark: `<path class="skein-ideal" d="M11 0V14"/>`,
        name: "one after another, split perfectly",
      }]
      : []),
  ];
}

const PREDICTED = {
  shape: "diamond",
  look: "skein-prediction",
  radiusPx: 5,
  isHollow: true,
} as const;
const STRIP_PX = 30;
