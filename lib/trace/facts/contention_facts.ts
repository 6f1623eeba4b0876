/**
 * How hard locks were fought for: who held them when, who waited how long.
 *
 * Pure: a recording in, numbers out. What they are called is in `lib/explain/convoy.ts`.
 * @module
 */
import {
  type Recording,
  sumMs,
  type TraceSpan,
  unite,
} from "../../base/record/mod.ts";

/** What happened at one lock. Units: milliseconds. */
export interface LockFacts {
  readonly lock: string;
  readonly kind?: string;
  readonly capacity?: number;
  /** When it was held, and by whom (`label`), by start. */
  readonly holds: readonly TraceSpan[];
  /** When lanes waited for it, by start. */
  readonly waits: readonly TraceSpan[];
  readonly heldMs: number;
  /** Time waited, of all waiters together. */
  readonly waitedMs: number;
  /** Moments, and how many waited from then on. */
  readonly waiters: readonly (readonly [atMs: number, count: number])[];
  readonly most: number;
  /** How often in a row the lock went from one to the next while others waited. */
  readonly convoy: number;
}

export function measureLocks(recording: Recording): readonly LockFacts[] {
  const ids = new Set([
    ...recording.lanes.filter(({ kind }) => kind === "lock").map(({ id }) =>
      id
    ),
    ...recording.locks.map(({ lock }) => lock),
  ]);
  const holdsOf = Map.groupBy(
    recording.spans.filter(({ state }) => state === "held"),
    ({ lane }) => lane,
  );
  const waitsOf = Map.groupBy(
    recording.spans.filter(({ state }) => state === "blocked"),
    ({ reason }) => reason ?? "",
  );
  const snapshots = new Map(recording.locks.map((one) => [one.lock, one]));
  return [...ids].map((lock) => {
    const { kind, capacity } = snapshots.get(lock) ?? {};
    return {
      ...measureLock(lock, holdsOf.get(lock) ?? [], waitsOf.get(lock) ?? []),
      ...(kind === undefined ? {} : { kind }),
      ...(capacity === undefined ? {} : { capacity }),
    };
  }).toSorted((a, b) => b.waitedMs - a.waitedMs);
}

function measureLock(
  lock: string,
  holds: readonly TraceSpan[],
  waits: readonly TraceSpan[],
): LockFacts {
  const waiters = countWaiters(waits);
  return {
    lock,
    holds: holds.toSorted((a, b) => a.startMs - b.startMs),
    waits: waits.toSorted((a, b) => a.startMs - b.startMs),
    // A lock may have several holders at once.
    heldMs: sumMs(unite(holds)),
    waitedMs: sumMs(waits),
    waiters,
    most: waiters.reduce((most, [, count]) => Math.max(most, count), 0),
    convoy: longestConvoy(holds, waiters),
  };
}

/** Moments, and how many waited from then on. */
export function countWaiters(
  waits: readonly TraceSpan[],
): readonly (readonly [atMs: number, count: number])[] {
  const steps = waits.flatMap(({ startMs, endMs }) => [
    [startMs, 1] as const,
    [endMs, -1] as const,
  ]).toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  let count = 0;
  return steps.map(([atMs, step]) => [atMs, count += step] as const);
}

/** Counts turns that began while somebody else waited already, to the next rest. */
function longestConvoy(
  holds: readonly TraceSpan[],
  waiters: readonly (readonly [atMs: number, count: number])[],
): number {
  let longest = 0;
  let run = 0;
  let last: TraceSpan | undefined;
  let step = 0;
  let waiting = 0;
  for (const hold of holds.toSorted((a, b) => a.startMs - b.startMs)) {
    while (step < waiters.length && waiters[step]![0] <= hold.startMs) {
      waiting = waiters[step++]![1];
    }
    const isOther = last !== undefined && last.label !== hold.label;
    run = isOther && waiting > 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
    last = hold;
  }
  return longest;
}
