/**
 * The picture of who lives in a process: a row a thread, with what it does, its
 * processor time, and which part of the time watched it was on a core.
 *
 * Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../../base/mod.ts";
import {
  type Block,
  type Figure,
  makeCard,
  makeParagraph,
  makeSpace,
} from "../../plot/core/card.ts";
import { makeLegend } from "../../plot/core/legend.ts";
import { describeStamp } from "../../plot/core/stamp_words.ts";
import { fitText, roundPx, textLine } from "../../plot/core/text.ts";
import { SPACE, TYPE } from "../../plot/core/visual.ts";
import type { LivingThread, LivingThreads } from "./result.ts";

/** Draws the threads of a process. */
export function threadsFigure(living: LivingThreads): Figure {
  const { title, threads, watchedMs, findings, stamp } = living;
  const about = describeStamp(stamp, null);
  return makeCard({
    title,
    alt: [...findings, ...threads.map(describeThread), about].join("\n"),
    blocks: [
      makeRows(threads),
      ...watchedMs === 0 ? [] : [makeLegend([
        {
          mark: mark("skein-running"),
          name: "on a core",
          meaning: `in ${formatDuration(watchedMs)}`,
        },
        {
          mark: mark("skein-starting"),
          name: "ready",
          meaning: "and without a core",
        },
      ])],
      makeSpace(10, true),
      makeParagraph("What the numbers say", "heading"),
      makeParagraph(findings.join("\n"), "body"),
      makeSpace(6, true),
      makeParagraph(about, "caption"),
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

function makeRows(threads: readonly LivingThread[]): Block {
  return {
    markup: threads.map((thread, row) => drawRow(thread, row * ROW_PX)).join(
      "",
    ),
    heightPx: threads.length * ROW_PX + 6,
  };
}

function drawRow(
  { name, doing, cpuMs, onCore, ready }: LivingThread,
  top: number,
): string {
  const widthPx = BAR_PX - SPACE.edge - 10;
  const small = { sizePx: TYPE.caption, look: "skein-muted" } as const;
  const onCorePx = FULL_PX * Math.min(1, onCore ?? 0);
  const readyPx = FULL_PX * Math.min(1 - Math.min(1, onCore ?? 0), ready ?? 0);
  const value = onCore === null ? "not known" : formatPercent(onCore);
  const time = cpuMs === null
    ? ""
    : `${formatDuration(cpuMs)} on cores since it began`;
  return textLine(
    fitText(name, { sizePx: TYPE.heading, widthPx, isBold: true }),
    [
      SPACE.edge,
      top + 18,
    ],
    { sizePx: TYPE.heading, look: "skein-bold" },
  ) +
    textLine(fitText(doing, { sizePx: TYPE.caption, widthPx }), [
      SPACE.edge,
      top + 34,
    ], small) +
    bar("skein-running", [BAR_PX, top + 8], onCorePx) +
    bar("skein-starting", [BAR_PX + onCorePx, top + 8], readyPx) +
    textLine(value, [BAR_PX + onCorePx + readyPx + 6, top + 19], {
      sizePx: TYPE.small,
      look: "skein-bold skein-halo",
    }) +
    textLine(time, [BAR_PX, top + 34], small);
}

function bar(
  look: string,
  [x, y]: readonly [number, number],
  lengthPx: number,
): string {
  return lengthPx < 0.5
    ? ""
    : `<rect class="${look}" x="${roundPx(x)}" y="${y}" width="${
      roundPx(lengthPx)
    }" height="14" rx="2"/>`;
}

function mark(look: string): string {
  return `<rect class="${look}" x="0" y="2" width="22" height="10" rx="1"/>`;
}

const LEAST_SHOWN = 0.01;
const ROW_PX = 44;
const BAR_PX = SPACE.edge + 230;
// Room for a number behind the longest bar.
const FULL_PX = SPACE.width - SPACE.edge - 60 - BAR_PX;
