/**
 * The picture of handing over: one row a kind on a logarithmic axis, every
 * sample of it, and the median. Pure.
 * @module
 */
import { formatDuration, formatInterval } from "../../base/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import {
  type Figure,
  type Look,
  makeLegend,
  makeRows,
} from "../../plot/core/mod.ts";
import {
  KEYS,
  logAxis,
  makeStrip,
  measuredFigure,
  medianRuns,
} from "../figures.ts";
import { nameSwitch } from "./findings.ts";
import type { SwitchCosts, SwitchKind } from "./switch_cost.ts";

export function switchCostFigure(found: SwitchCosts): Figure {
  const { stamp, costs, line } = found;
  const interval = nameInterval(stamp.samples);
  const times = costs.flatMap(({ samplesMs }) => samplesMs);
  return measuredFigure(found, {
    table: [
      ["between", "one hand-over", interval],
      ...costs.map(({ kind, summary }) => [
        nameSwitch(kind, line),
        formatDuration(summary.medianMs),
        formatInterval(summary.lowMs, summary.highMs),
      ]),
    ],
    draw: (paper) => [
      makeRows(
        paper,
        logAxis(times, 2, {
          kind: "time",
          title: "time of one hand-over, logarithmic",
        }),
        costs.map(({ kind, samplesMs, summary }) =>
          makeStrip({
            samplesMs,
            summary,
            heightPx: 24,
            name: nameSwitch(kind, line),
            look: LOOKS[kind],
            answer: medianRuns(summary),
          })
        ),
      ),
      makeLegend([
        KEYS.samples(LOOKS.thread, "each round"),
        KEYS.interval(LOOKS.thread, `median, ${interval}`),
      ], paper),
    ],
  });
}

const LOOKS: Readonly<Record<SwitchKind, Look>> = {
  await: { shape: "triangle", look: "skein-async" },
  thread: { shape: "circle", look: "skein-workers" },
  process: { shape: "square", look: "skein-processes" },
};
