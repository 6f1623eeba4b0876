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
import { type SyncEvent, takeEvents } from "./memory/event_ring.ts";
import { followedBy, type Gate } from "./memory/gate.ts";
import * as at from "./memory/layout.ts";

/**
 * Gives a trace all that was written down for it, and stops writing.
 *
 * Called by whoever ends the trace, while its tap is still open.
 */
export function drainSyncEvents(tap: Tap): readonly string[] {
  return [...followedBy(tap)].flatMap((gate) => {
    gate.enter();
    const { events, lostCount } = takeEvents(gate.words);
    gate.words[at.FLAGS]! &= ~at.RECORDS;
    gate.leave();
    report(tap, gate, events);
    if (lostCount === 0) return [];
    return [
      `The first ${lostCount} events of ${gate.laneId} are missing: ` +
      `its memory keeps the last ${at.MAX_EVENTS}`,
    ];
  });
}

function report(
  tap: Tap,
  { laneId }: Gate,
  events: readonly SyncEvent[],
): void {
  const { spans, links, counts, unheardMs } = toSyncSpans(
    laneId,
    events,
    performance.now(),
  );
  const lanes = new Set(spans.map(({ lane }) => lane));
  lanes.delete(laneId);
  for (const { from, to } of links) lanes.add(from).add(to);
  for (const id of lanes) tap.lane({ id, kind: kindOf(id) });
  for (const span of spans) tap.span(span);
  for (const link of links) tap.link(link);
  unheardMs.forEach((atMs, i) =>
    tap.count(`${UNHEARD} ${laneId}`, "calls", atMs, i + 1)
  );
  for (const [atMs, value] of counts) {
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

  const end = (
    begun: Map<number, SyncEvent>,
    ticket: number,
    endMs: number,
  ) => {
    const first = begun.get(ticket);
    if (first === undefined) return;
    begun.delete(ticket);
    const { lane, atMs: startMs } = first;
    spans.push(
      begun === waits
        ? { lane, state: "blocked", reason: laneId, startMs, endMs }
        : { lane: laneId, state: "held", label: lane, startMs, endMs },
    );
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
        end(holds, ticket, atMs);
        released = event;
        break;
      case "resume": {
        const giver = givers.get(ticket) ?? released;
        if (giver !== undefined && waits.has(ticket)) {
          links.push({
            kind: givers.has(ticket) ? "lock" : "wake",
            from: giver.lane,
            to: lane,
            startMs: giver.atMs,
            endMs: atMs,
            label: laneId,
          });
        }
        givers.delete(ticket);
        end(waits, ticket, atMs);
        break;
      }
      case "giveUp":
        end(waits, ticket, atMs);
        break;
      case "count":
        counts.push([atMs, ticket]);
        break;
      case "unheard":
        unheardMs.push(atMs);
    }
  }
  for (const begun of [waits, holds]) {
    for (const ticket of [...begun.keys()]) end(begun, ticket, endMs);
  }
  spans.sort((one, other) => one.startMs - other.startMs);
  return { spans, links, counts, unheardMs };
}
