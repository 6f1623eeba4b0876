/**
 * Where the boxes of a wait-for graph go.
 *
 * A deadlock's boxes stand on a ring, thread and lock in turn, so that the
 * circle is seen as one. All others stand in columns beside it: first who owns,
 * then what is owned, then who waits. Pure: names in, pixels out.
 * @module
 */
import { findDeadlocks } from "../../sync/deadlock.ts";
import type { LockSnapshot } from "../../base/record/mod.ts";
import { SPACE } from "../core/visual.ts";

/** A thread or lock, and where its middle is. Units: pixels. */
export interface PlacedNode {
  /** Name of the thread or lock. */
  readonly id: string;
  /** Which of both. */
  readonly kind: "thread" | "lock";
  /** Middle, from the left edge of the card. */
  readonly x: number;
  /** Middle, from the upper edge of the block. */
  readonly y: number;
  /** Whether it is part of a deadlock. */
  readonly isStuck: boolean;
}

/** An arrow from a thread to a lock. */
export interface WaitEdge {
  /** The thread. */
  readonly thread: string;
  /** The lock. */
  readonly lock: string;
  /** What the thread does. */
  readonly kind: "owns" | "waits";
  /** Whether it is part of a deadlock. */
  readonly isStuck: boolean;
}

/** A placed graph. Units: pixels. */
export interface WaitForLayout {
  /** Boxes. */
  readonly nodes: readonly PlacedNode[];
  /** Arrows between them. */
  readonly edges: readonly WaitEdge[];
  /** How high it is. */
  readonly heightPx: number;
  /** How wide a box is. */
  readonly boxPx: number;
  /** Threads and locks for which there was no room. */
  readonly hidden: number;
}

/**
 * Places threads and locks.
 *
 * Locks that nobody waits for are left out where there are more boxes than fit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DEADLOCK } from "../gallery/recording_fixtures.ts";
 * const { nodes } = layOutWaits(DEADLOCK.locks);
 * assert.equal(nodes.filter(({ isStuck }) => isStuck).length, 4);
 * ```
 *
 * @param locks Who holds and who waits, at one moment.
 * @returns The places; no nodes if no lock is in use.
 */
