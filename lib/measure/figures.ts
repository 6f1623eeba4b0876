/**
 * The kinds of figures that measurements have in common: strips of samples, and
 * curves over an axis; with the words and legends that go with them. Pure.
 * @module
 */
import { formatDuration, formatInterval, speedInWords } from "../base/mod.ts";
import type { SpeedUp, Summary } from "../base/record/mod.ts";
import { describeNoise } from "../base/stamp/mod.ts";
import {
  type Axis,
  type AxisPlan,
  type Block,
  type Counted,
  describeStamp,
  drawBox,
  drawInterval,
  drawLine,
  drawMark,
  drawSamples,
  drawWhisker,
  type Figure,
  type FigureParts,
  type Frame,
  labelSeries,
  type LegendEntry,
  type Look,
  makeFigure,
  makeFrame,
  type Paper,
  type Place,
  roundPx,
  ROUNDS,
  type Row,
  seriesEntries,
  seriesRoom,
  textLine,
  type TextRun,
  textWidth,
  TYPE,
} from "../plot/core/mod.ts";
import type { Circumstances } from "./scaffold.ts";

/** What a figure is made of besides heading, doubts, findings and stamp. */
export interface MeasuredParts
  extends Pick<FigureParts, "draw" | "table" | "alt" | "withPrediction"> {
  readonly counted?: Counted | null;
  /** Small print around the stamp. @default the stamp alone */
  readonly caption?: (stamp: string) => string;
}

/** Makes the figure of something measured; what makes it doubtful stands above. */
export function measuredFigure(
  { title, findings, stamp }: Circumstances<string>,
  { counted = ROUNDS, caption = (words) => words, ...parts }: MeasuredParts,
): Figure {
  const [doubt] = describeNoise(stamp);
  return makeFigure({
    title,
    ...parts,
    // Said once, above.
    findings: findings.filter((finding) => finding !== doubt),
    warning: doubt,
    captions: [caption(describeStamp({ ...stamp, noisy: false }, counted))],
  });
}

type Middle = Pick<Summary, "lowMs" | "medianMs" | "highMs">;

/** A strip: the median and its interval, and each sample. */
export interface Strip extends Pick<Row, "name" | "meaning" | "answer"> {
  readonly look: Look;
  readonly summary: Middle;
  /** @default none is drawn */
  readonly samplesMs?: readonly number[];
  readonly heightPx: number;
  readonly more?: Row["draw"];
}

export function makeStrip(strip: Strip): Row {
  const { look, summary, samplesMs = [], more = () => "", ...row } = strip;
  return {
    ...row,
    ...(samplesMs.length > 0 ? { look } : {}),
    draw: (axis, top, bottom) =>
      drawMiddle(summary, axis, [top, bottom], look) +
      drawSamples(samplesMs.map(axis.at), [top + 4, bottom - 4], look) +
      more(axis, top, bottom),
  };
}

function drawMiddle(
  { lowMs, medianMs, highMs }: Middle,
  { at }: Axis,
  ends: readonly [number, number],
  { look }: Look,
): string {
  return drawInterval([at(lowMs), at(medianMs), at(highMs)], ends, look);
}

/** Small words beside an answer. */
export const MUTED = { look: "skein-muted", sizePx: TYPE.small } as const;

/** Writes a median, and its interval if that is wanted. */
export function medianRuns(
  { medianMs, lowMs, highMs }: Middle,
  hasInterval = true,
): readonly TextRun[] {
  const median = { text: formatDuration(medianMs), look: "skein-bold" };
  const interval = { text: `(${formatInterval(lowMs, highMs)})`, ...MUTED };
  return hasInterval ? [median, interval] : [median];
}

/** Writes a speed-up with its interval, or that none is shown. */
export function speedRuns(speedup: SpeedUp | null): readonly TextRun[] {
  if (speedup === null) return [];
  const { value, interval } = speedInWords(speedup);
  return speedup.shown
    ? [
      { text: `· ${value}`, look: "skein-bold" },
      { text: `(${interval})`, ...MUTED },
    ]
    : [{ text: `· no difference shown (${interval})`, ...MUTED }];
}

/** Writes a duration with its interval into a cell of a table. */
export function durationCell({ medianMs, lowMs, highMs }: Middle): string {
  return `${formatDuration(medianMs)} (${formatInterval(lowMs, highMs)})`;
}

/** A logarithmic axis around all values that are above 0. */
export function logAxis(
  values: readonly number[],
  margin: number,
  plan: Omit<AxisPlan, "domain" | "isLog">,
): AxisPlan {
  const above = values.filter((value) => value > 0);
  return {
    ...plan,
    isLog: true,
    domain: [Math.min(...above) / margin, Math.max(...above) * margin],
  };
}

