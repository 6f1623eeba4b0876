/**
 * Deadlocks: who waits for whom, in a circle. The one place that finds them.
 *
 * Pure: snapshots in, circles and sentences out. Snapshots are taken in
 * `registry.ts`; circles are drawn in `lib/plot/figures/wait_for.ts`.
 * @module
 */
import { checkList, checkObject, checkText } from "../base/mod.ts";
import type { LockSnapshot } from "../base/record/mod.ts";
import { isThreadName } from "./memory/lane_name.ts";

/** A snapshot; of which kind of lock decides whom a waiter waits for. */
export type WaitSnapshot = LockSnapshot;

/** One step of a deadlock: a lane, what it owns, and what it waits for. */
export interface DeadlockStep {
  readonly thread: string;
  /** The lock that it owns, and the one before it in the circle wants. */
  readonly owns: string;
  readonly waitsFor: string;
}

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
 * @throws {TypeError} If they are no snapshots.
 */
export function findDeadlock(
  snapshots: readonly WaitSnapshot[],
): string[] | null {
  const what = "find deadlock";
  checkList([what, "snapshots"], snapshots, "snapshots");
  snapshots.forEach((one, i) => {
    checkObject([what, `snapshots[${i}]`], one, "lock, holders and waiters");
    checkText([what, `snapshots[${i}].lock`], one.lock);
    checkList([what, `snapshots[${i}].holders`], one.holders, "lanes");
    checkList([what, `snapshots[${i}].waiters`], one.waiters, "lanes");
  });
  const [circle] = findDeadlocks(snapshots);
  return circle?.flatMap(({ thread, waitsFor }) => [thread, waitsFor]) ?? null;
}

/** Finds all deadlocks, by the same rules as {@link findDeadlock}. */
export function findDeadlocks(
  snapshots: readonly WaitSnapshot[],
): readonly (readonly DeadlockStep[])[] {
  const stuck = findStuck(snapshots);
  const told = new Set<string>();
  const circles: DeadlockStep[][] = [];
  for (const start of stuck) {
    if (told.has(start)) continue;
    const circle = follow(start, snapshots, stuck);
    if (circle === null || circle.some(({ thread }) => told.has(thread))) {
      continue;
    }
    for (const { thread } of circle) told.add(thread);
    circles.push(circle);
  }
  return circles;
}

/** Says who waits for what around a circle, as a part of an error's message. */
export function describeCircle(circle: readonly string[]): string {
  const parts: string[] = [];
  for (let i = 0; i + 1 < circle.length; i += 2) {
    const waiter = i === 0 ? circle[i]! : "which";
    const holder = circle[i + 2] ?? circle[0]!;
    parts.push(`${waiter} waits for ${circle[i + 1]!} held by ${holder}`);
  }
  return parts.join(", ");
}

/** Says who owns what and waits for what, as a sentence of its own. */
export function describeDeadlock(circle: readonly DeadlockStep[]): string {
  const steps = circle.map(({ thread, owns, waitsFor }) =>
    owns === waitsFor
      ? `${thread} owns ${owns} and waits for it again`
      : `${thread} owns ${owns} and waits for ${waitsFor}`
  );
  const title = circle.length === 1
    ? "Deadlock with itself"
    : `Deadlock of ${circle.length}`;
  const end = circle.length === 1
    ? "It can never go on."
    : "None of them can go on.";
  return `${title}: ${steps.join("; ")}. ${end}`;
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
): DeadlockStep[] | null {
  const path: { readonly thread: string; readonly waitsFor: string }[] = [];
  for (let thread = start;;) {
    const seen = path.findIndex((step) => step.thread === thread);
    if (seen !== -1) {
      const circle = path.slice(seen);
      return circle.map((step, i) => ({
        ...step,
        owns: circle.at(i - 1)!.waitsFor,
      }));
    }
    const from = thread;
    const wait = snapshots.find((snapshot) =>
      snapshot.waiters.includes(from) && isBlocked(from, snapshot, stuck)
    );
    const holder = wait?.holders.find((one) =>
      isEdge(from, one) && stuck.has(one)
    );
    if (wait === undefined || holder === undefined) return null;
    path.push({ thread, waitsFor: wait.lock });
    thread = holder;
  }
}

function isEdge(waiter: string, holder: string): boolean {
  return waiter !== holder || !isThreadName(waiter);
}
