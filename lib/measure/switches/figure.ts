/**
 * The picture of context switches: what each thread did with its time, and how
 * often it gave up its core or had it taken.
 *
 * The axis is logarithmic: a thread that waits for messages leaves its core a
 * thousand times as often as one that computes. Pure.
 * @module
 */
import { formatCount, formatDuration } from "../../base/mod.ts";
import {
  type Block,
  type Figure,
  makeLegend,
  makeRows,
  type Paper,
  type Row,
  TYPE,
} from "../../plot/core/mod.ts";
import { drawBar, KEYS, labelBar, measuredFigure } from "../figures.ts";
import type { SwitchesReport, ThreadSwitches } from "./switches.ts";

export function switchesFigure(report: SwitchesReport): Figure {
  const { threads } = report;
  return measuredFigure(report, {
    counted: null,
    table: [
      ["thread", "gave up its core", "lost its core", "ran", "ready"],
      ...threads.map(({ name, voluntary, involuntary, runMs, waitMs }) => [
        name,
        formatCount(voluntary),
        formatCount(involuntary),
        runMs === null ? "unknown" : formatDuration(runMs),
        waitMs === null ? "unknown" : formatDuration(waitMs),
      ]),
    ],
    draw: (paper) => [
      drawThreads(threads, paper),
      makeLegend([
        KEYS.box(GAVE, "gave up its core", "to wait"),
        KEYS.box(LOST, "lost its core", "with more to do"),
      ], paper),
    ],
  });
}

function drawThreads(
  threads: readonly ThreadSwitches[],
  paper: Paper,
): Block {
  const most = Math.max(
    10,
    ...threads.flatMap((t) => [t.voluntary, t.involuntary]),
  );
  return makeRows(paper, {
    isLog: true,
    // One switch has a bar of some length: none has none. Room for its number.
    domain: [0.7, most * (most / 0.7) ** 0.18],
    title: "context switches, logarithmic",
  }, threads.map(makeRow));
}

function makeRow(
  { name, voluntary, involuntary, runMs, waitMs }: ThreadSwitches,
): Row {
  return {
    name,
    heightPx: 34,
    answer: runMs === null ? [] : [
      { text: `ran ${formatDuration(runMs)}`, look: "skein-bold" },
      ...(waitMs === null ? [] : [{
        text: `ready without a core ${formatDuration(waitMs)}`,
        sizePx: TYPE.small,
      }]),
    ],
    draw: ({ at }, top) =>
      ([[GAVE, voluntary], [LOST, involuntary]] as const).map(
        ([look, count], i) => {
          const end = at(Math.max(0.7, count));
          const y = top + 17 * i;
          return drawBar(look, [at(0.7), end], y) +
            labelBar(formatCount(count), end, y);
        },
      ).join(""),
  };
}

const GAVE = "skein-waiting";
const LOST = "skein-running";
