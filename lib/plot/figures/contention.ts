/**
 * Lock contention: for each lock, who held it when and who waited meanwhile.
 *
 * One row for each thread makes a convoy visible: the lock goes round, and all
 * others wait. How many wait at once stands above the rows. What is measured
 * is in `contention_facts.ts`. Pure but for being shown.
 * @module
 */
import type { Recording } from "../../base/record/mod.ts";
import {
  type Block,
  type Figure,
  makeCard,
  makeParagraph,
} from "../core/card.ts";
import { describeContention } from "../../explain/convoy.ts";
import { type LockFacts, measureLocks } from "../../trace/contention_facts.ts";
import { formatDuration } from "../../base/mod.ts";
import { makeLegend } from "../core/legend.ts";
import {
  AXIS_PX,
  drawBoxes,
  makeAxis,
  type TimeAxis,
} from "./recording_axis.ts";
import { findingBlocks, withStyle } from "./recording_blocks.ts";
import { stateEntries } from "./recording_legend.ts";
import {
  fitText,
  roundPx,
  textLine,
  textRuns,
  textWidth,
} from "../core/text.ts";
import { SPACE, TYPE } from "../core/visual.ts";

/**
 * Draws how hard locks were fought for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EMPTY } from "../gallery/recording_fixtures.ts";
 * assert.match(lockContentionFigure(EMPTY).svg, /No lock was used/);
 * ```
 *
 * @param recording What was recorded.
 * @returns The image and its text alternative.
 */
export function lockContentionFigure(recording: Recording): Figure {
  const locks = measureLocks(recording).filter(({ holds, waits }) =>
    holds.length + waits.length > 0
  );
  const findings = describeContention(locks);
  const words = locks.map((facts) =>
    `${facts.lock}: ${describeLock(facts, recording)}.`
  );
  return makeCard({
    title: `${recording.title}: who held and who waited`,
    alt: [...words, ...findings].join("\n") || "No lock was used.",
    blocks: [
      ...lockBlocks(locks, recording),
      ...findingBlocks({ missing: [] }, findings),
    ],
  });
}

function lockBlocks(
  locks: readonly LockFacts[],
  recording: Recording,
): readonly Block[] {
  if (locks.length === 0) {
    return [withStyle(makeParagraph("No lock was used.", "body"))];
  }
  const drawn = locks.slice(0, MAX_LOCKS);
  const names = drawn.flatMap((facts) =>
    threadsOf(facts).slice(0, MAX_THREADS)
  );
  const gutter = names.reduce(
    (widest, name) => Math.max(widest, textWidth(name, TYPE.small)),
    80,
  );
  const ends = drawn.flatMap(({ holds, waits }) => [...holds, ...waits]);
  const endMs = ends.reduce(
    (end, span) => Math.max(end, span.endMs),
    recording.durationMs,
  );
  const axis = makeAxis(
    SPACE.edge + Math.min(180, gutter + 14),
    endMs > 0 ? endMs : 1,
  );
  let y = 0;
  const panels = drawn.map((facts) => {
    const top = y;
    const panel = drawLock(facts, top, axis);
    y += panel.heightPx + PANEL_GAP_PX;
    const words = describeLock(facts, recording);
    const name = fitText(facts.lock, {
      sizePx: TYPE.body,
      widthPx: SPACE.width - 2 * SPACE.edge - 10 - textWidth(words, TYPE.small),
      isBold: true,
    });
    const heading = textRuns(
      [
        { text: name, look: "skein-bold" },
        { text: words, look: "skein-muted", sizePx: TYPE.small },
      ],
      [SPACE.edge, top + 13],
      { sizePx: TYPE.body },
    );
    return heading + panel.markup;
  });
  const bottom = y - PANEL_GAP_PX;
  const hidden = locks.length - drawn.length;
  return [
    withStyle(makeLegend([
      ...stateEntries(new Set(["held", "blocked"])),
      { mark: COUNT_SIGN, name: "waiters", meaning: "at once" },
    ])),
    {
      markup: axis.draw(0, bottom) + panels.join(""),
      heightPx: bottom + AXIS_PX,
    },
    makeParagraph(
      hidden > 0 ? `${hidden} more locks, less waited for, are not drawn.` : "",
      "caption",
    ),
  ];
}

