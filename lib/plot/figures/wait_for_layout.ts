/**
 * Where the boxes of a wait-for graph go.
 *
 * A deadlock's boxes stand on a ring, thread and lock in turn, so that the
 * circle is seen as one. All others stand in columns beside it: first who owns,
 * then what is owned, then who waits. Pure: names in, pixels out.
 * @module
 */
import { findDeadlocks } from "../../sync/mod.ts";
import type { LockSnapshot } from "../../base/record/mod.ts";
import type { Paper } from "../core/mod.ts";

export interface PlacedNode {
  readonly id: string;
  readonly kind: "thread" | "lock";
  readonly x: number;
  readonly y: number;
  readonly isStuck: boolean;
}

/** An arrow from a thread to a lock. */
export interface WaitEdge {
  readonly thread: string;
  readonly lock: string;
  readonly kind: "owns" | "waits";
  readonly isStuck: boolean;
}

export interface WaitForLayout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly WaitEdge[];
  readonly heightPx: number;
  readonly boxPx: number;
  readonly hidden: number;
}

/** Places threads and locks: a deadlock as a ring, the others by who waits for whom. */
export function layOutWaits(
  locks: readonly LockSnapshot[],
  paper: Paper,
): WaitForLayout {
  const circles = findDeadlocks(locks);
  const stuck = new Set(
    circles.flat().flatMap(({ thread, owns, waitsFor }) => [
      `owns ${thread} ${owns}`,
      `waits ${thread} ${waitsFor}`,
      `thread ${thread}`,
      `lock ${owns}`,
    ]),
  );
  const edges = locks.flatMap(({ lock, holders, waiters }) => [
    ...holders.map((thread) => ({ thread, lock, kind: "owns" as const })),
    ...waiters.map((thread) => ({ thread, lock, kind: "waits" as const })),
  ]).map((edge) => ({
    ...edge,
    isStuck: stuck.has(`${edge.kind} ${edge.thread} ${edge.lock}`),
  }));
  const all = (circles[0] ?? []).flatMap(({ thread, waitsFor }) => [
    `thread ${thread}`,
    `lock ${waitsFor}`,
  ]);
  const others = [...rank(locks, edges)].filter(([key]) => !all.includes(key));
  const ring = all.slice(0, MAX_NODES);
  const drawn = others.slice(0, MAX_NODES - ring.length);
  const { places, heightPx, boxPx } = paper.isNarrow
    ? placeBelow(ring, drawn, paper)
    : placeBeside(ring, drawn, paper);
  return {
    nodes: [...places].map(([key, [x, y]]) => {
      const [, kind, id] = /^(thread|lock) (.*)$/s.exec(key)!;
      const name = { id: id!, kind: kind as PlacedNode["kind"] };
      return { ...name, x, y, isStuck: stuck.has(key) };
    }),
    edges: edges.filter(({ thread, lock }) =>
      places.has(`thread ${thread}`) && places.has(`lock ${lock}`)
    ),
    heightPx,
    boxPx,
    hidden: all.length + others.length - places.size,
  };
}

/** Threads and locks by their kind and name, such as `lock a`, and their columns. */
type Ranked = readonly [key: string, rank: number];

interface Places {
  readonly places: ReadonlyMap<string, readonly [x: number, y: number]>;
  readonly heightPx: number;
  readonly boxPx: number;
}

/** On narrow paper: the ring as two columns, the others below it in rows of two. */
function placeBelow(
  ring: readonly string[],
  others: readonly Ranked[],
  { left, right }: Paper,
): Places {
  const boxPx = Math.min(MAX_BOX_PX, (right - left) / 2 - 34);
  const columns = [left + boxPx / 2 + 2, right - boxPx / 2 - 2] as const;
  const perSide = Math.ceil(ring.length / 2);
  const place = (side: number, row: number) =>
    [columns[side === 0 ? 0 : 1], (row + 0.5) * ROW_PX] as const;
  const places = new Map([
    // Down the left side and up the right one.
    ...ring.map((key, i) =>
      [key, i < perSide ? place(0, i) : place(1, ring.length - 1 - i)] as const
    ),
    ...others.toSorted(([, one], [, other]) => one - other).map(([key], i) =>
      [key, place(i % 2, perSide + Math.floor(i / 2))] as const
    ),
  ]);
  const rows = perSide + Math.ceil(others.length / 2);
  return { places, heightPx: rows * ROW_PX, boxPx };
}

