/**
 * The picture of handing over: one row a kind on a logarithmic axis, every
 * sample of it, and the median. Pure.
 * @module
 */
import { formatDuration, formatInterval } from "../../base/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import {
  describeStamp,
  drawInterval,
  drawSamples,
  type Figure,
  type Look,
  makeFigure,
  makeLegend,
  makeRows,
  ROUNDS,
  TYPE,
  warningOf,
} from "../../plot/core/mod.ts";
import { SWITCH_NAMES } from "./findings.ts";
import type { SwitchCosts, SwitchKind } from "./result.ts";

/** Draws what handing over costs. */
export function switchCostFigure(found: SwitchCosts): Figure {
  const { title, findings, stamp, costs } = found;
  const interval = nameInterval(stamp.samples);
  const times = costs.flatMap(({ samplesMs }) => samplesMs);
  const plan = {
    isLog: true,
    domain: [Math.min(...times) / 2, Math.max(...times) * 2],
    kind: "time",
    title: "time of one hand-over, logarithmic",
  } as const;
  return makeFigure({
    title,
    findings,
    warning: warningOf(stamp),
    captions: [describeStamp(stamp, ROUNDS)],
    table: [
      ["between", "one hand-over", interval],
      ...costs.map(({ kind, summary }) => [
        SWITCH_NAMES[kind],
        formatDuration(summary.medianMs),
        formatInterval(summary.lowMs, summary.highMs),
      ]),
    ],
    draw: (paper) => [
      makeRows(
        paper,
        plan,
        costs.map(({ kind, samplesMs, summary }) => ({
          name: SWITCH_NAMES[kind],
          look: LOOKS[kind],
          answer: [
            { text: formatDuration(summary.medianMs), look: "skein-bold" },
            {
              text: `(${formatInterval(summary.lowMs, summary.highMs)})`,
              look: "skein-muted",
              sizePx: TYPE.small,
            },
          ],
          heightPx: 24,
          draw: ({ at }, top, bottom) =>
            drawInterval(
              [at(summary.lowMs), at(summary.medianMs), at(summary.highMs)],
              [top, bottom],
              LOOKS[kind].look,
            ) +
            drawSamples(samplesMs.map(at), [top + 4, bottom - 4], LOOKS[kind]),
        })),
      ),
      makeLegend([
        {
          mark: drawSamples([5, 11, 17], [2, 12], LOOKS.thread),
          name: "each round",
        },
        {
          mark: drawInterval([5, 11, 17], [0, 14], LOOKS.thread.look),
          name: `median, ${interval}`,
        },
      ], paper),
    ],
  });
}

const LOOKS: Readonly<Record<SwitchKind, Look>> = {
  await: { shape: "triangle", look: "skein-async" },
  thread: { shape: "circle", look: "skein-workers" },
  process: { shape: "square", look: "skein-processes" },
};
