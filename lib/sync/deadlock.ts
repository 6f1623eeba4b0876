/**
 * Deadlocks: who waits for whom, in a circle.
 *
 * Pure: snapshots in, a circle out. Snapshots are taken in `registry.ts`.
 * @module
 */
import type { LockSnapshot } from "../trace/recording.ts";
import { isThreadName } from "./lane_name.ts";

/** A snapshot; of which kind of lock decides whom a waiter waits for. */
export type WaitSnapshot = LockSnapshot & { readonly kind?: string };

/**
 * Finds lanes that wait for one another, so that none of them can ever go on.
 *
 * A waiter of a mutex or of a read-write lock waits for all its holders; one of
 * a semaphore for any of them, so that it is stuck only if all of them are. A
 * lane is taken for one flow of control: give tasks of one thread lanes of
 * their own, as in `lock({ lane: "philosopher 2" })`. On a thread's own lane
 * (`main`, `worker 1`) a task that waits for what another task there holds is
 * therefore no circle.
 *
 * @example Two lanes, two locks, in opposite order
 * ```ts
 * import assert from "node:assert/strict";
 * const circle = findDeadlock([
 *   { lock: "lock a", holders: ["worker 1"], waiters: ["worker 2"] },
 *   { lock: "lock b", holders: ["worker 2"], waiters: ["worker 1"] },
 * ]);
 * assert.deepEqual(circle, ["worker 1", "lock b", "worker 2", "lock a"]);
 * ```
 *
 * @param snapshots Of one moment, as `snapshotLocks()` gives them.
 * @returns Lanes and locks in turn: the first lane waits for the first lock, which the second lane
 * holds, which waits for the second lock, and so on; the last lock is held by the first lane.
 * `null` if there is no circle.
 */
export function findDeadlock(
  snapshots: readonly WaitSnapshot[],
): string[] | null {
  const stuck = findStuck(snapshots);
  for (const start of stuck) {
    const circle = follow(start, snapshots, stuck);
    if (circle !== null) return circle;
  }
  return null;
}

/** Takes lanes away that something can still wake, until no more can be. */
function findStuck(snapshots: readonly WaitSnapshot[]): Set<string> {
  const waitsOf = Map.groupBy(
    snapshots.flatMap((snapshot) =>
      snapshot.waiters.map((lane) => ({ lane, snapshot }))
    ),
    ({ lane }) => lane,
  );
  // In the order in which they are found, so that the answer is always the same.
  const stuck = new Set(
    snapshots.flatMap(({ holders }) => holders)
      .filter((lane) => waitsOf.has(lane)),
  );
  let before: number;
  for (const lane of waitsOf.keys()) stuck.add(lane);
  do {
    before = stuck.size;
    for (const [lane, waits] of waitsOf) {
      // A lane that waits at several locks has several tasks: one may go on.
      const isStuck = waits.every(({ snapshot }) =>
        isBlocked(lane, snapshot, stuck)
      );
      if (!isStuck) stuck.delete(lane);
    }
  } while (stuck.size < before);
  return stuck;
}

function isBlocked(
  lane: string,
  { holders, kind }: WaitSnapshot,
  stuck: ReadonlySet<string>,
): boolean {
  const blocks = (holder: string) => isEdge(lane, holder) && stuck.has(holder);
  if (kind === "Semaphore") return holders.length > 0 && holders.every(blocks);
  return holders.some(blocks);
}

/** Walks from holder to holder until a lane comes again: from there it is a circle. */
function follow(
  start: string,
  snapshots: readonly WaitSnapshot[],
  stuck: ReadonlySet<string>,
): string[] | null {
  const lanes: string[] = [];
  const path: string[] = [];
  for (let lane = start;;) {
    const seen = lanes.indexOf(lane);
    if (seen !== -1) return path.slice(2 * seen);
    const wait = snapshots.find((snapshot) =>
      snapshot.waiters.includes(lane) && isBlocked(lane, snapshot, stuck)
    );
    const from = lane;
    const holder = wait?.holders.find((one) =>
      isEdge(from, one) && stuck.has(one)
    );
    if (wait === undefined || holder === undefined) return null;
    lanes.push(lane);
    path.push(lane, wait.lock);
    lane = holder;
  }
}

function isEdge(waiter: string, holder: string): boolean {
  return waiter !== holder || !isThreadName(waiter);
}
