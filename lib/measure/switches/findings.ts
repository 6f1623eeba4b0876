/**
 * What counting context switches found: rules, and their words. Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../../base/mod.ts";
import { MAX_OTHER_SHARE } from "../../base/stamp/mod.ts";
import { type FoundIn, teller } from "../../explain/mod.ts";
import type { Measured } from "../scaffold.ts";
import type { SwitchesReport, ThreadSwitches } from "./switches.ts";

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

export const describeSwitches = teller(WORDS, findSwitches);

export function* findSwitches(
  { threads, durationMs, missing, stamp }: Measured<SwitchesReport>,
): Iterable<FoundIn<typeof WORDS>> {
  yield { rule: "took", values: { durationMs } };
  for (const values of threads) yield { rule: "thread", values };
  const known = threads.flatMap(({ runMs }) => runMs ?? []);
  const runMs = known.reduce((sum, ms) => sum + ms, 0);
  if (durationMs > 0 && known.length > 0) {
    yield { rule: "together", values: { runMs, durationMs } };
  }
  // Ready threads without a core are what too many threads, or busy neighbours, look like.
  const waiting = threads.flatMap(({ kind, name, runMs, waitMs }) => {
    const isKnown = kind !== "helper" && runMs !== null && waitMs !== null;
    if (!isKnown || waitMs < MIN_WAIT_MS) return [];
    const share = waitMs / (runMs + waitMs);
    return share < MIN_WAIT_SHARE ? [] : [{ name, share }];
  });
  const others = stamp.otherCpuShare ?? 0;
  const otherShare = others > MAX_OTHER_SHARE ? others : null;
  if (waiting.length > 0) {
    yield { rule: "waiting", values: { threads: waiting, otherShare } };
  }
  for (const values of threads) {
    const { endedEarly, kind } = values;
    if (endedEarly && kind === "worker") yield { rule: "ended", values };
  }
  for (const reason of missing) yield { rule: "missing", values: { reason } };
}

function count(times: number): string {
  return times === 1 ? "once" : `${times} times`;
}

const MIN_WAIT_MS = 5;
const MIN_WAIT_SHARE = 0.2;
