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
  type Axis,
  type Block,
  drawBox,
  type Figure,
  makeLegend,
  makeRows,
  type Paper,
  type Row,
  textLine,
  type TextRun,
  TYPE,
} from "../../plot/core/mod.ts";
import { KEYS, measuredFigure } from "../figures.ts";
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

function makeRow(thread: ThreadSwitches): Row {
  return {
    name: thread.name,
    answer: writeTimes(thread),
    heightPx: 34,
    draw: (axis, top) =>
      drawBar(GAVE, [thread.voluntary, top + 1], axis) +
      drawBar(LOST, [thread.involuntary, top + 18], axis),
  };
}

function writeTimes({ runMs, waitMs }: ThreadSwitches): readonly TextRun[] {
  if (runMs === null) return [];
  return [
    { text: `ran ${formatDuration(runMs)}`, look: "skein-bold" },
    ...(waitMs === null ? [] : [{
      text: `ready without a core ${formatDuration(waitMs)}`,
      sizePx: TYPE.small,
    }]),
  ];
}

function drawBar(
  look: string,
  [count, top]: readonly [number, number],
  { at }: Axis,
): string {
  const left = at(0.7);
  const end = count === 0 ? left : at(count);
  const bar = count === 0 ? "" : drawBox([left, top, end - left, 14], look, 2);
  return bar + textLine(formatCount(count), [end + 6, top + 11.5], {
    sizePx: TYPE.small,
    look: "skein-bold skein-halo",
  });
}

const GAVE = "skein-waiting";
const LOST = "skein-running";
