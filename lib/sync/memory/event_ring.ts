/**
 * Events of a gate, in its own memory, while a trace runs.
 *
 * Written inside the gate by any thread, read by the thread that traces; a full
 * ring overwrites its oldest. What they mean is worked out in `sync_trace.ts`.
 * @module
 */
import {
  EPOCH,
  EVENT_COUNT,
  EVENT_WORDS,
  eventsAt,
  MAX_EVENTS,
  MAX_SLOTS,
} from "./layout.ts";

/** Something that happened at a gate. */
export interface GateEvent {
  /** What, see `HAPPENED` in `gate.ts`. */
  readonly kind: number;
  /** Place of the lane, see `lane_table.ts`. */
  readonly lane: number;
  /** The ticket of whom it happened to; of counts, the number. */
  readonly ticket: number;
  /** When. Units: milliseconds of this thread's `performance.now()`. */
  readonly atMs: number;
}

/** Writes an event down. */
export function writeEvent(
  words: Int32Array<SharedArrayBuffer>,
  kind: number,
  lane: number,
  ticket: number,
): void {
  const count = words[EVENT_COUNT]!;
  const at = eventsAt(words[MAX_SLOTS]!) + (count % MAX_EVENTS) * EVENT_WORDS;
  words[at] = kind | (lane << 8);
  words[at + 1] = ticket;
  times(words)[at / 2 + 1] = performance.now() + originOf(words);
  words[EVENT_COUNT] = count + 1;
}

/** Reads all events and forgets them. */
export function takeEvents(
  words: Int32Array<SharedArrayBuffer>,
): { readonly events: readonly GateEvent[]; readonly lostCount: number } {
  const count = words[EVENT_COUNT]!;
  const lostCount = Math.max(0, count - MAX_EVENTS);
  const events: GateEvent[] = [];
  const start = eventsAt(words[MAX_SLOTS]!);
  for (let index = lostCount; index < count; index++) {
    const at = start + (index % MAX_EVENTS) * EVENT_WORDS;
    const first = words[at]!;
    events.push({
      kind: first & 0xff,
      lane: first >> 8,
      ticket: words[at + 1]!,
      atMs: times(words)[at / 2 + 1]! - originOf(words),
    });
  }
  words[EVENT_COUNT] = 0;
  return { events, lostCount };
}

/** Milliseconds from this memory's origin of time to this thread's. */
function originOf(words: Int32Array<SharedArrayBuffer>): number {
  return performance.timeOrigin - times(words)[EPOCH / 2]!;
}

function times(words: Int32Array<SharedArrayBuffer>) {
  return new Float64Array(words.buffer);
}
