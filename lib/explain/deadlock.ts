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
import { type Claim, claim, seen } from "./finding.ts";

/** Finds lanes none of which can ever go on. */
export function findDeadlocked({ run }: Facts): Claim | undefined {
  const circles = run?.circles ?? [];
  if (run === undefined || circles.length === 0) return undefined;
  return claim("deadlock", { circles }, {
    lanes: circles.flat().map(({ thread }) => thread),
    during: { startMs: 0, endMs: run.durationMs },
  }, () => ({
    sentence: circles.map(describeDeadlock).join(" "),
    advice: circles[0]!.length === 1
      ? "Let the function that has the lock pass it on, in place of taking it again."
      : "Take locks in one order everywhere, and no circle can come about.",
    evidence: circles.flat().map(({ thread, owns, waitsFor }) =>
      seen(
        thread,
        `owns ${owns}, waits for ${waitsFor}`,
        "who held what and waited for what at the end",
      )
    ),
  }));
}

/** Finds a circle that only something from outside could end. */
export function findBrokenDeadlock({ run }: Facts): Claim | undefined {
  const broken = run?.broken;
  if (broken === undefined) return undefined;
  const { circle, startMs, endMs } = broken;
  return claim("broken deadlock", broken, {
    lanes: circle.map(({ thread }) => thread),
    during: { startMs, endMs },
  }, () => {
    const steps = circle.map(({ thread, owns, waitsFor }) =>
      `${thread} held ${owns} and waited for ${waitsFor}`
    );
    const lasted = formatDuration(endMs - startMs);
    return {
      sentence: `Deadlock for ${lasted}: ${steps.join("; ")}. ` +
        `A time limit or an abort ended it.`,
      advice: "A time limit only turns waiting for ever into an error: take " +
        "locks in one order everywhere, and no circle can come about.",
      evidence: [
        seen(
          "time in which all of them waited",
          lasted,
          "spans of the locks and of those that waited",
        ),
      ],
    };
  });
}
