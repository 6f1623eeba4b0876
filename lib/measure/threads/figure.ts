/**
 * The picture of who lives in a process: a row a thread, with what it does, its
 * processor time, and which part of the time watched it was on a core.
 *
 * Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../../base/mod.ts";
import {
  type Figure,
  makeLegend,
  makeRows,
  type Row,
  TYPE,
} from "../../plot/core/mod.ts";
import { drawBar, KEYS, labelBar, measuredFigure } from "../figures.ts";
import type { LivingThread, LivingThreads } from "./threads.ts";

export function threadsFigure(living: LivingThreads): Figure {
  const { threads, watchedMs } = living;
  return measuredFigure(living, {
    counted: null,
    table: [
      ["thread", "does", "on a core", "ready", "processor time"],
      ...threads.map(({ name, doing, onCore, ready, cpuMs }) => [
        name,
        doing,
        onCore === null ? "unknown" : formatPercent(onCore),
        ready === null ? "unknown" : formatPercent(ready),
        cpuMs === null ? "unknown" : formatDuration(cpuMs),
      ]),
    ],
    draw: (paper) => [
      makeRows(paper, {
        domain: [0, 100],
        title: watchedMs === 0
          ? "nobody watched"
          : `percent of ${formatDuration(watchedMs)}`,
      }, threads.map((thread) => makeRow(thread, paper.isNarrow))),
      makeLegend([
        KEYS.box(RAN, "on a core"),
        KEYS.box(READY, "ready", "and no core free"),
      ], paper),
    ],
  });
}

function makeRow(
  { name, doing, cpuMs, onCore, ready }: LivingThread,
  isNarrow: boolean,
): Row {
  return {
    name,
    meaning: doing,
    answer: cpuMs === null ? [] : [
      { text: formatDuration(cpuMs), look: "skein-bold" },
      ...isNarrow ? [] : [{ text: "since it began", sizePx: TYPE.small }],
    ],
    heightPx: 16,
    draw: ({ at }, top) => {
      const ran = 100 * (onCore ?? 0);
      const wanted = ran + 100 * (ready ?? 0);
      const value = onCore === null ? "not known" : formatPercent(onCore);
      return drawBar(RAN, [at(0), at(ran)], top) +
        drawBar(READY, [at(ran), at(wanted)], top) +
        labelBar(value, at(Math.min(wanted, MOST_LABELLED)), top);
    },
  };
}

const RAN = "skein-running";
const READY = "skein-starting";
// Behind a longer bar, its number has no room.
const MOST_LABELLED = 86;
