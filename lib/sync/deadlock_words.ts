/**
 * Says deadlocks in words.
 *
 * Pure: circles in, sentences out. They are found in `deadlock.ts`.
 * @module
 */
import type { DeadlockStep } from "./deadlock.ts";

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
