/**
 * Events of a gate, in its own memory, while a trace runs.
 *
 * Written inside the gate by any thread, read by the thread that traces; a full
 * ring overwrites its oldest. What they mean is worked out in `sync_trace.ts`.
 * @module
 */
import { readLaneName } from "./lane_table.ts";
import {
  EPOCH,
  EVENT_COUNT,
  EVENT_WORDS,
  eventsAt,
  MAX_EVENTS,
  MAX_SLOTS,
} from "./layout.ts";

/**
 * What can happen at a gate; its number stands in shared memory.
 *
 * `wait` begins waiting, `take` holds from now on, `resume` runs on after waiting,
 * `release` gives back or calls others, `giveUp` stops waiting, `count` has so
 * many values from now on, `unheard` calls others of whom nobody waits.
 */
export type EventKind = typeof KINDS[number];

/** Something that happened at a gate. */
export interface SyncEvent {
  readonly kind: EventKind;
  readonly lane: string;
  /** Tells waits and holds of one gate apart; of `count`, the number. */
  readonly ticket: number;
  /** When. Units: milliseconds of this thread's `performance.now()`. */
  readonly atMs: number;
}

/** Inside: writes an event down; of lanes, their place is given. */
export function writeEvent(
  words: Int32Array<SharedArrayBuffer>,
  kind: EventKind,
  lane: number,
  ticket: number,
): void {
  const count = words[EVENT_COUNT]!;
  const at = eventsAt(words[MAX_SLOTS]!) + (count % MAX_EVENTS) * EVENT_WORDS;
  words[at] = KINDS.indexOf(kind) | (lane << 8);
  words[at + 1] = ticket;
  const times = new Float64Array(words.buffer);
  times[at / 2 + 1] = performance.now() + originOf(times);
  words[EVENT_COUNT] = count + 1;
}

/** Inside: reads all events and forgets them. */
export function takeEvents(
  words: Int32Array<SharedArrayBuffer>,
): { readonly events: readonly SyncEvent[]; readonly lostCount: number } {
  const count = words[EVENT_COUNT]!;
  const lostCount = Math.max(0, count - MAX_EVENTS);
  const times = new Float64Array(words.buffer);
  const start = eventsAt(words[MAX_SLOTS]!);
  const events = Array.from({ length: count - lostCount }, (_, i) => {
    const at = start + ((lostCount + i) % MAX_EVENTS) * EVENT_WORDS;
    const first = words[at]!;
    return {
      kind: KINDS[first & 0xff]!,
      lane: readLaneName(words, first >> 8),
      ticket: words[at + 1]!,
      atMs: times[at / 2 + 1]! - originOf(times),
    };
  });
  words[EVENT_COUNT] = 0;
  return { events, lostCount };
}

/** Milliseconds from this memory's origin of time to this thread's. */
function originOf(times: Float64Array): number {
  return performance.timeOrigin - times[EPOCH / 2]!;
}

const KINDS = [
  "wait",
  "take",
  "resume",
  "release",
  "giveUp",
  "count",
  "unheard",
] as const;
