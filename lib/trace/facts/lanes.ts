/**
 * Which lanes there are, and in which order a reader looks for them.
 *
 * Pure: lanes in, lanes out. Pixels and colours are in `lib/plot/figures/`.
 * @module
 */
import type { Lane, LaneKind, Recording } from "../../base/record/mod.ts";

/** Lanes that were told of, and those that only a span, an arrow or a mark names. */
export function completeLanes(
  lanes: readonly Lane[],
  { spans, links, marks }: Pick<Recording, "spans" | "links" | "marks">,
): Lane[] {
  const known = new Map(lanes.map((lane) => [lane.id, lane]));
  const named = [
    ...spans.map(({ lane }) => lane),
    ...links.flatMap(({ from, to }) => [from, to]),
    ...marks.flatMap(({ lane }) => lane ?? []),
  ];
  for (const id of named) {
    if (!known.has(id)) known.set(id, { id, kind: guessKind(id) });
  }
  return [...known.values()];
}

/** Tells what a lane is that only its id is known of. */
export function guessKind(id: string): LaneKind {
  const [stem = ""] = id.split(" ");
  return LANE_KINDS.find((kind) => kind === stem) ?? "task";
}

/**
 * Orders lanes by kind, tasks below what started them, and says how deep they
 * are. Names that differ in numbers stay together, in the order of those.
 */
export function orderLanes<T extends Lane>(
  lanes: readonly T[],
): (readonly [lane: T, depth: number])[] {
  const ids = new Set(lanes.map(({ id }) => id));
  const isBelow = ({ id, kind, parent }: Lane) =>
    kind === "task" && parent !== undefined && parent !== id && ids.has(parent);
  const sorted = [...Map.groupBy(lanes, ({ id }) => id.replace(/\d+/g, "#"))]
    .flatMap(([, alike]) => alike.toSorted(byNumbers))
    .toSorted((one, other) =>
      LANE_KINDS.indexOf(one.kind) - LANE_KINDS.indexOf(other.kind)
    );
  const below = Map.groupBy(sorted.filter(isBelow), ({ parent }) => parent!);
  const ordered: (readonly [T, number])[] = [];
  const seen = new Set<T>();
  const add = (lane: T, depth: number) => {
    if (seen.has(lane)) return;
    seen.add(lane);
    ordered.push([lane, depth]);
    below.get(lane.id)?.forEach((child) => add(child, depth + 1));
  };
  sorted.filter((lane) => !isBelow(lane)).forEach((lane) => add(lane, 0));
  // A circle of parents hangs below nothing; it must not be lost.
  sorted.forEach((lane) => add(lane, 0));
  return ordered;
}

function byNumbers({ id: one }: Lane, { id: other }: Lane): number {
  const [numbers, others] = [one, other].map((id) =>
    (id.match(/\d+/g) ?? []).map(Number)
  ) as [number[], number[]];
  const differing = numbers.findIndex((number, i) => number !== others[i]);
  return differing === -1 ? 0 : numbers[differing]! - others[differing]!;
}

/** In the order in which they are shown. */
export const LANE_KINDS: readonly LaneKind[] = [
  "core",
  "main",
  "task",
  "worker",
  "process",
  "lock",
  "queue",
];
