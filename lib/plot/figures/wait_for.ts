/**
 * The picture of who waits for whom: threads and locks as boxes, arrows for owning
 * and waiting, a deadlock as a ring. Pure.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import type { LockSnapshot, Recording } from "../../base/record/mod.ts";
import {
  type Block,
  drawArrow,
  drawBox,
  escapeText,
  type Figure,
  fitText,
  makeFigure,
  makeLegend,
  makeParagraph,
  makeRule,
  type Paper,
  textLine,
  textWidth,
  titleOf,
  TYPE,
} from "../core/mod.ts";
import { describeDeadlock, findDeadlocks } from "../../sync/mod.ts";
import { findLockMoment, type LockMoment } from "../../trace/facts/mod.ts";
import {
  BOX_HEIGHT_PX,
  layOutWaits,
  type PlacedNode,
  type WaitEdge,
} from "./wait_for_layout.ts";

export function waitForFigure(recording: Recording): Figure {
  const moment = findLockMoment(recording);
  const locks = moment?.locks ?? [];
  const when = moment === null ? "" : describeMoment(moment);
  return makeFigure({
    title: titleOf(recording, "who waits for whom"),
    alt: describeWaits(locks),
    findings: [
      ...findDeadlocks(recording.locks).map(describeDeadlock),
      ...(when === "" ? [] : [when]),
    ],
    draw: (paper) => graphBlocks(locks, paper),
  });
}

/** The same below a recording that ended in a deadlock. */
export function deadlockBlocks(
  { locks }: Recording,
  paper: Paper,
): readonly Block[] {
  if (findDeadlocks(locks).length === 0) return [];
  return [
    makeRule(paper),
    makeParagraph("Who waits for whom", "heading", paper),
    ...graphBlocks(locks, paper),
  ];
}

function graphBlocks(
  locks: readonly LockSnapshot[],
  paper: Paper,
): readonly Block[] {
  const layout = layOutWaits(locks, paper);
  const { nodes, edges, heightPx, boxPx, hidden } = layout;
  if (nodes.length === 0) {
    return [makeParagraph("No lock was in use.", "body", paper)];
  }
  const find = (kind: PlacedNode["kind"], id: string) =>
    nodes.find((node) => node.kind === kind && node.id === id)!;
  const isTwice = (edge: WaitEdge) =>
    edges.some(({ thread, lock, kind }) =>
      thread === edge.thread && lock === edge.lock && kind !== edge.kind
    );
  const arrows = edges
    .toSorted((a, b) => Number(a.isStuck) - Number(b.isStuck))
    .map((edge) =>
      drawEdge(edge, [find("thread", edge.thread), find("lock", edge.lock)], {
        boxPx,
        isTwice: isTwice(edge),
      })
    );
  const markup = [
    ...arrows.map(({ line }) => line),
    ...nodes.map((node) => drawNode(node, boxPx)),
    ...arrows.map(({ words }) => words),
  ].join("");
  const arrow = (look: string) =>
    drawArrow([0, 7], [22, 7], { line: look, head: "skein-muted-fill" });
  return [
    makeLegend([
      { mark: drawBox([0.5, 1.5, 21, 11], BOX, 5.5), name: "thread" },
      { mark: drawBox([0.5, 1.5, 21, 11], BOX, 1), name: "lock" },
      { mark: arrow("skein-axis"), name: "owns" },
      { mark: arrow("skein-axis skein-dashed"), name: "waits for" },
      ...(nodes.some((node) => node.isStuck)
        ? [{
          mark: `<path class="${ALARM}" d="M0 7H22"/>`,
          name: "deadlock",
          meaning: "a circle",
        }]
        : []),
    ], paper),
    { markup, heightPx },
    makeParagraph(
      hidden === 0 ? "" : `${hidden} more threads and locks are not drawn.`,
      "caption",
      paper,
    ),
  ];
}

function drawNode(
  { id, kind, x, y, isStuck }: PlacedNode,
  boxPx: number,
): string {
  const room = { sizePx: TYPE.small, widthPx: boxPx - 14, isBold: isStuck };
  return `<g>${
    drawBox(
      [x - boxPx / 2, y - BOX_HEIGHT_PX / 2, boxPx, BOX_HEIGHT_PX],
      `skein-panel-fill ${isStuck ? ALARM : "skein-axis"}`,
      kind === "thread" ? BOX_HEIGHT_PX / 2 : 2,
    )
  }<title>${escapeText(id)}</title>${
    textLine(fitText(id, room), [x, y + 4.2], {
      sizePx: TYPE.small,
      anchor: "middle",
      look: isStuck ? "skein-bold" : "",
    })
  }</g>`;
}

function drawEdge(
  { kind, isStuck }: WaitEdge,
  [thread, lock]: readonly [PlacedNode, PlacedNode],
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
  const from = [thread.x + dx * reach, thread.y + dy * reach + aside] as const;
  const to = [lock.x - dx * reach, lock.y - dy * reach + aside] as const;
  const dashed = kind === "waits" ? " skein-dashed" : "";
  const line = drawArrow(from, to, {
    line: `${isStuck ? ALARM : "skein-axis"}${dashed}`,
    head: isStuck ? "skein-alarm" : "skein-muted-fill",
    sizePx: isStuck ? 11 : 8,
  });
  const text = kind === "owns" ? "owns" : "waits for";
  const free = Math.hypot(to[0] - from[0], to[1] - from[1]) - 10;
  const needed =
    Math.abs(dx / length) * textWidth(text, TYPE.caption, isStuck) +
    Math.abs(dy / length) * TYPE.caption + 14;
  // Beside a deadlock arrows may cross; near its thread a word is clear of that.
  const part = isStuck ? 0.47 : 0.3;
  // Where the arrow is too short for its word, the legend says what it means.
  const words = needed > free ? "" : textLine(text, [
    from[0] + (to[0] - from[0]) * part,
    from[1] + (to[1] - from[1]) * part + 4,
  ], {
    sizePx: TYPE.caption,
    anchor: "middle",
    look: isStuck
      ? "skein-halo skein-alarm skein-bold"
      : "skein-halo skein-muted",
  });
  return { line, words };
}

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
  const words = locks.flatMap(({ lock, holders, waiters }) => [
    ...holders.map((holder) => `${holder} owns ${lock}.`),
    ...waiters.map((waiter) => `${waiter} waits for ${lock}.`),
  ]);
  return words.join(" ") || "No lock was in use.";
}

const BOX = "skein-panel-fill skein-axis";
const ALARM = "skein-alarm-line skein-bold-line";
