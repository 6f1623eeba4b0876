/**
 * The rule of the stuck run: ended by its time limit or by an abort, while
 * somebody waited for what did not come.
 *
 * Pure. Who waited for what is listed in `lib/trace/facts/stuck.ts`.
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import { describeStuck } from "../trace/facts/mod.ts";
import type { Facts, RunFacts } from "./facts.ts";
import { type Claim, claim, type Words } from "./finding.ts";

/** Finds who waited when the run was ended from outside. */
export function findStuck({ run }: Facts): Claim | undefined {
  const stuck = run?.stuck ?? [];
  if (run === undefined || stuck.length === 0) return undefined;
  const { durationMs } = run;
  return claim("stuck", say, { stuck, durationMs }, {
    lanes: stuck.flatMap(({ lanes }) => lanes),
    during: { startMs: 0, endMs: durationMs },
  });
}

function say(
  { stuck, durationMs }: Pick<RunFacts, "stuck" | "durationMs">,
): Words {
  return {
    sentence: `Stuck when the run was ended after ${
      formatDuration(durationMs)
    }: ${describeStuck(stuck)}.`,
    advice: stuck.some(({ at }) => at?.startsWith("barrier "))
      ? "A barrier opens when all have come: see that as many come as it was " +
        "made for."
      : "See that what they wait for happens also when something fails, and " +
        "give waits a limit of their own.",
    evidence: stuck.map(({ lanes, at = "a promise", job }) => ({
      what: job === undefined
        ? `who waited at ${at}`
        : `who had not finished ${job}`,
      value: lanes.join(", "),
      from: "locks and tasks as they were when the run was ended",
    })),
  };
}
