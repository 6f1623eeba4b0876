/**
 * The rule of the limit: most of the time somebody waits for a permit of a
 * semaphore, for room in a channel, or for a pipe to take more. Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../base/mod.ts";
import type { Counter, Stretch, TraceSpan } from "../base/record/mod.ts";
import { anyMs, countActive } from "./busy.ts";
import type { Facts, LockUse, RunFacts } from "./facts.ts";
import type { Claim } from "./finding.ts";

/** Finds what was waited for most of the time. */
export function findLimited({ run }: Facts): Claim | undefined {
  if (run === undefined) return undefined;
  const found = [
    ...run.locks.flatMap((lock) => ofSemaphore(lock) ?? []),
    ...run.locks.flatMap((lock) => ofChannel(lock, run) ?? []),
    ...ofPipes(run),
  ].map((limit) => ({
    ...limit,
    withinMs: limit.within.endMs - limit.within.startMs,
    waitedMs: anyMs(lanesOf(limit.waits), ["blocked"]),
  })).filter(({ waits, withinMs, waitedMs }) =>
    waits.length > 0 && waitedMs >= LEAST_MS &&
    waitedMs >= LEAST_SHARE * withinMs
  ).toSorted((one, other) => other.waitedMs - one.waitedMs)[0];
  if (found === undefined) return undefined;
  const { what, waits, withinMs, waitedMs, advice } = found;
  const counts = countActive(lanesOf(waits), ["blocked"]);
  const most = Math.max(0, ...counts.map(([, count]) => count));
  return {
    rule: "limited",
    values: { what, waitedMs, withinMs, most, advice },
    lanes: [...new Set(waits.map(({ lane }) => lane))],
    sentence: `Limited by ${what}: for ${formatDuration(waitedMs)} of ` +
      `${formatDuration(withinMs)} (${
        formatPercent(waitedMs / withinMs)
      }) somebody waited for it, ${most} at once at most.`,
    advice,
  };
}

interface Limit {
  readonly what: string;
  readonly waits: readonly TraceSpan[];
  /** From its first use to its last. */
  readonly within: Stretch;
  readonly advice: string;
}

function ofSemaphore(
  { lock, kind, capacity, waits, holds }: LockUse,
): Limit | undefined {
  if (kind !== "Semaphore") return undefined;
  return {
    what: `${lock}, a semaphore of ${capacity}`,
    waits,
    within: reach([...waits, ...holds]),
    advice: "If what it guards can bear more at once, give it more permits; " +
      "else hold one for less time.",
  };
}

/** Who waits while there are values waits for room: to send. */
function ofChannel(
  { lock, kind, capacity, waits }: LockUse,
  { counters }: RunFacts,
): Limit | undefined {
  const values = counters.get(`values in ${lock}`) ?? [];
  if (kind !== "Channel" || values.length === 0) return undefined;
  const ends = values.map(([atMs]) => ({ startMs: atMs, endMs: atMs }));
  return {
    what: `${lock}, which was full (${capacity} at most)`,
    waits: waits.filter(({ startMs }) => valueAt(values, startMs) > 0),
    within: reach([...waits, ...ends]),
    advice: "Values are taken more slowly than they are sent: make who " +
      "receives faster, or have more of them. A larger capacity only moves " +
      "the wait.",
  };
}

/** Writing to a process that takes no more. */
function ofPipes({ main, tasks, durationMs }: RunFacts): readonly Limit[] {
  const waits = [...main, ...tasks].flatMap(({ spans }) => spans)
    .filter(({ reason }) => reason?.startsWith("pipe to "));
  return [...Map.groupBy(waits, ({ reason }) => reason!)].map((
    [what, waits],
  ) => {
    // The main thread waits when its tasks do.
    const ofTasks = waits.filter(({ lane }) => lane !== "main");
    return {
      what: `the ${what}`,
      waits: ofTasks.length > 0 ? ofTasks : waits,
      within: reach(waits, durationMs),
      advice: "The process reads more slowly than it is written to: that is " +
        "its pace. Write less, or have several processes.",
    };
  });
}

function valueAt(values: Counter["samples"], atMs: number): number {
  return values.findLast(([fromMs]) => fromMs <= atMs)?.[1] ?? 0;
}

function reach(spans: readonly Stretch[], endMs?: number): Stretch {
  return {
    startMs: Math.min(...spans.map(({ startMs }) => startMs)),
    endMs: endMs ?? Math.max(...spans.map(({ endMs }) => endMs)),
  };
}

/** Each lane counts once, however often it waited. */
function lanesOf(waits: readonly TraceSpan[]) {
  return [...Map.groupBy(waits, ({ lane }) => lane)].map(([id, spans]) => ({
    id,
    kind: "task" as const,
    spans: spans.map((span) => ({ ...span, state: "blocked" as const })),
  }));
}

const LEAST_MS = 20;
const LEAST_SHARE = 0.5;
