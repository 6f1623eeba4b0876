/**
 * The wait-for graph: which thread owns which lock, and which it waits for.
 *
 * Notation: threads are boxes with round corners, locks have square ones; a solid arrow
 * says that a thread owns a lock, a dashed one that it waits for it. A deadlock
 * is red and bold. Shown is the end if somebody waits then, else the moment that
 * `lib/trace/lock_moment.ts` chooses. Where boxes go is in `wait_for_layout.ts`, what is a deadlock
 * in `lib/sync/deadlock.ts`. Source: JProfiler, "Locking graphs".
 * @module
 */
import { findDeadlocks } from "../../sync/deadlock.ts";
import { describeDeadlock } from "../../sync/deadlock_words.ts";
import { formatDuration } from "../../base/mod.ts";
import { findLockMoment, type LockMoment } from "../../trace/lock_moment.ts";
import type { LockSnapshot, Recording } from "../../base/record/mod.ts";
import {
  type Block,
  type Figure,
  makeCard,
  makeParagraph,
  makeSpace,
} from "../core/card.ts";
import { makeLegend } from "../core/legend.ts";
import { findingBlocks, withStyle } from "./recording_blocks.ts";
import {
  escapeText,
  fitText,
  roundPx,
  textLine,
  textWidth,
} from "../core/text.ts";
import { TYPE } from "../core/visual.ts";
import {
  BOX_HEIGHT_PX,
  layOutWaits,
  type PlacedNode,
  type WaitEdge,
} from "./wait_for_layout.ts";

/**
 * Draws which thread owns which lock and waits for which.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EMPTY } from "../gallery/recording_fixtures.ts";
 * assert.match(waitForFigure(EMPTY).svg, /No lock was in use/);
 * ```
 *
 * @param recording What was recorded.
 * @returns The image and its text alternative.
 */
export function waitForFigure(recording: Recording): Figure {
  const moment = findLockMoment(recording);
  const locks = moment?.locks ?? [];
  const found = findDeadlocks(recording.locks).map(describeDeadlock);
  const when = moment === null ? "" : describeMoment(moment);
  return makeCard({
    title: `${recording.title}: who waits for whom`,
    alt: [...found, when, describeWaits(locks)].filter((words) => words !== "")
      .join("\n"),
    blocks: [
      ...[...momentBlocks(when), ...graphBlocks(locks)].map((block, index) =>
        index === 0 ? withStyle(block) : block
      ),
      ...findingBlocks({ missing: [] }, found),
    ],
  });
}

/**
 * Draws the graph for a card that shows more than it, if there is a deadlock.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EMPTY } from "../gallery/recording_fixtures.ts";
 * assert.deepEqual(deadlockBlocks(EMPTY), []);
 * ```
 *
 * @param recording What was recorded.
 * @returns Heading and graph; nothing if nobody waits for ever.
 */
export function deadlockBlocks({ locks }: Recording): readonly Block[] {
  if (findDeadlocks(locks).length === 0) return [];
  return [
    makeSpace(14, true),
    makeParagraph("Who waits for whom", "heading"),
    ...graphBlocks(locks),
  ];
}

function graphBlocks(locks: readonly LockSnapshot[]): readonly Block[] {
  const { nodes, edges, heightPx, boxPx, hidden } = layOutWaits(locks);
  if (nodes.length === 0) return [makeParagraph("No lock was in use.", "body")];
  const isStuck = nodes.some((node) => node.isStuck);
  const find = (kind: PlacedNode["kind"], id: string) =>
    nodes.find((node) => node.kind === kind && node.id === id)!;
  const arrows = edges
    .toSorted((a, b) => Number(a.isStuck) - Number(b.isStuck))
    .map((edge) =>
      drawEdge(edge, find("thread", edge.thread), find("lock", edge.lock), {
        boxPx,
        isTwice: edges.some(({ thread, lock, kind }) =>
          thread === edge.thread && lock === edge.lock && kind !== edge.kind
        ),
      })
    );
  const markup = [
    ...arrows.map(({ line }) => line),
    ...nodes.map((node) => drawNode(node, boxPx)),
    ...arrows.map(({ words }) => words),
  ].join("");
  return [
    makeLegend([
      { mark: THREAD_SIGN, name: "thread", meaning: "" },
      { mark: LOCK_SIGN, name: "lock", meaning: "" },
      { mark: ARROW_SIGN, name: "owns", meaning: "" },
      { mark: DASHED_SIGN, name: "waits for", meaning: "" },
      ...(isStuck
        ? [{ mark: STUCK_SIGN, name: "deadlock", meaning: "a circle" }]
        : []),
    ]),
    { markup, heightPx },
    makeParagraph(
      hidden === 0 ? "" : `${hidden} more threads and locks are not drawn.`,
      "caption",
    ),
  ];
}

function drawNode(
  { id, kind, x, y, isStuck }: PlacedNode,
  boxPx: number,
): string {
  const style = isStuck ? "skein-alarm-line skein-bold-line" : "skein-axis";
  const round = kind === "thread" ? BOX_HEIGHT_PX / 2 : 2;
  const box = `<rect class="skein-panel-fill ${style}" x="${
    roundPx(x - boxPx / 2)
  }" y="${roundPx(y - BOX_HEIGHT_PX / 2)}" width="${
    roundPx(boxPx)
  }" height="${BOX_HEIGHT_PX}" rx="${round}"/>`;
  const room = { sizePx: TYPE.small, widthPx: boxPx - 18, isBold: isStuck };
  return `<g>${box}<title>${escapeText(id)}</title>${
    textLine(fitText(id, room), [x, y + 4.2], {
      sizePx: TYPE.small,
      anchor: "middle",
      look: isStuck ? "skein-bold" : "",
    })
  }</g>`;
}

