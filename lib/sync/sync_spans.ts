/**
 * What happened at a lock, barrier or channel, as spans and arrows.
 *
 * Pure: events in, what a trace holds out. Events are read in `sync_trace.ts`.
 * @module
 */
import type { Link, TraceSpan } from "../base/record/mod.ts";

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
