/**
 * The picture of a comparison: which way was faster, by how much, and how sure
 * that is; below it what happened, which says why.
 *
 * One row a way, over wall time from zero: every sample, the median with its
 * interval, the speed-up. Pure.
 * @module
 */
import {
  formatDuration,
  formatShort,
  formatTimes,
  speedInWords,
} from "../../base/mod.ts";
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
  describeStamp,
  drawInterval,
  drawMark,
  drawSamples,
  type Figure,
  type LegendEntry,
  makeFigure,
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
  warningOf,
} from "../../plot/core/mod.ts";
import { timelineBlocks, timelineWords } from "../../plot/figures/timeline.ts";
import { comparisonRows } from "./comparison_table.ts";
import { describeComparison } from "./figure_words.ts";

/** How a comparison is drawn. */
export interface ComparisonOptions {
  /** Its heading. @default the comparison's title */
  readonly title?: string;
  /**
   * Whether faint lines show what `sequential` divided by the cores, and by the
   * jobs, would be: what perfect parallelism would give computing, and waiting.
   * @default true
   */
  readonly ideal?: boolean;
  /** Whether the timeline of the round nearest the median is below. @default true */
  readonly timeline?: boolean;
  /** What was predicted of the time, milliseconds. @default null */
  readonly predictedMs?: number | null;
}

/** Draws a comparison. */
export function comparisonFigure(
  comparison: Comparison,
  options: ComparisonOptions = {},
): Figure {
  const { title = comparison.title, ideal = true, timeline = true } = options;
  const { results, stamp, findings } = comparison;
  const hasSpans = timeline && results.some(({ spans }) => spans.length > 0);
  return makeFigure({
    title,
    alt: [
      describeComparison(comparison),
      ...(hasSpans ? [timelineWords(comparison)] : []),
    ].join("\n"),
    table: comparisonRows(comparison),
    warning: warningOf(stamp),
    findings,
    captions: [describeStamp(stamp)],
    withPrediction: ({ ms }) =>
      comparisonFigure(comparison, { ...options, predictedMs: ms }),
    draw: (paper) => [
      ...answerBlocks(comparison, [
        ...(ideal ? findIdeals(comparison) : []),
        ...predictedLines(options.predictedMs ?? null),
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
  const rows = results.map((result) => ({
    ...MODELS[result.model],
    look: modelLook(result.model),
    answer: writeAnswer(result, comparison),
    heightPx: STRIP_PX,
    draw: (axis: Axis, top: number, bottom: number) =>
      drawResult(result, axis, [top, bottom]) +
      drawPrediction(comparison, result, axis, bottom, endMs),
  }));
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

function drawResult(
  { model, samplesMs, summary }: ModelResult,
  { at }: Axis,
  [top, bottom]: readonly [number, number],
): string {
  const look = modelLook(model);
  const { lowMs, medianMs, highMs } = summary;
  return drawInterval(
    [at(lowMs), at(medianMs), at(highMs)],
    [top, bottom],
    look.look,
  ) + drawSamples(samplesMs.map(at), [top + 5, bottom - 5], look);
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
  result: ModelResult,
  { prediction, results }: Comparison,
): readonly TextRun[] {
  const { model, summary, speedup } = result;
  const muted = { look: "skein-muted", sizePx: TYPE.small };
  const runs: TextRun[] = [
    { text: formatDuration(summary.medianMs), look: "skein-bold" },
  ];
  const hasBaseline = results.length > 1 &&
    results.some((one) => one.model === baselineOf(model));
  if (!hasBaseline) return runs;
  if (model === baselineOf(model)) {
    runs.push({ text: "baseline", ...muted });
  } else if (speedup !== null) {
    const { value, interval } = speedInWords(speedup);
    if (speedup.shown) runs.push({ text: `· ${value}`, look: "skein-bold" });
    else runs.push({ text: "· no difference shown", ...muted });
    runs.push({ text: `(${interval})`, ...muted });
  }
  const guess = prediction?.[model];
  if (guess !== undefined) {
    runs.push({ text: `you: ${formatTimes(guess)}`, sizePx: TYPE.small });
  }
  return runs;
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
  const hasBoth = python !== undefined && python !== first;
  const look = modelLook(first.model);
  const fewest = Math.min(...results.map(({ summary }) => summary.count));
  return [
    ...(hasBoth
      ? [
        { mark: drawMark([11, 7], look), name: "JavaScript" },
        {
          mark: drawMark([11, 7], modelLook(python.model)),
          name: "Python",
        },
      ]
      : []),
    { mark: drawSamples([5, 11, 17], [2, 12], look), name: "each sample" },
    {
      mark: drawInterval([5, 11, 17], [0, 14], look.look),
      name: `median, ${nameInterval(fewest)}`,
    },
    ...(results.some((result) => predictedMs(comparison, result) !== null)
      ? [{ mark: drawMark([11, 7], PREDICTED), name: "your prediction" }]
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
