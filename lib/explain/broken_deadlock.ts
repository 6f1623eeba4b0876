/**
 * The rule of the broken deadlock: lanes waited for one another's locks, until
 * a time limit or an abort took one of them out.
 *
 * Pure. One that lasts to the end is in `deadlock.ts`.
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import type { Facts } from "./facts.ts";
import type { Claim } from "./finding.ts";

/** Finds a circle that only something from outside could end. */
export function findBrokenDeadlock({ run }: Facts): Claim | undefined {
  const { circle, startMs, endMs } = run?.broken ?? {};
  if (circle === undefined || startMs === undefined || endMs === undefined) {
    return undefined;
  }
  const steps = circle.map(({ thread, owns, waitsFor }) =>
    `${thread} held ${owns} and waited for ${waitsFor}`
  );
  return {
    rule: "broken deadlock",
    sentence: `Deadlock for ${formatDuration(endMs - startMs)}: ` +
      `${steps.join("; ")}. A time limit or an abort ended it.`,
    advice: "A time limit only turns waiting for ever into an error: take " +
      "locks in one order everywhere, and no circle can come about.",
    lanes: circle.map(({ thread }) => thread),
    during: { startMs, endMs },
    evidence: [
      {
        what: "time in which all of them waited",
        value: formatDuration(endMs - startMs),
        from: "spans of the locks and of those that waited",
      },
    ],
  };
}
