/**
 * The rule of the limit: most of the time somebody waits for a permit of a
 * semaphore, for room in a channel, or for a pipe to take more.
 *
 * Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../base/mod.ts";
import type { Counter, TraceSpan } from "../base/record/mod.ts";
import { addUp, countActive, type Stretch } from "./busy.ts";
import type { Facts, LockUse, RunFacts } from "./facts.ts";
import { type Claim, claim, type Words } from "./finding.ts";

/** Finds what was waited for most of the time. */
export function findLimited({ run }: Facts): Claim | undefined {
  if (run === undefined) return undefined;
  const found = [
    ...run.locks.flatMap((lock) => ofSemaphore(lock) ?? []),
    ...run.locks.flatMap((lock) => ofChannel(lock, run) ?? []),
    ...ofPipes(run),
  ].map((limit) => ({ ...limit, waitedMs: lengthOf(limit.waits) }))
    .filter(({ waits, within, waitedMs }) =>
      waits.length > 0 && waitedMs >= LEAST_MS &&
      waitedMs >= LEAST_SHARE * (within.endMs - within.startMs)
    ).toSorted((one, other) => other.waitedMs - one.waitedMs)[0];
  if (found === undefined) return undefined;
  const { what, waits, within, waitedMs, advice } = found;
  return claim("limited", say, {
    ...{ what, waitedMs, advice },
    withinMs: within.endMs - within.startMs,
    most: mostOf(waits),
  }, { lanes: [...new Set(waits.map(({ lane }) => lane))], during: within });
}

interface Limited {
  readonly what: string;
  readonly waitedMs: number;
  readonly withinMs: number;
  /** How many waited at once at most. */
  readonly most: number;
  readonly advice: string;
}

function say({ what, waitedMs, withinMs, most, advice }: Limited): Words {
  return {
    sentence: `Limited by ${what}: for ${formatDuration(waitedMs)} of ` +
      `${formatDuration(withinMs)} (${
        formatPercent(waitedMs / withinMs)
      }) somebody waited for it, ${most} at once at most.`,
    advice,
    evidence: [{
      what: `time in which somebody waited`,
      value: formatDuration(waitedMs),
      from: "spans of those who waited, overlaps counted once",
    }],
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
  const sends = waits.filter(({ startMs }) => valueAt(values, startMs) > 0);
  const ends = values.map(([atMs]) => ({ startMs: atMs, endMs: atMs }));
  return {
    what: `${lock}, which was full (${capacity} at most)`,
    waits: sends,
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
  ) => ({
    what: `the ${what}`,
    // The main thread waits when its tasks do.
    waits: waits.some(({ lane }) => lane !== "main")
      ? waits.filter(({ lane }) => lane !== "main")
      : waits,
    within: reach(waits, durationMs),
    advice: "The process reads more slowly than it is written to: that is " +
      "its pace. Write less, or have several processes.",
  }));
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

function lengthOf(waits: readonly TraceSpan[]): number {
  return addUp(count(waits), (count) => count > 0 ? 1 : 0);
}

function mostOf(waits: readonly TraceSpan[]): number {
  return Math.max(0, ...count(waits).map(([, count]) => count));
}

/** Lanes at once: each counts once, however often it waited. */
function count(waits: readonly TraceSpan[]) {
  const lanes = [...Map.groupBy(waits, ({ lane }) => lane)].map((
    [id, spans],
  ) => ({
    id,
    kind: "task" as const,
    spans: spans.map((span) => ({ ...span, state: "blocked" as const })),
  }));
  return countActive(lanes, ["blocked"]);
}

const LEAST_MS = 20;
const LEAST_SHARE = 0.5;
