/**
 * The rules of deadlocks: lanes that wait for one another's locks, for ever, or
 * until a time limit or an abort took one of them out.
 *
 * Pure. Circles are found in `lib/sync/deadlock.ts`, and put into words beside it.
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import { describeDeadlock } from "../sync/mod.ts";
import type { Facts } from "./facts.ts";
import type { Claim } from "./finding.ts";

/** Finds lanes none of which can ever go on. */
export function findDeadlocked({ run }: Facts): Claim | undefined {
  const circles = run?.circles ?? [];
  if (run === undefined || circles.length === 0) return undefined;
  return {
    rule: "deadlock",
    values: { circles },
    lanes: circles.flat().map(({ thread }) => thread),
    sentence: circles.map(describeDeadlock).join(" "),
    advice: circles[0]!.length === 1
      ? "Let the function that has the lock pass it on, in place of taking it again."
      : "Take locks in one order everywhere, and no circle can come about.",
  };
}

/** Finds a circle that only something from outside could end. */
export function findBrokenDeadlock({ run }: Facts): Claim | undefined {
  const broken = run?.broken;
  if (broken === undefined) return undefined;
  const { circle, startMs, endMs } = broken;
  const steps = circle.map(({ thread, owns, waitsFor }) =>
    `${thread} held ${owns} and waited for ${waitsFor}`
  );
  return {
    rule: "broken deadlock",
    values: broken,
    lanes: circle.map(({ thread }) => thread),
    sentence: `Deadlock for ${formatDuration(endMs - startMs)}: ${
      steps.join("; ")
    }. A time limit or an abort ended it.`,
    advice: "A time limit only turns waiting for ever into an error: take " +
      "locks in one order everywhere, and no circle can come about.",
  };
}
