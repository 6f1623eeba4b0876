/**
 * What counting context switches found, in sentences.
 *
 * Pure. The numbers are worked out in `switches_counts.ts`.
 * @module
 */

import type { SwitchesReport, ThreadSwitches } from "./result.ts";
import { formatDuration, formatPercent } from "../../base/mod.ts";
import { describeNoise } from "../../base/stamp/mod.ts";

/**
 * Puts a report into words.
 *
 * @param report What was found.
 * @returns Sentences: answers first, then what is missing.
 */
export function describeSwitches(
  report: Omit<SwitchesReport, "findings">,
): readonly string[] {
  const { threads, durationMs, missing } = report;
  return [
    ...describeNoise(report.stamp),
    `The work took ${formatDuration(durationMs)}.`,
    ...threads.map(describeThread),
    ...describeParallelism(report),
    ...describeWaiting(report),
    ...threads.filter(({ endedEarly, kind }) => endedEarly && kind === "worker")
      .map(({ name }) =>
        `${name} ended before the work did: what it did in its last moments is missing.`
      ),
    ...missing,
  ];
}

function describeThread(thread: ThreadSwitches): string {
  const { name, voluntary, involuntary, runMs, waitMs } = thread;
  const times = runMs === null || waitMs === null
    ? ""
    : `; it ran ${formatDuration(runMs)} and was ready without a core for ${
      formatDuration(waitMs)
    }`;
  return `${name}: gave its core away ${count(voluntary)}, had it taken ${
    count(involuntary)
  }${times}.`;
}

function describeParallelism(
  { threads, durationMs }: Omit<SwitchesReport, "findings">,
): readonly string[] {
  const runMs = threads.reduce((sum, thread) => sum + (thread.runMs ?? 0), 0);
  if (durationMs <= 0 || threads.every((thread) => thread.runMs === null)) {
    return [];
  }
  const ratio = runMs / durationMs;
  return [
    `All together ran ${formatDuration(runMs)} in ${
      formatDuration(durationMs)
    }: ${ratio.toFixed(2)} cores on average.`,
  ];
}

/** Ready threads without a core are what too many threads, or busy neighbours, look like. */
function describeWaiting(
  { threads, stamp }: Omit<SwitchesReport, "findings">,
): readonly string[] {
  const others = (stamp.otherCpuShare ?? 0) > MAX_OTHER_SHARE
    ? `, other programs among it (${
      formatPercent(stamp.otherCpuShare ?? 0)
    } of all cores)`
    : "";
  const waiting = threads.flatMap(({ kind, name, runMs, waitMs }) => {
    const isKnown = kind !== "helper" && runMs !== null && waitMs !== null;
    if (!isKnown || waitMs < MIN_WAIT_MS) return [];
    const share = waitMs / (runMs + waitMs);
    return share < MIN_WAIT_SHARE ? [] : [`${name} ${formatPercent(share)}`];
  });
  return waiting.length === 0 ? [] : [
    `Part of the ready time spent without a core: ${
      waiting.join(", ")
    }. More was ready to run than there are cores${others}.`,
  ];
}

function count(times: number): string {
  return times === 1 ? "once" : `${times} times`;
}

const MIN_WAIT_MS = 5;
const MIN_WAIT_SHARE = 0.2;
const MAX_OTHER_SHARE = 0.06;
