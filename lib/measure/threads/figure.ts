/**
 * The picture of who lives in a process: a row a thread, with what it does, its
 * processor time, and which part of the time watched it was on a core.
 *
 * Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../../base/mod.ts";
import {
  describeStamp,
  drawBox,
  type Figure,
  makeFigure,
  makeLegend,
  makeRows,
  type Row,
  TYPE,
  warningOf,
} from "../../plot/core/mod.ts";
import type { LivingThread, LivingThreads } from "./result.ts";

/** Draws the threads of a process. */
export function threadsFigure(living: LivingThreads): Figure {
  const { title, threads, watchedMs, findings, stamp } = living;
  const plan = { domain: [0, 1], kind: "share", title: "of the time" } as const;
  return makeFigure({
    title,
    findings,
    alt: threads.map(describeThread).join("\n"),
    warning: warningOf(stamp),
    captions: [describeStamp(stamp, null)],
    draw: (paper) => [
      makeRows(paper, plan, threads.map(makeRow)),
      ...watchedMs === 0 ? [] : [makeLegend([
        {
          mark: drawBox([0, 2, 22, 10], "skein-running", 1),
          name: "on a core",
          meaning: `in ${formatDuration(watchedMs)}`,
        },
        {
          mark: drawBox([0.5, 2.5, 21, 9], "skein-starting", 1),
          name: "ready",
          meaning: "and without a core",
        },
      ], paper)],
    ],
  });
}

/** One thread as a line of text. */
export function describeThread(
  { name, id, doing, cpuMs, onCore, ready }: LivingThread,
): string {
  const number = id === null ? "" : ` (thread ${id})`;
  const parts = [
    ...onCore === null ? [] : [`on a core ${formatPercent(onCore)}`],
    ...(ready ?? 0) < LEAST_SHOWN ? [] : [`ready ${formatPercent(ready!)}`],
    ...cpuMs === null ? [] : [`${formatDuration(cpuMs)} since it began`],
  ];
  const times = parts.length === 0 ? "" : `: ${parts.join(", ")}`;
  return `${name}${number}, ${doing}${times}`;
}

function makeRow({ name, doing, cpuMs, onCore, ready }: LivingThread): Row {
  const value = onCore === null ? "not known" : formatPercent(onCore);
  return {
    name,
    meaning: doing,
    answer: [
      { text: value, look: "skein-bold" },
      ...cpuMs === null ? [] : [{
        text: `${formatDuration(cpuMs)} on cores since it began`,
        look: "skein-muted",
        sizePx: TYPE.small,
      }],
    ],
    heightPx: 14,
    draw: ({ at }, top) => {
      const ran = Math.min(1, onCore ?? 0);
      const [start, middle, end] = [0, ran, Math.min(1, ran + (ready ?? 0))]
        .map(at) as [number, number, number];
      return bar("skein-running", [start, middle], top) +
        bar("skein-starting", [middle, end], top);
    },
  };
}

function bar(
  look: string,
  [from, to]: readonly [number, number],
  top: number,
): string {
  return to - from < 0.5 ? "" : drawBox([from, top, to - from, 14], look, 2);
}

const LEAST_SHOWN = 0.01;
