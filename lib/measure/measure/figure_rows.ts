/**
 * The strips of a distribution: every sample (or, of many, how many are where),
 * outliers as outlines, and below them the middle half and where samples crowd.
 *
 * Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../../base/mod.ts";
import {
  type Axis,
  type Block,
  drawBox,
  drawInterval,
  drawMark,
  jitter,
  type Look,
  makeLegend,
  makeRows,
  type Paper,
  type Reference,
  roundPx,
  seriesLook,
  textLine,
  textWidth,
  TYPE,
} from "../../plot/core/mod.ts";
import { KEYS, medianRuns, speedRuns } from "../figures.ts";
import type { MeasuredFunction, Measurement } from "./measure.ts";

/** Draws one row a function. */
export function distributionRows(
  { results }: Measurement,
  references: readonly Reference[],
  paper: Paper,
): Block {
  const all = results.flatMap(({ samplesMs }) => samplesMs);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const isLog = low > 0 && high / low > 10;
  // One value alone, or values all alike, stand in the middle.
  const margin = isLog
    ? (high / low) ** 0.03
    : Math.max((high - low) * 0.04, high * 0.002);
  return makeRows(
    paper,
    {
      isLog,
      domain: isLog
        ? [low / margin, high * margin]
        : [Math.max(0, low - margin), high + margin],
      kind: "time",
      title: isLog ? "time of one call, logarithmic" : "time of one call",
    },
    results.map((result, index) => ({
      name: result.name,
      look: seriesLook(index),
      answer: [...medianRuns(result.summary), ...speedRuns(result.speedup)],
      heightPx: STRIP_PX + BOX_PX +
        (result.shape.modes.length > 1 ? MODES_PX : 0),
      draw: (axis, top) =>
        drawStrip(result, seriesLook(index), axis, top) +
        drawHalf(result, seriesLook(index), axis, top + STRIP_PX) +
        writeModes(result, axis, top + STRIP_PX + BOX_PX, paper),
    })),
    references,
  );
}

/** Explains what these rows are made of. */
export function distributionLegend(
  { results }: Measurement,
  paper: Paper,
): Block {
  const look = seriesLook(0);
  const bars = [[2, 6], [8, 13], [14, 9]] as const;
  return makeLegend([
    ...(results.every(isMany) ? [] : [KEYS.samples(look, "each sample")]),
    ...(results.some(isMany)
      ? [{
        mark: bars.map(([x, height]) =>
          drawBox([x, 14 - height, 5, height], `skein-sample ${look.look}`)
        ).join(""),
        name: "how many samples",
      }]
      : []),
    KEYS.interval(look, "median, middle half"),
    ...(results.some(({ outliers }) => outliers.length > 0)
      ? [KEYS.mark({ ...look, radiusPx: 3, isHollow: true }, "outlier, kept")]
      : []),
    KEYS.mark(WARM_UP, "warm-up, not counted"),
  ], paper);
}

function drawStrip(
  { samplesMs, outliers }: MeasuredFunction,
  look: Look,
  axis: Axis,
  top: number,
): string {
  const outlying = new Set(outliers.map(({ index }) => index));
  const isBars = samplesMs.length > MOST_DOTS;
  const y = (index: number) => top + 3 + (STRIP_PX - 6) * jitter(index);
  const rings = outliers.map(({ index }) =>
    drawMark(
      [axis.at(samplesMs[index]!), isBars ? top + STRIP_PX - 6 : y(index)],
      { ...look, radiusPx: 3, isHollow: true },
    )
  );
  const dots = isBars ? [drawBars(samplesMs, look, axis, top)] : samplesMs.map(
    (ms, index) =>
      outlying.has(index) ? "" : drawMark([axis.at(ms), y(index)], {
        ...look,
        look: `skein-sample ${look.look}`,
        radiusPx: 3,
      }),
  );
  return [...dots, ...rings].join("");
}

function drawBars(
  samplesMs: readonly number[],
  { look }: Look,
  axis: Axis,
  top: number,
): string {
  const counts = new Map<number, number>();
  for (const ms of samplesMs) {
    const bar = Math.floor(axis.at(ms) / BAR_PX);
    counts.set(bar, (counts.get(bar) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return [...counts].sort(([one], [other]) => one - other).map(
    ([bar, count]) => {
      const height = Math.max(1.5, count / most * (STRIP_PX - 2));
      return drawBox([
        bar * BAR_PX + 0.5,
        top + STRIP_PX - height,
        BAR_PX - 1,
        height,
      ], `skein-sample ${look}`);
    },
  ).join("");
}

/** The middle half as a box, the median, and how far all but outliers reach. */
function drawHalf(
  { summary, samplesMs, outliers }: MeasuredFunction,
  { look }: Look,
  { at }: Axis,
  top: number,
): string {
  const outlying = new Set(outliers.map(({ index }) => index));
  const inside = samplesMs.filter((_, index) => !outlying.has(index));
  const middle = top + BOX_PX / 2 + 2;
  const { q1Ms, medianMs, q3Ms } = summary;
  return `<path class="skein-axis" d="M${
    roundPx(at(Math.min(...inside)))
  } ${middle}H${roundPx(at(q1Ms))}M${roundPx(at(q3Ms))} ${middle}H${
    roundPx(at(Math.max(...inside)))
  }"/>` +
    drawInterval(
      [at(q1Ms), at(medianMs), at(q3Ms)],
      [middle - 5, middle + 5],
      look,
    );
}

/** The largest crowd first: where there is no room for both, it has a label. */
function writeModes(
  { shape: { modes } }: MeasuredFunction,
  { at }: Axis,
  top: number,
  { left, right }: Paper,
): string {
  if (modes.length < 2) return "";
  const taken: (readonly [left: number, right: number])[] = [];
  return modes.toSorted((one, other) => other.share - one.share).map(
    ({ center, share }) => {
      const x = roundPx(at(center));
      const arrow = `<path class="skein-ink" d="M${x} ${top + 3}l4 6h-8Z"/>`;
      const label = `${formatDuration(center)} · ${formatPercent(share)}`;
      const half = textWidth(label, TYPE.small, true) / 2;
      const middle = Math.min(Math.max(x, left + half), right - half);
      const [from, to] = [middle - half - 8, middle + half + 8];
      if (taken.some(([a, b]) => from < b && to > a)) return arrow;
      taken.push([from, to]);
      return arrow + textLine(label, [middle, top + 20], {
        sizePx: TYPE.small,
        anchor: "middle",
        look: "skein-bold skein-halo",
      });
    },
  ).join("");
}

function isMany({ samplesMs }: MeasuredFunction): boolean {
  return samplesMs.length > MOST_DOTS;
}

const WARM_UP: Look = {
  shape: "circle",
  look: "skein-starting-ink",
  radiusPx: 2.4,
};
const MOST_DOTS = 120;
const STRIP_PX = 34;
const BOX_PX = 16;
const BAR_PX = 6;
const MODES_PX = 24;
