/**
 * The picture of a measurement: all samples, their median and middle half, where
 * they crowd, and how they came one after another.
 *
 * Pure. The strips of the samples are in `figure_rows.ts`.
 * @module
 */
import {
  type Block,
  drawMark,
  type Figure,
  makeFrame,
  makeParagraph,
  type Paper,
  predictedLines,
  type Reference,
  roundPx,
  seriesLook,
  textLine,
  TYPE,
} from "../../plot/core/mod.ts";
import { durationCell, measuredFigure } from "../figures.ts";
import { distributionLegend, distributionRows } from "./figure_rows.ts";
import type { Measurement } from "./measure.ts";

export function distributionFigure(
  measurement: Measurement,
  references: readonly Reference[] = [],
): Figure {
  const { clockStepMs, results } = measurement;
  return measuredFigure(measurement, {
    alt: results.map(({ name, summary }) =>
      `${name}: median ${durationCell(summary)}.`
    ).join("\n"),
    counted: ["sample a function", "samples a function"],
    caption: (stamp) =>
      `${stamp} Step of the clock: ${Math.round(clockStepMs * 1e6)} ns.`,
    withPrediction: ({ ms }) =>
      distributionFigure(measurement, predictedLines(ms)),
    draw: (paper) => [
      distributionRows(measurement, references, paper),
      distributionLegend(measurement, paper),
      makeParagraph("In the order taken", "heading", paper),
      drawSequence(measurement, paper),
    ],
  });
}

/** Warm-up and samples as they came: what drifts or jumps shows here. */
function drawSequence({ results }: Measurement, paper: Paper): Block {
  const warmUps = results.map(({ warmUpMs }) => thin(warmUpMs));
  const samples = results.map(({ samplesMs }) => thin(samplesMs));
  const all = [...warmUps, ...samples].flat().map(({ ms }) => ms)
    .filter((ms) => ms > 0);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const isLog = high / low > 4;
  const frame = makeFrame(paper, {
    x: { domain: [0, 1], at: [] },
    y: {
      isLog,
      domain: isLog ? [low / 1.1, high * 1.1] : [0, high * 1.05],
      kind: "time",
    },
    heightPx: 110,
  });
  const { y, left, right, top, bottom } = frame;
  const split = left + (right - left) * WARM_UP_PART;
  const draw = (own: readonly Shown[], index: number, isWarmUp: boolean) => {
    const [from, to] = isWarmUp
      ? [left + 6, split - 8]
      : [split + 8, right - 6];
    const { look, shape } = seriesLook(index);
    return own.map(({ ms, part }) =>
      drawMark([from + (to - from) * part, y(ms)], {
        shape,
        look: isWarmUp ? "skein-starting-ink" : `skein-sample ${look}`,
        radiusPx: 2.4,
      })
    ).join("");
  };
  const caption = { sizePx: TYPE.caption, look: "skein-muted" } as const;
  return {
    markup: [
      frame.markup,
      `<path class="skein-end" d="M${roundPx(split)} ${top}V${bottom}"/>`,
      ...warmUps.map((own, index) => draw(own, index, true)),
      ...samples.map((own, index) => draw(own, index, false)),
      textLine("warm-up", [left + 6, bottom + 15], caption),
      textLine("samples", [split + 8, bottom + 15], caption),
    ].join(""),
    heightPx: bottom + 20,
  };
}

/** A sample that is drawn, and where in the order it was, 0 to 1. */
interface Shown {
  readonly ms: number;
  readonly part: number;
}

/** Of many neighbours the slowest, so that no outlier is lost. */
function thin(timesMs: readonly number[]): readonly Shown[] {
  const size = Math.max(1, Math.ceil(timesMs.length / MOST_SHOWN));
  const shown: Shown[] = [];
  for (let start = 0; start < timesMs.length; start += size) {
    shown.push({
      ms: Math.max(...timesMs.slice(start, start + size)),
      part: timesMs.length < 2 ? 0.5 : start / (timesMs.length - 1),
    });
  }
  return shown;
}

const WARM_UP_PART = 0.3;
const MOST_SHOWN = 160;
