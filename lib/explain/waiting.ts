/**
 * The rules of those who wait for what does not come: a condition that was
 * notified when nobody waited, and a run that was ended from outside.
 *
 * Pure. Who waited for what is listed in `lib/trace/facts/stuck.ts`.
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import { UNHEARD } from "../sync/mod.ts";
import { describeStuck } from "../trace/facts/mod.ts";
import type { Facts } from "./facts.ts";
import type { Claim } from "./finding.ts";

/** Finds a wait that lasted to the end and began after the last notification. */
export function findLostWakeUp({ run }: Facts): Claim | undefined {
  // Only what did not come to its end has lost something.
  if (run === undefined || run.stuck.length === 0) return undefined;
  for (const { lock, kind, waits } of run.locks) {
    const calledMs = run.counters.get(`${UNHEARD} ${lock}`)?.at(-1)?.[0];
    if (kind !== "Condition" || calledMs === undefined) continue;
    const late = waits.filter(({ startMs, endMs }) =>
      startMs >= calledMs && endMs >= run.durationMs - END_MS
    );
    const [first] = late;
    if (first === undefined) continue;
    const names = [...new Set(late.map(({ lane }) => lane))];
    const sinceMs = first.startMs;
    return {
      rule: "lost wake-up",
      values: { lock, calledMs, names, sinceMs },
      lanes: names,
      sentence: `Lost wake-up: ${lock} was notified at ${
        formatDuration(calledMs)
      }, when nobody waited, and ${
        new Intl.ListFormat("en-GB").format(names)
      } ${names.length === 1 ? "has" : "have"} waited for it since ${
        formatDuration(sinceMs)
      }.`,
      advice: "A notification is not kept: under the mutex, set what is " +
        "waited for before notifying, and look at it before waiting, as " +
        "waitUntil() does.",
    };
  }
  return undefined;
}

/** Finds who waited when the run was ended from outside. */
export function findStuck({ run }: Facts): Claim | undefined {
  const stuck = run?.stuck ?? [];
  if (run === undefined || stuck.length === 0) return undefined;
  const { durationMs } = run;
  return {
    rule: "stuck",
    values: { stuck, durationMs },
    lanes: stuck.flatMap(({ lanes }) => lanes),
    sentence: `Stuck when the run was ended after ${
      formatDuration(durationMs)
    }: ${describeStuck(stuck)}.`,
    advice: stuck.some(({ at }) => at?.startsWith("barrier "))
      ? "A barrier opens when all have come: see that as many come as it was " +
        "made for."
      : "See that what they wait for happens also when something fails, and " +
        "give waits a limit of their own.",
  };
}

const END_MS = 1;
