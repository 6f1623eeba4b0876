/**
 * Puts lanes in the order in which a reader looks for them.
 *
 * Pure: lanes in, lanes out.
 * @module
 */
import type { Lane, LaneKind } from "../base/record/mod.ts";

/**
 * Sorts lanes: cores, the main thread with its tasks, Workers with theirs,
 * processes, locks, queues. Tasks stand below what started them.
 */
export function sortLanes(lanes: readonly Lane[]): Lane[] {
  const ids = new Set(lanes.map(({ id }) => id));
  const isBelow = ({ id, kind, parent }: Lane) =>
    kind === "task" && parent !== undefined && parent !== id && ids.has(parent);
  const below = Map.groupBy(lanes.filter(isBelow), ({ parent }) => parent!);
  const sorted: Lane[] = [];
  const seen = new Set<string>();
  const add = (lane: Lane) => {
    if (seen.has(lane.id)) return;
    seen.add(lane.id);
    sorted.push(lane);
    below.get(lane.id)?.forEach(add);
  };
  lanes.filter((lane) => !isBelow(lane)).toSorted(compare).forEach(add);
  // A circle of parents hangs below nothing; it must not be lost.
  lanes.forEach(add);
  return sorted;
}

function compare(one: Lane, other: Lane): number {
  const byKind = KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind);
  if (byKind !== 0 || one.kind === "task") return byKind;
  return NATURAL.compare(one.id, other.id);
}

const KINDS: readonly LaneKind[] = [
  "core",
  "main",
  "task",
  "worker",
  "process",
  "lock",
  "queue",
];

const NATURAL = new Intl.Collator("en", { numeric: true });
