/**
 * What counting context switches found: rules, and their words. Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../../base/mod.ts";
import { describeNoise } from "../../base/stamp/mod.ts";
import { type FoundIn, groundsOf, say } from "../../explain/mod.ts";
import type { Measured } from "../scaffold.ts";
import type { SwitchesReport, ThreadSwitches } from "./result.ts";

const WORDS = {
  took: ({ durationMs }: { durationMs: number }) =>
    `The work took ${formatDuration(durationMs)}.`,
  thread: ({ name, voluntary, involuntary, runMs, waitMs }: ThreadSwitches) =>
    `${name}: gave its core away ${count(voluntary)}, had it taken ${
      count(involuntary)
    }${
      runMs === null || waitMs === null
        ? ""
        : `; it ran ${formatDuration(runMs)} and was ready without a core for ${
          formatDuration(waitMs)
        }`
    }.`,
  together: ({ runMs, durationMs }: { runMs: number; durationMs: number }) =>
    `All together ran ${formatDuration(runMs)} in ${
      formatDuration(durationMs)
    }: ${(runMs / durationMs).toFixed(2)} cores on average.`,
  waiting: (
    { threads, otherShare }: {
      threads: readonly { name: string; share: number }[];
      otherShare: number | null;
    },
  ) =>
    `Part of the ready time spent without a core: ${
      threads.map(({ name, share }) => `${name} ${formatPercent(share)}`)
        .join(", ")
    }. More was ready to run than there are cores${
      otherShare === null
        ? ""
        : `, other programs among it (${
          formatPercent(otherShare)
        } of all cores)`
    }.`,
  ended: ({ name }: ThreadSwitches) =>
    `${name} ended before the work did: what it did in its last moments is missing.`,
  missing: ({ reason }: { reason: string }) => reason,
};

/** Says what was found: doubts first, then answers, then what is missing. */
export function describeSwitches(
  report: Measured<SwitchesReport>,
): readonly string[] {
  const { stamp } = report;
  return [
    ...describeNoise(stamp),
    ...say(WORDS, findSwitches(report), groundsOf(stamp)),
  ];
}

/** Applies all rules. */
export function findSwitches(
  report: Measured<SwitchesReport>,
): FoundIn<typeof WORDS>[] {
  const { threads, durationMs, missing } = report;
  return [
    { rule: "took", values: { durationMs } },
    ...threads.map((values) => ({ rule: "thread", values }) as const),
    ...findTogether(report),
    ...findWaiting(report),
    ...threads.filter(({ endedEarly, kind }) => endedEarly && kind === "worker")
      .map((values) => ({ rule: "ended", values }) as const),
    ...missing.map((reason) =>
      ({ rule: "missing", values: { reason } }) as const
    ),
  ];
}

function findTogether(
  { threads, durationMs }: Measured<SwitchesReport>,
): FoundIn<typeof WORDS>[] {
  const known = threads.flatMap(({ runMs }) => runMs ?? []);
  if (durationMs <= 0 || known.length === 0) return [];
  const runMs = known.reduce((sum, ms) => sum + ms, 0);
  return [{ rule: "together", values: { runMs, durationMs } }];
}

/** Ready threads without a core are what too many threads, or busy neighbours, look like. */
function findWaiting(
  { threads, stamp }: Measured<SwitchesReport>,
): FoundIn<typeof WORDS>[] {
  const waiting = threads.flatMap(({ kind, name, runMs, waitMs }) => {
    const isKnown = kind !== "helper" && runMs !== null && waitMs !== null;
    if (!isKnown || waitMs < MIN_WAIT_MS) return [];
    const share = waitMs / (runMs + waitMs);
    return share < MIN_WAIT_SHARE ? [] : [{ name, share }];
  });
  if (waiting.length === 0) return [];
  const others = stamp.otherCpuShare ?? 0;
  const otherShare = others > MAX_OTHER_SHARE ? others : null;
  return [{ rule: "waiting", values: { threads: waiting, otherShare } }];
}

function count(times: number): string {
  return times === 1 ? "once" : `${times} times`;
}

const MIN_WAIT_MS = 5;
const MIN_WAIT_SHARE = 0.2;
const MAX_OTHER_SHARE = 0.06;
