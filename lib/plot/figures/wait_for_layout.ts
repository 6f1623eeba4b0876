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
  const all = (circles[0] ?? []).flatMap(({ thread, waitsFor }): Name[] => [
    { id: thread, kind: "thread" },
    { id: waitsFor, kind: "lock" },
  ]);
  const ring = all.slice(0, MAX_NODES);
  const inRing = new Set(all.map(keyOf));
  const others = rank(locks, edges).filter((name) => !inRing.has(keyOf(name)));
  const drawn = others.slice(0, Math.max(0, MAX_NODES - ring.length));
  const { nodes, heightPx, boxPx } = paper.isNarrow
    ? placeBelow(ring, drawn, paper)
    : placeBeside(ring, drawn, paper);
  const placed = new Set(nodes.map(keyOf));
  return {
    nodes: nodes.map((node) => ({ ...node, isStuck: stuck.has(keyOf(node)) })),
    edges: edges.filter(({ thread, lock }) =>
      placed.has(`thread ${thread}`) && placed.has(`lock ${lock}`)
    ),
    heightPx,
    boxPx,
    hidden: all.length + others.length - nodes.length,
  };
}

interface Name {
  readonly id: string;
  readonly kind: "thread" | "lock";
}

interface Places {
  readonly nodes:
    readonly (Name & { readonly x: number; readonly y: number })[];
  readonly heightPx: number;
  readonly boxPx: number;
}

function keyOf({ kind, id }: Name): string {
  return `${kind} ${id}`;
}

/** On narrow paper: the ring as two columns, the others below it in rows of two. */
function placeBelow(
  ring: readonly Name[],
  others: readonly Ranked[],
  { left, right }: Paper,
): Places {
  const boxPx = Math.min(MAX_BOX_PX, (right - left) / 2 - 34);
  const columns = [left + boxPx / 2 + 2, right - boxPx / 2 - 2] as const;
  const perSide = Math.ceil(ring.length / 2);
  const circle = ring.map((name, index) => ({
    ...name,
    // Down the left side and up the right one.
    x: columns[index < perSide ? 0 : 1],
    y: ((index < perSide ? index : ring.length - 1 - index) + 0.5) * ROW_PX,
  }));
  const below = others.toSorted((one, other) => one.rank - other.rank)
    .map(({ id, kind }, index) => ({
      id,
      kind,
      x: columns[index % 2 === 0 ? 0 : 1],
      y: (perSide + Math.floor(index / 2) + 0.5) * ROW_PX,
    }));
  return {
    nodes: [...circle, ...below],
    heightPx: (perSide + Math.ceil(others.length / 2)) * ROW_PX,
    boxPx,
  };
}

/** On wide paper: the ring as two rows; beside a small one columns, below a large one a row. */
function placeBeside(
  ring: readonly Name[],
  others: readonly Ranked[],
  { left, right }: Paper,
): Places {
  const isBelow = ring.length > 6;
  const inner = right - left;
  const columns = isBelow
    ? others.map((node) => [node])
    : [...Map.groupBy(others, ({ rank }) => rank)]
      .toSorted(([a], [b]) => a - b).map(([, nodes]) => nodes);
  const ringWidth = ring.length === 0
    ? 0
    : isBelow || others.length === 0
    ? inner
    : inner * 0.62;
  const columnsLeft = left + (isBelow ? 0 : ringWidth);
  const columnWidth = (inner - (isBelow ? 0 : ringWidth)) /
    Math.max(1, columns.length);
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
  const ringMiddle = isBelow ? ringHeight / 2 : heightPx / 2;
  const columnsMiddle = isBelow ? ringHeight + columnsHeight / 2 : heightPx / 2;
  const circle = ring.map((name, index) => {
    // Along the upper side and back along the lower one; two stand in one row.
    const isUpper = index < perSide;
    const step = isUpper ? index : ring.length - 1 - index;
    const part = perSide === 1 ? 0.15 + index * 0.7 : step / (perSide - 1);
    const rise = perSide === 1 ? 0 : ringHeight / 2 - BOX_HEIGHT_PX / 2 - 4;
    return {
      ...name,
      x: left + boxPx / 2 + 2 + part * (ringWidth - boxPx - 4),
      y: ringMiddle + (isUpper ? -rise : rise),
    };
  });
  const beside = columns.flatMap((column, index) =>
    column.map(({ id, kind }, row) => ({
      id,
      kind,
      x: columnsLeft + (index + 0.5) * columnWidth,
      y: columnsMiddle + (row - (column.length - 1) / 2) * ROW_PX,
    }))
  );
  return { nodes: [...circle, ...beside], heightPx, boxPx };
}

interface Ranked extends Name {
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

export const BOX_HEIGHT_PX = 34;

const ROW_PX = 52;
const MIN_BOX_PX = 76;
const MAX_BOX_PX = 132;
const MAX_NODES = 12;
const MAX_COLUMNS = 5;
