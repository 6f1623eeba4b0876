/**
 * Who waits for whom: the graph of locks, and the deadlocks in it.
 *
 * A deadlock is a circle: each of its threads waits for a lock that the next
 * one owns, so none can ever go on. Pure: snapshots in, circles out.
 * @module
 */
import type { LockSnapshot } from "../trace/recording.ts";

/** One step of a deadlock: a thread, what it owns, and what it waits for. */
export interface DeadlockStep {
  /** The lane that waits. */
  readonly thread: string;
  /** The lock that it owns, and the one before it in the circle wants. */
  readonly owns: string;
  /** The lock that it waits for. */
  readonly waitsFor: string;
}

/**
 * Finds deadlocks.
 *
 * A lock with several holders (a semaphore) counts only if all paths through it
 * are stuck; here each of its holders is followed, and a circle through one of
 * them is reported.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [circle] = findDeadlocks([
 *   { lock: "a", holders: ["one"], waiters: ["two"] },
 *   { lock: "b", holders: ["two"], waiters: ["one"] },
 * ]);
 * assert.deepEqual(circle?.map(({ thread }) => thread), ["one", "two"]);
 * ```
 *
 * @param locks Who holds and who waits, at one moment.
 * @returns The circles, none of which shares a thread with another.
 */
export function findDeadlocks(
  locks: readonly LockSnapshot[],
): readonly (readonly DeadlockStep[])[] {
  const wants = new Map<
    string,
    { lock: string; owners: readonly string[] }[]
  >();
  for (const { lock, holders, waiters } of locks) {
    for (const waiter of waiters) {
      const known = wants.get(waiter) ?? [];
      wants.set(waiter, [...known, { lock, owners: holders }]);
    }
  }
  const circles: DeadlockStep[][] = [];
  const done = new Set<string>();
  const follow = (
    thread: string,
    path: readonly { thread: string; waitsFor: string }[],
  ): void => {
    const start = path.findIndex((step) => step.thread === thread);
    if (start >= 0) {
      const circle = path.slice(start);
      circles.push(circle.map((step, index) => ({
        ...step,
        owns: circle.at(index - 1)!.waitsFor,
      })));
      return;
    }
    if (done.has(thread)) return;
    for (const { lock, owners } of wants.get(thread) ?? []) {
      for (const owner of owners) {
        follow(owner, [...path, { thread, waitsFor: lock }]);
      }
    }
    done.add(thread);
  };
  for (const { holders } of locks) {
    for (const holder of holders) follow(holder, []);
  }
  const told = new Set<string>();
  return circles.filter((circle) => {
    const isNew = circle.every(({ thread }) => !told.has(thread));
    for (const { thread } of circle) told.add(thread);
    return isNew;
  });
}

/**
 * Says each deadlock in words.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DEADLOCK } from "./recording_fixtures.ts";
 * assert.match(describeDeadlocks(DEADLOCK.locks)[0]!, /^Deadlock of 2: worker 1 owns lock alice/);
 * ```
 *
 * @param locks Who holds and who waits, at one moment.
 * @returns One sentence a deadlock.
 */
export function describeDeadlocks(
  locks: readonly LockSnapshot[],
): readonly string[] {
  return findDeadlocks(locks).map((circle) => {
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
  });
}