/** On wide paper: the ring as two rows; beside a small one columns, below a large one a row. */
function placeBeside(
  ring: readonly string[],
  others: readonly Ranked[],
  { left, right }: Paper,
): Places {
  const isBelow = ring.length > 6;
  const inner = right - left;
  const columns = isBelow
    ? others.map((one) => [one])
    : [...Map.groupBy(others, ([, rank]) => rank)]
      .toSorted(([a], [b]) => a - b).map(([, group]) => group);
  const ringWidth = ring.length === 0
    ? 0
    : isBelow || others.length === 0
    ? inner
    : inner * 0.62;
  const besidePx = isBelow ? 0 : ringWidth;
  const columnWidth = (inner - besidePx) / Math.max(1, columns.length);
  const perSide = ring.length / 2;
  const boxPx = Math.max(
    MIN_BOX_PX,
    Math.min(
      MAX_BOX_PX,
      columnWidth - (isBelow || ringWidth > 0 ? 20 : 64),
      perSide === 0 ? MAX_BOX_PX : ringWidth / perSide - 28,
    ),
  );
  const tallest = Math.max(0, ...columns.map(({ length }) => length));
  const ringHeight = perSide === 0 ? 0 : perSide === 1 ? 70 : 170;
  const columnsHeight = others.length === 0 ? 0 : tallest * ROW_PX + 12;
  const heightPx = isBelow
    ? ringHeight + columnsHeight
    : Math.max(ringHeight, columnsHeight);
  const [ringMiddle, columnsMiddle] = isBelow
    ? [ringHeight / 2, ringHeight + columnsHeight / 2]
    : [heightPx / 2, heightPx / 2];
  const rise = perSide === 1 ? 0 : ringHeight / 2 - BOX_HEIGHT_PX / 2 - 4;
  const places = new Map([
    ...ring.map((key, i) => {
      // Along the upper side and back along the lower one; two stand in one row.
      const isUpper = i < perSide;
      const step = isUpper ? i : ring.length - 1 - i;
      const part = perSide === 1 ? 0.15 + i * 0.7 : step / (perSide - 1);
      const x = left + boxPx / 2 + 2 + part * (ringWidth - boxPx - 4);
      return [key, [x, ringMiddle + (isUpper ? -rise : rise)]] as const;
    }),
    ...columns.flatMap((column, i) =>
      column.map(([key], row) => {
        const x = left + besidePx + (i + 0.5) * columnWidth;
        const y = columnsMiddle + (row - (column.length - 1) / 2) * ROW_PX;
        return [key, [x, y]] as const;
      })
    ),
  ]);
  return { places, heightPx, boxPx };
}

/** Columns: 0 owns and waits for nothing, 1 what it owns, 2 who waits for that, and so on. */
function rank(
  locks: readonly LockSnapshot[],
  edges: readonly WaitEdge[],
): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  // Those that matter most come first: there may not be room for all.
  const byWaiters = locks.toSorted((a, b) =>
    b.waiters.length - a.waiters.length
  );
  for (const { lock, holders, waiters } of byWaiters) {
    if (holders.length + waiters.length === 0) continue;
    const keys = [...holders, ...waiters].map((thread) => `thread ${thread}`);
    keys.splice(holders.length, 0, `lock ${lock}`);
    for (const key of keys) {
      if (!ranks.has(key)) ranks.set(key, key.startsWith("lock ") ? 1 : 0);
    }
  }
  // A circle would push its members up for ever: as many rounds as there can be columns.
  for (let round = 0; round < MAX_COLUMNS; round++) {
    for (const { thread, lock, kind } of edges) {
      const pair = [`thread ${thread}`, `lock ${lock}`];
      const [low, high] = kind === "owns" ? pair : pair.reverse();
      const least = Math.min(MAX_COLUMNS - 1, ranks.get(low!)! + 1);
      if (ranks.get(high!)! < least) ranks.set(high!, least);
    }
  }
  return ranks;
}

export const BOX_HEIGHT_PX = 34;
const ROW_PX = 52;
const MIN_BOX_PX = 76;
const MAX_BOX_PX = 132;
const MAX_NODES = 12;
const MAX_COLUMNS = 5;
