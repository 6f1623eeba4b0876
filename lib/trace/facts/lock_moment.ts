/**
 * The moment of a recording that says most of its locks: the end, if somebody
 * holds or waits then, as in a deadlock; else when lanes waited in a circle,
 * which a time limit broke; else when most waited.
 *
 * Pure: a recording in, who held and who waited out.
 * @module
 */
import { type DeadlockStep, findDeadlocks } from "../../sync/mod.ts";
import {
  lengthOf,
  type LockSnapshot,
  type Recording,
  type TraceSpan,
} from "../../base/record/mod.ts";
import { countWaiters } from "./contention_facts.ts";

/** Who held and who waited. Units: milliseconds since the recording's start. */
export interface LockMoment {
  readonly startMs: number;
  /** Until when; as `startMs` where only the moment is known. */
  readonly endMs: number;
  readonly locks: readonly LockSnapshot[];
  readonly isEnd: boolean;
  /** Lanes that waited for one another, and went on: not those at the end. */
  readonly circle: readonly DeadlockStep[];
}

/** Finds the moment to show; `null` if no lock was ever in use. */
export function findLockMoment(recording: Recording): LockMoment | null {
  const { durationMs, locks } = recording;
  const used = locks.filter(({ holders, waiters }) =>
    holders.length + waiters.length > 0
  );
  if (used.length > 0) {
    const end = { startMs: durationMs, endMs: durationMs, isEnd: true };
    return { ...end, locks: used, circle: [] };
  }
  const told = readSpans(recording);
  if (told.holds.length === 0) return null;
  return findBrokenCircle(told) ?? findCrowd(told);
}

interface Told {
  readonly holds: readonly TraceSpan[];
  readonly waits: readonly TraceSpan[];
}

function readSpans({ lanes, spans }: Recording): Told {
  const locks = new Set(
    lanes.filter(({ kind }) => kind === "lock").map(({ id }) => id),
  );
  return {
    holds: spans.filter(({ state, lane }) =>
      state === "held" && locks.has(lane)
    ),
    waits: spans.filter(({ state, reason }) =>
      state === "blocked" && locks.has(reason ?? "")
    ),
  };
}

/** Only something from outside ends a circle, so it is among the longest waits. */
function findBrokenCircle(told: Told): LockMoment | null {
  const longest = told.waits.toSorted((one, other) =>
    lengthOf(other) - lengthOf(one)
  ).slice(0, MAX_TRIED);
  for (const wait of longest) {
    const atMs = (wait.startMs + wait.endMs) / 2;
    const locks = lookAt(told, atMs);
    const [circle] = findDeadlocks(locks);
    if (circle === undefined) continue;
    const waits = told.waits.filter((one) =>
      isAt(one, atMs) &&
      circle.some(({ thread, waitsFor }) =>
        thread === one.lane && waitsFor === one.reason
      )
    );
    const startMs = Math.max(...waits.map(({ startMs }) => startMs));
    const endMs = Math.min(...waits.map(({ endMs }) => endMs));
    // Clocks of two threads do not agree to the last digit.
    if (endMs - startMs < LEAST_MS) continue;
    return { startMs, endMs, locks, isEnd: false, circle };
  }
  return null;
}

function findCrowd(told: Told): LockMoment {
  let atMs = told.holds[0]!.startMs;
  let most = 0;
  for (const [stepMs, count] of countWaiters(told.waits)) {
    if (count > most) [most, atMs] = [count, stepMs];
  }
  const locks = lookAt(told, atMs);
  return { startMs: atMs, endMs: atMs, locks, isEnd: false, circle: [] };
}

function lookAt({ holds, waits }: Told, atMs: number): LockSnapshot[] {
  const holding = holds.filter((span) => isAt(span, atMs));
  const held = Map.groupBy(holding, ({ lane }) => lane);
  const awaited = Map.groupBy(
    waits.filter((span) =>
      // Who was given the lock has it before its code goes on.
      isAt(span, atMs) && !holding.some(({ lane, label, startMs }) =>
        lane === span.reason && label === span.lane && startMs >= span.startMs
      )
    ),
    ({ reason }) => reason ?? "",
  );
  return [...new Set([...held.keys(), ...awaited.keys()])].map((lock) => {
    const holders = (held.get(lock) ?? []).flatMap(({ label }) => label ?? []);
    const waiters = (awaited.get(lock) ?? []).map(({ lane }) => lane);
    // Spans do not tell the kind. Of several holders, one may be enough.
    const kind = holders.length > 1 ? { kind: "Semaphore" } : {};
    return { lock, ...kind, holders, waiters };
  });
}

function isAt({ startMs, endMs }: TraceSpan, atMs: number): boolean {
  return startMs <= atMs && atMs < endMs;
}

const MAX_TRIED = 50;
const LEAST_MS = 1;