export interface Curve {
  readonly look: Look;
  readonly points: readonly CurvePoint[];
  /** Its name, at its end or in the legend. @default it has none */
  readonly name?: string;
  /** What there is to say of it, in short. */
  readonly note?: string;
  /** At which value its name stands. @default its last point's */
  readonly nameAt?: number;
  /** Places between which its line goes. @default its points */
  readonly line?: readonly Place[];
  readonly style?: { readonly widthPx?: number; readonly isDashed?: boolean };
  /** Whether points have marks. @default true */
  readonly isMarked?: boolean;
}

/** A point of a curve, and the ends of its interval if it has one. */
export interface CurvePoint {
  readonly at: Place;
  readonly low?: number;
  readonly high?: number;
  readonly isHollow?: boolean;
}

export interface Chart {
  readonly x: AxisPlan;
  readonly y: AxisPlan;
  readonly heightPx: number;
  readonly topPx?: number;
  readonly curves: readonly Curve[];
  readonly under?: (frame: Frame) => string;
  readonly over?: (frame: Frame) => string;
}

/** Draws curves, their names at their ends. */
export function drawChart(chart: Chart, paper: Paper): Block {
  const { x, y, heightPx, topPx = 0, curves } = chart;
  const { under = () => "", over = () => "" } = chart;
  const series = seriesOf(curves);
  const rightPx = series.length > 0 ? seriesRoom(series, paper) : 0;
  const frame = makeFrame(paper, { x, y, heightPx, topPx, rightPx });
  return {
    markup: [
      frame.markup,
      under(frame),
      ...curves.map((curve) => drawCurve(curve, frame)),
      over(frame),
      labelSeries(series, frame, paper),
    ].join(""),
    heightPx: frame.heightPx,
  };
}

/** Names of curves in the legend, where there was no room at their ends. */
export function curveKeys(
  curves: readonly Curve[],
  paper: Paper,
): readonly LegendEntry[] {
  return seriesEntries(seriesOf(curves), paper);
}

function seriesOf(curves: readonly Curve[]) {
  return curves.flatMap(({ name, note, look, points, nameAt }) =>
    name === undefined ? [] : [{
      name,
      look,
      value: nameAt ?? points.at(-1)?.at[1] ?? 0,
      ...(note === undefined ? {} : { note }),
    }]
  );
}

function drawCurve(curve: Curve, { x, y }: Frame): string {
  const { points, look, style = {}, isMarked = true } = curve;
  const { line = points.map(({ at }) => at) } = curve;
  const place = ([a, b]: Place) => [x(a), y(b)] as const;
  const marks = points.map(({ at, low, high, isHollow }) =>
    (low === undefined || high === undefined
      ? ""
      : drawWhisker(x(at[0]), [y(high), y(low)])) +
    drawMark(place(at), isHollow === undefined ? look : { ...look, isHollow })
  );
  return drawLine(line.map(place), look.look, style) +
    (isMarked ? marks.join("") : "");
}

/** Draws a limit across a chart, such as the number of cores, with its name above. */
export function drawLimit(
  value: number,
  label: string,
  { x, left, right, top, bottom }: Frame,
): string {
  const place = roundPx(x(value));
  const half = textWidth(label, TYPE.caption) / 2;
  const middle = Math.min(Math.max(place, left + half), right - half);
  return `<path class="skein-end" d="M${place} ${top}V${bottom}" fill="none"/>` +
    textLine(label, [middle, top - 4], {
      sizePx: TYPE.caption,
      anchor: "middle",
      look: "skein-muted",
    });
}

/** Draws a bar 13 pixels high; nothing where it would not be seen. */
export function drawBar(
  look: string,
  [left, right]: readonly [number, number],
  top: number,
): string {
  return right - left < 0.5
    ? ""
    : drawBox([left, top + 1, right - left, 13], look, 2);
}

/** Writes a value beside the end of a bar. */
export function labelBar(value: string, end: number, top: number): string {
  return textLine(value, [end + 6, top + 11.5], {
    sizePx: TYPE.small,
    look: "skein-bold skein-halo",
  });
}

/** Small ones of what is drawn, for legends. */
export const KEYS = {
  samples: (look: Look, name: string): LegendEntry => ({
    mark: drawSamples([5, 11, 17], [2, 12], look),
    name,
  }),
  interval: ({ look }: Look, name: string): LegendEntry => ({
    mark: drawInterval([5, 11, 17], [0, 14], look),
    name,
  }),
  whisker: (look: Look, name: string): LegendEntry => ({
    mark: drawWhisker(11, [0.5, 13.5]) + drawMark([11, 7], look),
    name,
  }),
  mark: (look: Look, name: string): LegendEntry => ({
    mark: drawMark([11, 7], look),
    name,
  }),
  line: (look: string, name: string, style: Curve["style"] = {}) => ({
    mark: drawLine([[0, 7], [22, 7]], look, style),
    name,
  }),
  box: (look: string, name: string, meaning = ""): LegendEntry => ({
    mark: drawBox([0, 2, 22, 10], look, 1),
    name,
    meaning,
  }),
};
