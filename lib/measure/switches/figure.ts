/**
 * The picture of context switches: two bars a thread, and what it did with time.
 *
 * The axis is logarithmic: a thread that waits for messages leaves its core a
 * thousand times as often as one that computes. Pure.
 * @module
 */

import type { SwitchesReport, ThreadSwitches } from "./report.ts";
import { formatDuration } from "../../base/mod.ts";
import {
  type Block,
  type Figure,
  makeCard,
  makeParagraph,
  makeSpace,
} from "../../plot/core/card.ts";
import { describeStamp } from "../../plot/core/stamp_words.ts";
import { type Axis, drawTicks, makeAxis } from "../../plot/core/sample_axis.ts";
import { warningBlocks } from "../../plot/core/noise_warning.ts";
import { makeLegend } from "../../plot/core/legend.ts";
import { fitText, roundPx, textLine } from "../../plot/core/text.ts";
import { SPACE, TYPE } from "../../plot/core/visual.ts";

/**
 * Draws a report on context switches.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { WHOLE_PROCESS } from "../../plot/gallery/switches_gallery_data.ts";
 * assert.match(switchesFigure(WHOLE_PROCESS).alt, /--allow-all/);
 * ```
 *
 * @param report What was found.
 * @returns The image and its text alternative.
 */
export function switchesFigure(report: SwitchesReport): Figure {
  const { title, findings, stamp, threads } = report;
  const about = describeStamp(stamp, null);
  return makeCard({
    title,
    alt: [...findings, about].join("\n"),
    blocks: [
      ...warningBlocks(stamp),
      makeBars(threads),
      makeLegend([
        {
          mark:
            `<rect class="skein-waiting" x="0" y="2" width="22" height="10" rx="1"/>`,
          name: "gave its core away",
          meaning: "to wait",
        },
        {
          mark:
            `<rect class="skein-running" x="0" y="2" width="22" height="10" rx="1"/>`,
          name: "had it taken",
          meaning: "with more to do",
        },
      ]),
      makeSpace(10, true),
      makeParagraph("What the numbers say", "heading"),
      makeParagraph(findings.join("\n"), "body"),
      makeSpace(6, true),
      makeParagraph(about, "caption"),
    ],
  });
}

function makeBars(threads: readonly ThreadSwitches[]): Block {
  const most = Math.max(
    10,
    ...threads.flatMap((t) => [t.voluntary, t.involuntary]),
  );
  const axis = makeAxis({
    // One switch has a bar of some length: none has none.
    domain: [0.7, most * 1.05],
    range: [LEFT_PX, RIGHT_PX],
    isLog: true,
    most: 6,
    kind: "number",
  });
  const bottom = threads.length * ROW_PX;
  const rows = threads.map((thread, index) =>
    drawThread(thread, index * ROW_PX, axis)
  );
  return {
    markup: drawTicks(axis, [0, bottom]) + rows.join("") +
      textLine("context switches, logarithmic", [LEFT_PX, bottom + 32], {
        sizePx: TYPE.caption,
        look: "skein-muted",
      }),
    heightPx: bottom + 36,
  };
}

function drawThread(
  thread: ThreadSwitches,
  top: number,
  axis: Axis,
): string {
  const { name, voluntary, involuntary, runMs, waitMs } = thread;
  const times = runMs === null
    ? ""
    : waitMs === null
    ? `ran ${formatDuration(runMs)}`
    : `ran ${formatDuration(runMs)}, no core ${formatDuration(waitMs)}`;
  const small = { sizePx: TYPE.caption, look: "skein-muted" } as const;
  const room = { sizePx: TYPE.heading, widthPx: 150, isBold: true };
  return textLine(fitText(name, room), [SPACE.edge, top + 20], {
    sizePx: TYPE.heading,
    look: "skein-bold",
  }) +
    textLine(
      fitText(times, {
        sizePx: TYPE.caption,
        widthPx: LEFT_PX - SPACE.edge - 8,
      }),
      [SPACE.edge, top + 37],
      small,
    ) +
    drawBar("skein-waiting", [voluntary, top + 8], axis) +
    drawBar("skein-running", [involuntary, top + 26], axis);
}

function drawBar(
  look: string,
  [count, top]: readonly [number, number],
  axis: Axis,
): string {
  const end = count === 0 ? LEFT_PX : axis.at(count);
  const bar = count === 0
    ? ""
    : `<rect class="${look}" x="${LEFT_PX}" y="${top}" width="${
      roundPx(end - LEFT_PX)
    }" height="14" rx="2"/>`;
  return bar + textLine(String(count), [end + 6, top + 11.5], {
    sizePx: TYPE.small,
    look: "skein-bold skein-halo",
  });
}

const LEFT_PX = SPACE.edge + 182;
// Room for a number of six digits beyond the longest bar.
const RIGHT_PX = SPACE.width - SPACE.edge - 58;
const ROW_PX = 52;