/** Draws an arrow from the thread's edge to the lock's, and its word at the middle. */
function drawEdge(
  { kind, isStuck }: WaitEdge,
  thread: PlacedNode,
  lock: PlacedNode,
  { boxPx, isTwice }: { readonly boxPx: number; readonly isTwice: boolean },
): { readonly line: string; readonly words: string } {
  const [dx, dy] = [lock.x - thread.x, lock.y - thread.y];
  const length = Math.hypot(dx, dy) || 1;
  // How far along the line the edges of both boxes are.
  const reach = Math.min(
    (boxPx / 2 + 2) / Math.max(1e-9, Math.abs(dx)),
    (BOX_HEIGHT_PX / 2 + 2) / Math.max(1e-9, Math.abs(dy)),
  );
  // Who owns a lock and waits for it again has two arrows, one above the other.
  const aside = !isTwice ? 0 : kind === "owns" ? -8 : 8;
  const [fromX, fromY] = [thread.x + dx * reach, thread.y + dy * reach + aside];
  const [toX, toY] = [lock.x - dx * reach, lock.y - dy * reach + aside];
  const [ux, uy] = [dx / length, dy / length];
  const size = isStuck ? 11 : 8;
  const [baseX, baseY] = [toX - ux * size, toY - uy * size];
  const half = size * 0.42;
  const style = isStuck ? "skein-alarm-line skein-bold-line" : "skein-axis";
  const dashed = kind === "waits" ? " skein-dashed" : "";
  const line = `<path class="${style}${dashed}" fill="none" d="M${
    roundPx(fromX)
  } ${roundPx(fromY)}L${roundPx(baseX)} ${roundPx(baseY)}"/><path class="${
    isStuck ? "skein-alarm" : "skein-muted-fill"
  }" d="M${roundPx(toX)} ${roundPx(toY)}L${roundPx(baseX - uy * half)} ${
    roundPx(baseY + ux * half)
  }L${roundPx(baseX + uy * half)} ${roundPx(baseY - ux * half)}Z"/>`;
  const text = kind === "owns" ? "owns" : "waits for";
  const free = Math.hypot(baseX - fromX, baseY - fromY);
  const needed = Math.abs(ux) * textWidth(text, TYPE.caption, isStuck) +
    Math.abs(uy) * TYPE.caption + 14;
  // Beside a deadlock arrows may cross; near its thread a word is clear of that.
  const part = isStuck ? 0.5 : 0.3;
  // Where the arrow is too short for its word, the legend says what it means.
  const words = needed > free ? "" : textLine(
    text,
    [fromX + (baseX - fromX) * part, fromY + (baseY - fromY) * part + 4],
    {
      sizePx: TYPE.caption,
      anchor: "middle",
      look: isStuck
        ? "skein-halo skein-alarm skein-bold"
        : "skein-halo skein-muted",
    },
  );
  return { line, words };
}

function momentBlocks(when: string): readonly Block[] {
  return when === "" ? [] : [makeParagraph(when, "body"), makeSpace(8, false)];
}

/** Says which moment it is, and for how long it was so. */
function describeMoment(
  { startMs, endMs, locks, isEnd, circle }: LockMoment,
): string {
  if (isEnd) return "";
  const at = formatDuration(startMs);
  if (circle.length > 0) {
    return `From ${at} on, for ${formatDuration(endMs - startMs)}: a ` +
      `deadlock, until a time limit or an abort ended it.`;
  }
  const most = locks.reduce((sum, { waiters }) => sum + waiters.length, 0);
  return most === 0
    ? "Nobody ever waited: one moment at which a lock was held."
    : `At ${at}, when most waited: ${most}. At the end nobody did.`;
}

function describeWaits(locks: readonly LockSnapshot[]): string {
  const used = locks.filter(({ holders, waiters }) =>
    holders.length + waiters.length > 0
  );
  if (used.length === 0) return "No lock was in use.";
  return used.flatMap(({ lock, holders, waiters }) => [
    ...holders.map((holder) => `${holder} owns ${lock}.`),
    ...waiters.map((waiter) => `${waiter} waits for ${lock}.`),
  ]).join(" ");
}

const THREAD_SIGN =
  `<rect class="skein-panel-fill skein-axis" x=".5" y="1.5" width="21" height="11" rx="5.5"/>`;
const LOCK_SIGN =
  `<rect class="skein-panel-fill skein-axis" x=".5" y="1.5" width="21" height="11" rx="1"/>`;
const HEAD = `<path class="skein-muted-fill" d="M22 7l-7 -3v6z"/>`;
const ARROW_SIGN = `<path class="skein-axis" d="M0 7H16"/>${HEAD}`;
const DASHED_SIGN =
  `<path class="skein-axis skein-dashed" d="M0 7H16"/>${HEAD}`;
const STUCK_SIGN =
  `<path class="skein-alarm-line skein-bold-line" d="M0 7H22"/>`;
