/**
 * Says a deadlock in words, in the order in which one would explain it.
 *
 * Pure: names in, a sentence out. Circles are found in `lib/sync/deadlock.ts`.
 * @module
 */

/**
 * Says who waits for what, around the circle.
 *
 * @example Two locks, taken in opposite orders
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(
 *   describeDeadlock(["main", "lock B", "worker 1", "lock A"]),
 *   "main waits for lock B held by worker 1, which waits for lock A held by main",
 * );
 * ```
 *
 * @param circle Lanes and locks in turn: each lane waits for the lock behind it, which the next
 * lane holds.
 * @returns A sentence without a full stop.
 */
export function describeDeadlock(circle: readonly string[]): string {
  const parts: string[] = [];
  for (let i = 0; i + 1 < circle.length; i += 2) {
    const waiter = i === 0 ? circle[i]! : "which";
    const holder = circle[i + 2] ?? circle[0]!;
    parts.push(`${waiter} waits for ${circle[i + 1]!} held by ${holder}`);
  }
  return parts.join(", ");
}
