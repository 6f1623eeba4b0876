/**
 * Tells a trace what happened at locks, barriers and channels, in all threads.
 *
 * While a trace runs on the main thread, each gate that it uses, makes or sends
 * is followed: all threads write events into the gate's memory, and here they
 * are read, once, before the trace ends. When no trace runs this costs one look
 * at a flag for each thing that happens.
 * @module
 */
import type { Link, Tap, TraceSpan } from "../base/record/mod.ts";
import { type GateEvent, takeEvents } from "./memory/event_ring.ts";
import { followedBy, type Gate, HAPPENED } from "./memory/gate.ts";
import { readLaneName } from "./memory/lane_table.ts";
import * as at from "./memory/layout.ts";

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

/** Something that happened at a gate. */
export interface SyncEvent {
  /**
   * What: `wait` begins waiting, `take` holds from now on, `resume` runs on after
   * waiting, `release` gives back or calls others, `giveUp` stops waiting,
   * `count` has so many values from now on, `unheard` calls others of whom nobody waits.
   */
  readonly kind:
    | "wait"
    | "take"
    | "resume"
    | "release"
    | "giveUp"
    | "count"
    | "unheard";
  readonly lane: string;
  /** Tells waits and holds of one gate apart; of `count`, the number. */
  readonly ticket: number;
  /** When. Units: milliseconds. */
  readonly atMs: number;
}

/** What events mean. Units: milliseconds, on the clock of the events. */
export interface SyncSpans {
  /** `held` on the gate's lane, `blocked` on lanes of those who waited. */
  readonly spans: readonly TraceSpan[];
  /** From who gave back to who was let in. */
  readonly links: readonly Link[];
  /** How many values there were, from when on. */
  readonly counts: readonly (readonly [atMs: number, value: number])[];
  /** When somebody called and nobody waited. */
  readonly unheardMs: readonly number[];
}

/** Makes spans of the events of one gate. */
export function toSyncSpans(
  laneId: string,
  events: readonly SyncEvent[],
  endMs: number,
): SyncSpans {
  const waits = new Map<number, SyncEvent>();
  const holds = new Map<number, SyncEvent>();
  /** Who gave way to whom: known when the turn is given, drawn on resuming. */
  const givers = new Map<number, SyncEvent>();
  const spans: TraceSpan[] = [];
  const links: Link[] = [];
  const counts: [number, number][] = [];
  const unheardMs: number[] = [];
  let released: SyncEvent | undefined;

  const endWait = (ticket: number, atMs: number) => {
    const wait = waits.get(ticket);
    if (wait === undefined) return;
    waits.delete(ticket);
    const { lane, atMs: startMs } = wait;
    const [state, reason] = ["blocked", laneId] as const;
    spans.push({ lane, state, reason, startMs, endMs: atMs });
  };
  const endHold = (ticket: number, atMs: number) => {
    const hold = holds.get(ticket);
    if (hold === undefined) return;
    holds.delete(ticket);
    const { lane: label, atMs: startMs } = hold;
    spans.push({ lane: laneId, state: "held", label, startMs, endMs: atMs });
  };

  for (const event of events) {
    const { kind, lane, ticket, atMs } = event;
    switch (kind) {
      case "wait":
        waits.set(ticket, event);
        break;
      case "take":
        holds.set(ticket, event);
        if (released && waits.has(ticket)) givers.set(ticket, released);
        break;
      case "release":
        endHold(ticket, atMs);
        released = event;
        break;
      case "resume": {
        const giver = givers.get(ticket) ?? released;
        if (giver !== undefined && waits.has(ticket)) {
          const isLock = givers.has(ticket);
          links.push({
            kind: isLock ? "lock" : "wake",
            from: giver.lane,
            to: lane,
            startMs: giver.atMs,
            endMs: atMs,
            label: laneId,
          });
        }
        givers.delete(ticket);
        endWait(ticket, atMs);
        break;
      }
      case "giveUp":
        endWait(ticket, atMs);
        break;
      case "count":
        counts.push([atMs, ticket]);
        break;
      case "unheard":
        unheardMs.push(atMs);
        break;
      default:
        kind satisfies never;
    }
  }
  for (const ticket of [...waits.keys()]) endWait(ticket, endMs);
  for (const ticket of [...holds.keys()]) endHold(ticket, endMs);
  spans.sort((one, other) => one.startMs - other.startMs);
  return { spans, links, counts, unheardMs };
}
