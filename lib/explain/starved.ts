/**
 * The rule of starvation: one waits while others go on again and again.
 *
 * Pure. In a queue each of the others has one turn before it is one's own; who
 * is overtaken by the same ones several times is not in a queue.
 * @module
 */
import { formatDuration, formatPercent } from "../base/mod.ts";
import type { Facts, LockUse } from "./facts.ts";
import type { Claim } from "./finding.ts";

/** Finds the wait in which others had most turns more than one. */
export function findStarved({ run }: Facts): Claim | undefined {
  if (run === undefined) return undefined;
  const waits = run.locks.flatMap((lock) =>
    WAITED_FOR.has(lock.kind ?? "") ? lock.waits : []
  ).filter(({ startMs, endMs }) =>
    endMs - startMs >= Math.max(LEAST_MS, LEAST_SHARE * run.durationMs)
  );
  const found =
    waits.flatMap((wait) =>
      run.locks.map((use) => ({ wait, use, turns: countTurns(wait, use) }))
    ).toSorted((one, other) => other.turns.again - one.turns.again)[0];
  if (found === undefined || found.turns.again < LEAST_AGAIN) return undefined;
  const { wait, use: { lock }, turns } = found;
  const { lane, startMs, endMs, reason } = wait;
  const waitMs = endMs - startMs;
  const share = waitMs / run.durationMs;
  return {
    rule: "starved",
    values: { lane, reason, waitMs, turns, lock, share },
    lanes: [lane],
    sentence: `Starved: ${lane} waited ${
      formatDuration(waitMs)
    } at ${reason}, ${
      formatPercent(share)
    } of the run, while others had ${lock} ${turns.all} times (${turns.who}).`,
    advice: "Let who waits go before those who come later: count the waiting " +
      "ones, or use RwLock, which keeps a queue.",
  };
}

/** Counts turns of others that began during a wait, and those that were not one's first. */
function countTurns(wait: LockUse["waits"][number], { holds }: LockUse) {
  const turns = holds.filter(({ label, startMs }) =>
    label !== wait.lane && startMs > wait.startMs && startMs < wait.endMs
  );
  const byLane = [...Map.groupBy(turns, ({ label }) => label ?? "somebody")]
    .map(([lane, turns]) => [lane, turns.length] as const)
    .toSorted(([, one], [, other]) => other - one);
  return {
    all: turns.length,
    again: turns.length - byLane.length,
    who: byLane.slice(0, MAX_NAMED)
      .map(([lane, count]) => `${lane} ${count} times`).join(", "),
  };
}

const WAITED_FOR: ReadonlySet<string> = new Set([
  "Mutex",
  "RwLock",
  "Semaphore",
  "Condition",
]);
const LEAST_MS = 30;
const LEAST_SHARE = 0.5;
const LEAST_AGAIN = 8;
const MAX_NAMED = 3;
