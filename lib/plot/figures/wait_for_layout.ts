/**
 * Where the boxes of a wait-for graph go.
 *
 * A deadlock's boxes stand in two columns, down the one and up the other, so that
 * the circle is seen as one. All others stand in columns beside it, below it where
 * there is no room: first who owns, then what is owned, then who waits. Pure.
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
  const { places, heightPx, boxPx } = placeColumns(
    listColumns(ring, drawn, paper),
    paper,
  );
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

function listColumns(
  ring: readonly string[],
  others: readonly Ranked[],
  { isNarrow }: Paper,
): readonly (readonly string[])[] {
  const half = Math.ceil(ring.length / 2);
  const sides = [ring.slice(0, half), ring.slice(half).toReversed()];
  const sorted = others.toSorted(([, one], [, other]) => one - other);
  if (isNarrow) {
    return sides.map((side, index) => [
      ...side,
      ...sorted.filter((_, i) => i % 2 === index).map(([key]) => key),
    ]);
  }
  const ranks = Map.groupBy(sorted, ([, rank]) => rank);
  const columns = [...ranks.values()].map((group) => group.map(([key]) => key));
  return [...sides.filter((side) => side.length > 0), ...columns];
}

/** Columns as wide as one another; where there is room, each around the middle. */
function placeColumns(
  columns: readonly (readonly string[])[],
  { left, right, isNarrow }: Paper,
): Places {
  const tallest = Math.max(0, ...columns.map(({ length }) => length));
  const heightPx = tallest * ROW_PX;
  const columnPx = (right - left) / Math.max(1, columns.length);
  const places = columns.flatMap((column, index) =>
    column.map((key, row) => {
      const above = isNarrow ? 0 : (tallest - column.length) / 2;
      const y = (above + row + 0.5) * ROW_PX;
      return [key, [left + (index + 0.5) * columnPx, y]] as const;
    })
  );
  return {
    places: new Map(places),
    heightPx,
    boxPx: Math.min(MAX_BOX_PX, columnPx - ARROW_PX),
  };
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
const ROW_PX = 68;
const MAX_BOX_PX = 132;
// The shortest arrow between two columns.
const ARROW_PX = 24;
const MAX_NODES = 12;
const MAX_COLUMNS = 4;
