/**
 * The rule of the convoy: a lock that is never free, and handed from one to the
 * next while others wait in line.
 *
 * Pure. How locks were used is measured in `lib/trace/facts/contention_facts.ts`.
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import type { Facts, LockUse } from "./facts.ts";
import type { Claim } from "./finding.ts";

/** Finds the lock that was waited for longest, if turns at it were a convoy. */
export function findConvoy({ run }: Facts): Claim | undefined {
  const found = run?.locks.find(isConvoy);
  if (found === undefined) return undefined;
  const { lock, holds } = found;
  return {
    rule: "convoy",
    values: found,
    lanes: [lock, ...new Set(holds.flatMap(({ label }) => label ?? []))],
    sentence: describeConvoy(found),
    advice: SHORTER_HOLD,
  };
}

function isConvoy(
  { kind = "Mutex", convoy, waitedMs, heldMs }: LockUse,
): boolean {
  // That a semaphore is always in use is what it is for; see `limited.ts`.
  return LOCKS.has(kind) && convoy >= LEAST_TURNS &&
    waitedMs >= LEAST_WAIT * heldMs;
}

/** Says which locks were fought for: one sentence for each with a convoy. */
export function describeContention(
  locks: readonly LockUse[],
): readonly string[] {
  return locks.filter(isConvoy).map(describeConvoy);
}

function describeConvoy(
  { lock, convoy, most, waitedMs, heldMs }: LockUse,
): string {
  return `Convoy at ${lock}: it was handed on ${convoy} times in a row ` +
    `while others already waited, at most ${most} at once; together they waited ` +
    `${formatDuration(waitedMs)} for ${formatDuration(heldMs)} of use.`;
}

/** What helps where a lock is held for nearly all of the work. */
export const SHORTER_HOLD =
  "Compute before taking the lock and hold it only to store the result, or " +
  "give each part of what it guards a lock of its own.";
const LOCKS: ReadonlySet<string> = new Set(["Mutex", "RwLock"]);
// Fewer turns in a row than this are a queue that went away again.
const LEAST_TURNS = 5;
// A wait that is short against the use itself costs nobody anything.
const LEAST_WAIT = 0.5;
