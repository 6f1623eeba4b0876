/**
 * Tells a trace what happened at locks, barriers and channels, in all threads.
 *
 * While a trace runs on the main thread, each gate that it uses, makes or sends
 * is followed: all threads write events into the gate's memory, and here they
 * are read, once, before the trace ends. When no trace runs this costs one look
 * at a flag for each thing that happens.
 * @module
 */
import type { Tap } from "../base/record/mod.ts";
import { type GateEvent, takeEvents } from "./event_ring.ts";
import { followedBy } from "./gate.ts";
import { type Gate, HAPPENED } from "./gate.ts";
import { readLaneName } from "./lane_table.ts";
import * as at from "./layout.ts";
import { type SyncEvent, toSyncSpans } from "./sync_spans.ts";

/**
 * Gives a trace all that was written down for it, and stops writing.
 *
 * Called by whoever ends the trace, while its tap is still open.
 */
export function drainSyncEvents(tap: Tap): readonly string[] {
  const missing: string[] = [];
  for (const gate of followedBy(tap)) {
    const { events, lostCount } = readEvents(gate);
    report(tap, gate, events);
    if (lostCount > 0) {
      missing.push(
        `The first ${lostCount} events of ${gate.laneId} are missing: ` +
          `its memory keeps the last ${at.MAX_EVENTS}`,
      );
    }
  }
  return missing;
}

function readEvents(gate: Gate) {
  const { words } = gate;
  gate.enter();
  const { events, lostCount } = takeEvents(words);
  const named = events.map((event) => toSyncEvent(words, event));
  words[at.FLAGS]! &= ~at.RECORDS;
  gate.leave();
  return { events: named, lostCount };
}

function toSyncEvent(
  words: Int32Array,
  { kind, lane, ticket, atMs }: GateEvent,
): SyncEvent {
  const name = KINDS[kind] ?? "count";
  return { kind: name, lane: readLaneName(words, lane), ticket, atMs };
}

function report(tap: Tap, gate: Gate, events: readonly SyncEvent[]): void {
  const { laneId } = gate;
  const found = toSyncSpans(laneId, events, performance.now());
  const lanes = new Set(found.spans.map(({ lane }) => lane));
  lanes.delete(laneId);
  for (const { from, to } of found.links) lanes.add(from).add(to);
  for (const id of lanes) tap.lane({ id, kind: kindOf(id) });
  for (const span of found.spans) tap.span(span);
  for (const link of found.links) tap.link(link);
  found.unheardMs.forEach((atMs, i) =>
    tap.count(`${UNHEARD} ${laneId}`, "calls", atMs, i + 1)
  );
  for (const [atMs, value] of found.counts) {
    tap.count(`values in ${laneId}`, "values", atMs, value);
  }
}

/** For lanes that nobody has told the trace of: threads made by hand, lanes given to `lock()`. */
function kindOf(lane: string): "main" | "worker" | "task" {
  if (lane === "main") return "main";
  return lane.startsWith("worker ") ? "worker" : "task";
}

/** How the counter begins of calls that nobody waited for. */
export const UNHEARD = "unheard by anybody:";

const KINDS: Readonly<Record<number, SyncEvent["kind"]>> = Object.fromEntries(
  Object.entries(HAPPENED).map(([name, kind]) => [kind, name]),
) as Record<number, SyncEvent["kind"]>;
