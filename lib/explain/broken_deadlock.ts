/**
 * The rule of the broken deadlock: lanes waited for one another's locks, until
 * a time limit or an abort took one of them out.
 *
 * Pure. One that lasts to the end is in `deadlock.ts`.
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import type { BrokenCircle, Facts } from "./facts.ts";
import { type Claim, claim, type Words } from "./finding.ts";

/** Finds a circle that only something from outside could end. */
export function findBrokenDeadlock({ run }: Facts): Claim | undefined {
  const broken = run?.broken;
  if (broken === undefined) return undefined;
  const { circle, startMs, endMs } = broken;
  return claim("broken deadlock", say, broken, {
    lanes: circle.map(({ thread }) => thread),
    during: { startMs, endMs },
  });
}

function say({ circle, startMs, endMs }: BrokenCircle): Words {
  const steps = circle.map(({ thread, owns, waitsFor }) =>
    `${thread} held ${owns} and waited for ${waitsFor}`
  );
  const lasted = formatDuration(endMs - startMs);
  return {
    sentence: `Deadlock for ${lasted}: ${steps.join("; ")}. ` +
      `A time limit or an abort ended it.`,
    advice: "A time limit only turns waiting for ever into an error: take " +
      "locks in one order everywhere, and no circle can come about.",
    evidence: [{
      what: "time in which all of them waited",
      value: lasted,
      from: "spans of the locks and of those that waited",
    }],
  };
}
