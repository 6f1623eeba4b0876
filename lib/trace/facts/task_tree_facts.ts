/**
 * Who started whom, as a tree, and who outlived whom.
 *
 * Pure: a recording in, a tree and sentences out.
 * @module
 */
import type { Lane, Recording, TraceSpan } from "../../base/record/mod.ts";
import { formatDuration } from "../../base/mod.ts";

/** A task, worker or process, and what it started. Units: milliseconds. */
export interface TreeNode {
  readonly id: string;
  readonly kind: Lane["kind"];
  readonly startMs: number;
  readonly endMs: number;
  /** When it ran itself, by start. */
  readonly running: readonly TraceSpan[];
  /** Part of its own time that it ran itself, 0 to 1. */
  readonly share: number;
  /** How long it went on after who started it had ended; 0 if it did not. */
  readonly leakMs: number;
  readonly children: readonly TreeNode[];
}

/** Makes the tree of who started whom: by `spawn` arrows, else by lanes' parents. */
export function growTree(recording: Recording): readonly TreeNode[] {
  const lanes = recording.lanes.filter(({ kind }) => RUNNERS.has(kind));
  const known = new Set(lanes.map(({ id }) => id));
  const parents = new Map<string, string>();
  for (const { id, parent } of lanes) {
    if (parent !== undefined && known.has(parent)) parents.set(id, parent);
  }
  const born = new Map<string, number>();
  for (const { kind, from, to, endMs } of recording.links) {
    if (
      kind !== "spawn" || !known.has(from) || !known.has(to) || born.has(to)
    ) {
      continue;
    }
    born.set(to, endMs);
    if (from !== to) parents.set(to, from);
  }
  const spansOf = Map.groupBy(recording.spans, ({ lane }) => lane);
  const childrenOf = Map.groupBy(lanes, ({ id }) => parents.get(id));
  const done = new Set<string>();

  const grow = (lane: Lane, parent: Lifetime | null): TreeNode => {
    done.add(lane.id);
    const spans = spansOf.get(lane.id) ?? [];
    const life = findLife(lane, spans, born.get(lane.id), recording.durationMs);
    const running = spans
      .filter(({ state }) => state === "running" || state === "alive")
      .toSorted((a, b) => a.startMs - b.startMs);
    const children = (childrenOf.get(lane.id) ?? [])
      .filter(({ id }) => !done.has(id))
      .map((child) => grow(child, life))
      .toSorted((a, b) => a.startMs - b.startMs);
    const runMs = running.reduce(
      (sum, { startMs, endMs, share = 1 }) => sum + share * (endMs - startMs),
      0,
    );
    const lengthMs = life.endMs - life.startMs;
    return {
      id: lane.id,
      kind: lane.kind,
      ...life,
      running,
      share: lengthMs > 0 ? Math.min(1, runMs / lengthMs) : 0,
      leakMs: parent === null ? 0 : Math.max(0, life.endMs - parent.endMs),
      children,
    };
  };

  const roots = (childrenOf.get(undefined) ?? []).map((lane) =>
    grow(lane, null)
  );
  // Lanes that name each other as parents have no root; the first becomes one.
  for (const lane of lanes) {
    if (!done.has(lane.id)) roots.push(grow(lane, null));
  }
  return roots.toSorted((a, b) => a.startMs - b.startMs);
}

interface Lifetime {
  readonly startMs: number;
  readonly endMs: number;
}

function findLife(
  lane: Lane,
  spans: readonly TraceSpan[],
  bornMs: number | undefined,
  durationMs: number,
): Lifetime {
  // The main thread was there before, and stays.
  if (lane.kind === "main") return { startMs: 0, endMs: durationMs };
  let startMs = bornMs ?? Infinity;
  let endMs = bornMs ?? -Infinity;
  for (const span of spans) {
    startMs = Math.min(startMs, span.startMs);
    endMs = Math.max(endMs, span.endMs);
  }
  return startMs <= endMs ? { startMs, endMs } : { startMs: 0, endMs: 0 };
}

export function describeTree(roots: readonly TreeNode[]): readonly string[] {
  return roots.flatMap((node) => [
    ...node.children.filter(({ leakMs }) => leakMs > TOLERANCE_MS).map((
      child,
    ) =>
      `${child.id} outlives ${node.id}, which started it and did not wait ` +
      `for it, by ${formatDuration(child.leakMs)}.`
    ),
    ...describeTree(node.children),
  ]);
}

// Ends of parent and child that are this close were one end.
const TOLERANCE_MS = 0.05;

const RUNNERS: ReadonlySet<Lane["kind"]> = new Set([
  "main",
  "worker",
  "process",
  "task",
]);