export function layOutWaits(locks: readonly LockSnapshot[]): WaitForLayout {
  const circles = findDeadlocks(locks);
  const ring = circles[0] ?? [];
  const stuck = new Set<string>();
  for (const circle of circles) {
    for (const { thread, owns, waitsFor } of circle) {
      stuck.add(`owns ${thread} ${owns}`).add(`waits ${thread} ${waitsFor}`);
      stuck.add(`thread ${thread}`).add(`lock ${owns}`);
    }
  }
  const edges = locks.flatMap(({ lock, holders, waiters }) => [
    ...holders.map((thread) => ({ thread, lock, kind: "owns" as const })),
    ...waiters.map((thread) => ({ thread, lock, kind: "waits" as const })),
  ]).map((edge) => ({
    ...edge,
    isStuck: stuck.has(`${edge.kind} ${edge.thread} ${edge.lock}`),
  }));
  const ringNames = ring.flatMap(({ thread, waitsFor }) => [
    { id: thread, kind: "thread" as const },
    { id: waitsFor, kind: "lock" as const },
  ]);
  const inRing = new Set(ringNames.map(({ id, kind }) => `${kind} ${id}`));
  const others = rank(locks, edges).filter(({ id, kind }) =>
    !inRing.has(`${kind} ${id}`)
  );
  const room = Math.max(0, MAX_NODES - ringNames.length);
  const drawn = others.slice(0, room);
  const ringSlots = ringNames.slice(0, MAX_NODES);

  // Beside a small ring there is room for columns; below a large one for a row.
  const isBelow = ringSlots.length > 6;
  const inner = SPACE.width - 2 * SPACE.edge;
  const columns = isBelow
    ? drawn.map((node) => [node])
    : [...Map.groupBy(drawn, ({ rank }) => rank)]
      .toSorted(([a], [b]) => a - b).map(([, nodes]) => nodes);
  const ringWidth = ringSlots.length === 0
    ? 0
    : isBelow || drawn.length === 0
    ? inner
    : inner * 0.62;
  const columnsLeft = SPACE.edge + (isBelow ? 0 : ringWidth);
  const columnWidth = columns.length === 0
    ? inner
    : (inner - (isBelow ? 0 : ringWidth)) / columns.length;
  const perSide = ringSlots.length / 2;
  const boxPx = Math.max(
    MIN_BOX_PX,
    Math.min(
      MAX_BOX_PX,
      columnWidth - (isBelow || ringWidth > 0 ? 20 : 64),
      perSide === 0 ? MAX_BOX_PX : ringWidth / perSide - 28,
    ),
  );
  const tallest = columns.reduce(
    (most, { length }) => Math.max(most, length),
    0,
  );
  const ringHeight = perSide === 0 ? 0 : perSide === 1 ? 70 : 170;
  const columnsHeight = drawn.length === 0 ? 0 : tallest * ROW_PX + 12;
  const heightPx = isBelow
    ? ringHeight + columnsHeight
    : Math.max(ringHeight, columnsHeight);
  const ringMiddle = isBelow ? ringHeight / 2 : heightPx / 2;
  const columnsMiddle = isBelow ? ringHeight + columnsHeight / 2 : heightPx / 2;
  const nodes = [
    ...ringSlots.map(({ id, kind }, index) => {
      // Along the upper side and back along the lower one; two stand in one row.
      const isUpper = index < perSide;
      const step = isUpper ? index : ringSlots.length - 1 - index;
      const part = perSide === 1 ? 0.15 + index * 0.7 : step / (perSide - 1);
      const rise = perSide === 1 ? 0 : ringHeight / 2 - BOX_HEIGHT_PX / 2 - 4;
      return {
        id,
        kind,
        x: SPACE.edge + boxPx / 2 + 2 + part * (ringWidth - boxPx - 4),
        y: ringMiddle + (isUpper ? -rise : rise),
      };
    }),
    ...columns.flatMap((column, index) =>
      column.map(({ id, kind }, row) => ({
        id,
        kind,
        x: columnsLeft + (index + 0.5) * columnWidth,
        y: columnsMiddle + (row - (column.length - 1) / 2) * ROW_PX,
      }))
    ),
  ].map((node) => ({ ...node, isStuck: stuck.has(`${node.kind} ${node.id}`) }));
  const placed = new Set(nodes.map(({ id, kind }) => `${kind} ${id}`));
  return {
    nodes,
    edges: edges.filter(({ thread, lock }) =>
      placed.has(`thread ${thread}`) && placed.has(`lock ${lock}`)
    ),
    heightPx,
    boxPx,
    hidden: ringNames.length + others.length - nodes.length,
  };
}

interface Ranked {
  readonly id: string;
  readonly kind: "thread" | "lock";
  readonly rank: number;
}

/** Columns: 0 owns and waits for nothing, 1 what it owns, 2 who waits for that, and so on. */
function rank(
  locks: readonly LockSnapshot[],
  edges: readonly WaitEdge[],
): readonly Ranked[] {
  const ranks = new Map<string, number>();
  const names: { id: string; kind: "thread" | "lock" }[] = [];
  const add = (kind: "thread" | "lock", id: string) => {
    if (ranks.has(`${kind} ${id}`)) return;
    ranks.set(`${kind} ${id}`, kind === "lock" ? 1 : 0);
    names.push({ id, kind });
  };
  // Those that matter most come first: there may not be room for all.
  for (
    const { lock, holders, waiters } of locks.toSorted((a, b) =>
      b.waiters.length - a.waiters.length
    )
  ) {
    if (holders.length + waiters.length === 0) continue;
    for (const holder of holders) add("thread", holder);
    add("lock", lock);
    for (const waiter of waiters) add("thread", waiter);
  }
  // A circle would push its members up for ever: as many rounds as there can be columns.
  for (let round = 0; round < MAX_COLUMNS; round++) {
    for (const { thread, lock, kind } of edges) {
      const [low, high] = kind === "owns"
        ? [`thread ${thread}`, `lock ${lock}`]
        : [`lock ${lock}`, `thread ${thread}`];
      const least = Math.min(MAX_COLUMNS - 1, ranks.get(low)! + 1);
      if (ranks.get(high)! < least) ranks.set(high, least);
    }
  }
  return names.map((name) => ({
    ...name,
    rank: ranks.get(`${name.kind} ${name.id}`)!,
  }));
}

/** How high a box is, pixels. */
export const BOX_HEIGHT_PX = 34;

const ROW_PX = 52;
const MIN_BOX_PX = 76;
const MAX_BOX_PX = 132;
const MAX_NODES = 12;
const MAX_COLUMNS = 5;
