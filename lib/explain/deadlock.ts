/**
 * The rule of the deadlock: lanes that wait for one another's locks.
 *
 * Pure. Circles are found in `lib/sync/deadlock.ts`, and put into words beside it.
 * @module
 */
import { describeDeadlock } from "../sync/mod.ts";
import type { Facts, RunFacts } from "./facts.ts";
import { type Claim, claim, type Words } from "./finding.ts";

/** Finds lanes none of which can ever go on. */
export function findDeadlocked({ run }: Facts): Claim | undefined {
  const circles = run?.circles ?? [];
  if (run === undefined || circles.length === 0) return undefined;
  return claim("deadlock", say, { circles }, {
    lanes: circles.flat().map(({ thread }) => thread),
    during: { startMs: 0, endMs: run.durationMs },
  });
}

function say({ circles }: Pick<RunFacts, "circles">): Words {
  return {
    sentence: circles.map(describeDeadlock).join(" "),
    advice: circles[0]!.length === 1
      ? "Let the function that has the lock pass it on, in place of taking it again."
      : "Take locks in one order everywhere, and no circle can come about.",
    evidence: circles.flat().map(({ thread, owns, waitsFor }) => ({
      what: thread,
      value: `owns ${owns}, waits for ${waitsFor}`,
      from: "who held what and waited for what at the end",
    })),
  };
}