function drawLock(
  facts: LockFacts,
  topPx: number,
  axis: TimeAxis,
): { readonly markup: string; readonly heightPx: number } {
  const threads = threadsOf(facts);
  const rows = threads.slice(0, MAX_THREADS);
  const chart = facts.most > 0 ? drawWaiters(facts, topPx + 22, axis) : "";
  const rowsTop = topPx + 22 + (facts.most > 0 ? CHART_PX + 6 : 0);
  const parts = rows.map((thread, index) => {
    const top = rowsTop + index * ROW_PX;
    const place = (
      span: { readonly startMs: number; readonly endMs: number },
    ) =>
      [
        axis.x(span.startMs),
        top + 3,
        Math.max(1.4, axis.x(span.endMs) - axis.x(span.startMs) - 0.6),
        ROW_PX - 6,
      ] as const;
    const waits = facts.waits.filter(({ lane }) => lane === thread).map(place);
    const holds = facts.holds.filter(({ label }) =>
      (label ?? UNKNOWN) === thread
    ).map(place);
    const name = fitText(thread, {
      sizePx: TYPE.small,
      widthPx: axis.leftPx - 12 - SPACE.edge,
    });
    const middle = top + ROW_PX / 2;
    return [
      `<path class="skein-grid" d="M${axis.leftPx} ${middle}H${axis.rightPx}"/>`,
      textLine(name, [SPACE.edge, middle + 4], { sizePx: TYPE.small }),
      drawBoxes(waits, "skein-blocked"),
      drawBoxes(holds, "skein-held"),
    ].join("");
  });
  const hidden = threads.length - rows.length;
  const bottom = rowsTop + rows.length * ROW_PX;
  const note = hidden === 0 ? "" : textLine(
    `and ${hidden} more`,
    [SPACE.edge, bottom + 13],
    { sizePx: TYPE.caption, look: "skein-muted" },
  );
  return {
    markup: chart + parts.join("") + note,
    heightPx: bottom + (hidden === 0 ? 0 : 18) - topPx,
  };
}

/** How many wait at once, as steps. */
function drawWaiters(facts: LockFacts, topPx: number, axis: TimeAxis): string {
  const bottom = topPx + CHART_PX;
  const y = (count: number) => roundPx(bottom - count / facts.most * CHART_PX);
  const steps = facts.waiters.map(([atMs, count]) =>
    `H${roundPx(axis.x(atMs))}V${y(count)}`
  );
  const line = `M${axis.leftPx} ${bottom}${steps.join("")}`;
  return [
    `<path class="skein-area skein-blocked-ink" d="${line}V${bottom}Z"/>`,
    `<path class="skein-line skein-alarm-line" d="${line}"/>`,
    textLine(`waiters, up to ${facts.most}`, [SPACE.edge, bottom - 2], {
      sizePx: TYPE.caption,
      look: "skein-muted",
    }),
  ].join("");
}

/** Threads by when they first came. */
function threadsOf({ holds, waits }: LockFacts): readonly string[] {
  const seen = [
    ...holds.map(({ startMs, label }) => ({ startMs, name: label ?? UNKNOWN })),
    ...waits.map(({ startMs, lane }) => ({ startMs, name: lane })),
  ].toSorted((a, b) => a.startMs - b.startMs);
  return [...new Set(seen.map(({ name }) => name))];
}

function describeLock(
  { heldMs, waitedMs, holds, most }: LockFacts,
  { durationMs }: Recording,
): string {
  const share = durationMs > 0
    ? `, ${Math.round(heldMs / durationMs * 100)} % of the time`
    : "";
  const waited = most === 0
    ? "nobody waited"
    : `waited ${formatDuration(waitedMs)}, up to ${most} at once`;
  return `held ${holds.length}× for ${
    formatDuration(heldMs)
  }${share}; ${waited}`;
}

const UNKNOWN = "unknown holder";
const MAX_LOCKS = 8;
const MAX_THREADS = 12;
const ROW_PX = 20;
const CHART_PX = 26;
const PANEL_GAP_PX = 16;

const COUNT_SIGN =
  `<path class="skein-area skein-blocked-ink" d="M0 12V8H7V3H15V8H22V12Z"/>` +
  `<path class="skein-line skein-alarm-line" d="M0 8H7V3H15V8H22"/>`;
