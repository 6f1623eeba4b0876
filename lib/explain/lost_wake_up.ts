/**
 * The rule of the lost wake-up: a condition was notified when nobody waited,
 * and who came later waits for ever.
 *
 * Pure.
 * @module
 */
import { UNHEARD } from "../sync/mod.ts";
import { formatDuration } from "../base/mod.ts";
import type { Facts } from "./facts.ts";
import { type Claim, claim, type Words } from "./finding.ts";

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
    return claim("lost wake-up", say, { lock, calledMs, names, sinceMs }, {
      lanes: names,
      during: { startMs: calledMs, endMs: run.durationMs },
    });
  }
  return undefined;
}

interface LostWakeUp {
  readonly lock: string;
  /** When it was notified last. */
  readonly calledMs: number;
  /** Who waits. */
  readonly names: readonly string[];
  readonly sinceMs: number;
}

function say({ lock, calledMs, names, sinceMs }: LostWakeUp): Words {
  const who = new Intl.ListFormat("en-GB").format(names);
  return {
    sentence: `Lost wake-up: ${lock} was notified at ${
      formatDuration(calledMs)
    }, when nobody waited, and ${who} ${
      names.length === 1 ? "has" : "have"
    } waited for it since ${formatDuration(sinceMs)}.`,
    advice: "A notification is not kept: under the mutex, set what is waited " +
      "for before notifying, and look at it before waiting, as waitUntil() does.",
    evidence: [{
      what: `last notification of ${lock}`,
      value: formatDuration(calledMs),
      from: "events of the condition",
    }],
  };
}

const END_MS = 1;
