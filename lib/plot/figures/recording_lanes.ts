/**
 * In which order a recording's lanes are shown, and under which headings.
 *
 * Pure: lanes in, the same lanes in groups out.
 * @module
 */
import type { Lane, LaneKind, Recording } from "../../base/record/mod.ts";

/** A lane and its place among the others. */
export interface OrderedLane extends Lane {
  /** Heading under which it stands. */
  readonly group: string;
  /** How many lanes it is nested in. */
  readonly depth: number;
}

/**
 * Puts lanes in groups: cores on top, then who runs, then what they share.
 *
 * A task stands below the lane it belongs to. Within a group lanes keep the
 * order of the recording. A span, arrow or lock of a lane that was never
 * announced gets a lane of its own, so nothing that was recorded is lost.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LEAKED } from "../gallery/recording_fixtures.ts";
 * assert.equal(groupLanes(LEAKED)[1]!.depth, 1);
 * ```
 *
 * @param recording What was recorded.
 * @returns The lanes from top to bottom.
 */
export function groupLanes(recording: Recording): readonly OrderedLane[] {
  const lanes = new Map(recording.lanes.map((lane) => [lane.id, lane]));
  const add = (id: string, kind: LaneKind) => {
    if (!lanes.has(id)) lanes.set(id, { id, kind });
  };
  for (const { lane, state } of recording.spans) {
    if (!lanes.has(lane)) add(lane, state === "held" ? "lock" : "task");
  }
  for (const { from, to } of recording.links) {
    add(from, "task");
    add(to, "task");
  }
  const childrenOf = Map.groupBy(
    [...lanes.values()].filter(({ parent, kind }) =>
      kind === "task" && parent !== undefined && lanes.has(parent)
    ),
    ({ parent }) => parent,
  );
  const ordered: OrderedLane[] = [];
  const done = new Set<string>();
  const visit = (lane: Lane, group: string, depth: number) => {
    // Lanes that name each other as parents must not go around for ever.
    if (done.has(lane.id)) return;
    done.add(lane.id);
    ordered.push({ ...lane, group, depth });
    for (const child of childrenOf.get(lane.id) ?? []) {
      visit(child, group, depth + 1);
    }
  };
  for (const kind of KINDS) {
    for (const lane of lanes.values()) {
      if (lane.kind !== kind) continue;
      const isNested = kind === "task" && lane.parent !== undefined &&
        lanes.has(lane.parent);
      if (!isNested) visit(lane, HEADINGS[kind], 0);
    }
  }
  for (const lane of lanes.values()) visit(lane, HEADINGS[lane.kind], 0);
  return ordered;
}

const HEADINGS: Readonly<Record<LaneKind, string>> = {
  core: "cores",
  main: "main thread and its tasks",
  worker: "workers",
  process: "processes",
  task: "tasks",
  lock: "locks",
  queue: "queues",
};

const KINDS = Object.keys(HEADINGS) as LaneKind[];
