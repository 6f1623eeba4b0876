/**
 * To whom code of the main thread belongs, and the spans made of that: when `main`
 * and each task ran, and when it waited.
 *
 * Pure: types, and the record of a run in, spans out. `run_watch.ts` fills
 * segments in, `tracer.ts` contexts and waits.
 * @module
 */
import { type Link, repaint, type TraceSpan } from "../base/record/mod.ts";

/**
 * Makes spans that follow each other without a gap, from each lane's start to
 * its end.
 *
 * The lane of the whole run is the thread: it runs whenever any context does,
 * and says by a label which task it is. A task runs when its own code does.
 *
 * Units: milliseconds of `performance.now()`.
 */
export function describeOwnLanes(
  record: OwnRecord,
  endMs: number,
): TraceSpan[] {
  const root = record.contexts[0];
  if (root === undefined) return [];
  const spans: TraceSpan[] = [];
  const segmentsByLane = groupByLane(record.segments);
  const waitsByLane = groupByLane(record.waits);
  for (const [lane, contexts] of groupByLane(record.contexts.map(wrap))) {
    const life = contexts[0]!.context;
    const isThread = lane === root.lane;
    const segments = isThread
      ? record.segments
      : segmentsByLane.get(lane) ?? [];
    const last = segments.at(-1)?.endMs ?? life.startMs;
    const told = Math.min(life.endMs, endMs);
    // What comes later, such as the end of a task that it left, is not its own.
    const lifeEndMs = !isThread && last < told &&
        isDoneAt(last, told, record.segments)
      ? last
      : told;
    const own = describeLane({
      lane,
      segments,
      waits: waitsByLane.get(lane) ?? [],
      labelled: contexts.map(({ context }) => context),
      startMs: life.startMs,
      endMs: lifeEndMs,
    });
    // One by one: a call takes no hundred thousand arguments.
    for (const span of own) spans.push(span);
  }
  return spans.sort((one, other) => one.startMs - other.startMs);
}

export function describeSpawns({ contexts }: OwnRecord): Link[] {
  return contexts.flatMap(({ lane, parent, startMs }) =>
    parent === null || parent.lane === lane ? [] : [{
      kind: "spawn",
      from: parent.lane,
      to: lane,
      startMs,
      endMs: startMs,
    }]
  );
}

interface LaneRecord {
  readonly lane: string;
  readonly segments: readonly Segment[];
  readonly waits: readonly NamedWait[];
  readonly labelled: readonly Context[];
  readonly startMs: number;
  readonly endMs: number;
}

function describeLane(record: LaneRecord): TraceSpan[] {
  const { lane, startMs, endMs } = record;
  const running: TraceSpan[] = [];
  const waiting: TraceSpan[] = [];
  const open = record.labelled.filter(({ label }) => label !== undefined);
  let reachedMs = startMs;
  let next = 0;
  const stillOpen: Context[] = [];
  const addWait = (untilMs: number) => {
    if (untilMs <= reachedMs) return;
    while (next < open.length && open[next]!.startMs <= reachedMs) {
      stillOpen.push(open[next++]!);
    }
    // The youngest span that lasts on; those that have ended are of no more use.
    while (stillOpen.length > 0 && stillOpen.at(-1)!.endMs <= reachedMs) {
      stillOpen.pop();
    }
    const label = stillOpen.findLast((one) => one.endMs >= untilMs)?.label;
    waiting.push({
      lane,
      state: "waiting",
      startMs: reachedMs,
      endMs: untilMs,
      ...(label === undefined ? {} : { label }),
    });
  };
  for (const segment of record.segments) {
    const from = Math.max(segment.startMs, startMs);
    const to = Math.min(segment.endMs, endMs);
    if (to <= from) continue;
    addWait(from);
    const label = segment.context.lane === lane
      ? segment.context.label
      : segment.context.lane;
    running.push({
      lane,
      state: "running",
      startMs: from,
      endMs: to,
      ...(label === undefined ? {} : { label }),
    });
    reachedMs = to;
  }
  addWait(endMs);
  return [...running, ...nameWaits(waiting, record.waits, endMs)];
}

/** Puts the reasons on that the program told. */
function nameWaits(
  waiting: readonly TraceSpan[],
  waits: readonly NamedWait[],
  endMs: number,
): TraceSpan[] {
  let spans = [...waiting];
  for (const [reason, group] of Map.groupBy(waits, (wait) => wait.reason)) {
    const stretches = group.map((wait) => ({
      startMs: wait.startMs,
      endMs: Math.min(wait.endMs, endMs),
    }));
    spans = repaint(spans, stretches, { reason });
  }
  return spans;
}

/**
 * Tells whether a task was done when it last had the thread: if the thread was
 * never free since, it waited for nothing, and only we heard of it late.
 */
function isDoneAt(
  lastMs: number,
  toldMs: number,
  segments: readonly Segment[],
): boolean {
  let idleMs = 0;
  let reachedMs = lastMs;
  for (let i = firstAfter(segments, lastMs); i < segments.length; i++) {
    const { startMs, endMs } = segments[i]!;
    if (startMs >= toldMs) break;
    idleMs += Math.max(0, startMs - reachedMs);
    if (idleMs > NOTICE_MS) return false;
    reachedMs = endMs;
  }
  return idleMs + Math.max(0, toldMs - reachedMs) <= NOTICE_MS;
}

function firstAfter(segments: readonly Segment[], atMs: number): number {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle]!.startMs < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function wrap(context: Context): { readonly context: Context } {
  return { context };
}

function groupByLane<T extends { readonly context: Context }>(
  items: readonly T[],
): Map<string, T[]> {
  return Map.groupBy(items, ({ context }) => context.lane);
}

const NOTICE_MS = 0.2;

/** A function under a name, and all that goes on after its awaits. Units: milliseconds of `performance.now()`. */
export interface Context {
  readonly lane: string;
  /** The context that it was started in; `null` for the whole run. */
  readonly parent: Context | null;
  /** Name of a span; a lane's first context has none. */
  readonly label?: string;
  /** Where its function was given to the tracer; known of the first ones, and of long ones. */
  site?: Error;
  /** When its function was called. */
  readonly startMs: number;
  /** When its promise settled; infinite while it has not. */
  endMs: number;
}

/** A stretch in which code of one context had the thread. Units: as {@link Context}. */
export interface Segment {
  readonly context: Context;
  readonly startMs: number;
  endMs: number;
}

/** A wait whose reason the program told. Units: as {@link Context}. */
export interface NamedWait {
  readonly context: Context;
  readonly reason: string;
  readonly startMs: number;
  /** Until when; infinite while it lasts. */
  endMs: number;
}

export interface OwnRecord {
  readonly contexts: readonly Context[];
  /** In order, never overlapping: the thread does one thing at a time. */
  readonly segments: readonly Segment[];
  readonly waits: readonly NamedWait[];
}
