/**
 * What a sequence diagram shows: who takes part, what passed between them, and
 * which idle times are cut out of the axis.
 *
 * Pure: a recording in, participants, messages and pieces of time out.
 * @module
 */
import {
  type LaneKind,
  type Link,
  type Recording,
  type Stretch,
  sumMs,
  type TraceSpan,
  unite,
} from "../../base/record/mod.ts";

export interface SequenceMessage extends Link {
  /** How long it waited after its arrival until its receiver was free, milliseconds. */
  readonly queuedMs: number;
}

export interface Sequence {
  readonly participants: readonly string[];
  readonly messages: readonly SequenceMessage[];
  readonly spans: readonly TraceSpan[];
  /** Times that are shown; what is between was idle. */
  /** Times that are drawn without a cut. */
  readonly pieces: readonly Stretch[];
  readonly hiddenParticipants: number;
  readonly hiddenMessages: number;
}

export function makeSequence(
  recording: Recording,
  maxParticipants: number,
): Sequence {
  const { lanes, links, spans } = recording;
  const kindOf = new Map(lanes.map(({ id, kind }) => [id, kind]));
  const usable = links.filter(({ from, to }) =>
    from !== to && !PASSIVE.has(kindOf.get(from)) &&
    !PASSIVE.has(kindOf.get(to))
  ).toSorted((a, b) => a.startMs - b.startMs);
  const counts = new Map<string, number>();
  for (const { from, to } of usable) {
    counts.set(from, (counts.get(from) ?? 0) + 1);
    counts.set(to, (counts.get(to) ?? 0) + 1);
  }
  const busiest = new Set(
    [...counts].toSorted(([, a], [, b]) => b - a)
      .slice(0, maxParticipants).map(([id]) => id),
  );
  const announced = lanes.map(({ id }) => id).filter((id) => busiest.has(id));
  const participants = [
    ...announced,
    ...[...busiest].filter((id) => !announced.includes(id)),
  ];
  const between = usable.filter(({ from, to }) =>
    busiest.has(from) && busiest.has(to)
  );
  const shownLinks = between.slice(0, MAX_MESSAGES);
  const hasRest = shownLinks.length < between.length;
  const lastMs = shownLinks.reduce(
    (last, { endMs }) => Math.max(last, endMs),
    0,
  );
  const shownSpans = spans.filter(({ lane, state, startMs }) =>
    busiest.has(lane) && state !== "waiting" &&
    (!hasRest || startMs <= lastMs)
  ).map((span) =>
    hasRest && span.endMs > lastMs ? { ...span, endMs: lastMs } : span
  );
  const active = Map.groupBy(
    spans.filter(({ state }) => ACTIVE.has(state)),
    ({ lane }) => lane,
  );
  return {
    participants,
    messages: shownLinks.map((link) => ({
      ...link,
      queuedMs: link.kind === "message" && THREADS.has(kindOf.get(link.to))
        ? findQueueTime(link, active.get(link.to) ?? [])
        : 0,
    })),
    spans: shownSpans,
    pieces: cutIdle([
      ...shownLinks,
      ...shownSpans.filter(({ state }) => ACTIVE.has(state)),
    ]),
    hiddenParticipants: counts.size - busiest.size,
    hiddenMessages: usable.length - shownLinks.length,
  };
}

/** A busy thread takes a message when what it does is over; an idle one at once. */
function findQueueTime(link: Link, spans: readonly TraceSpan[]): number {
  const busy = spans.find(({ startMs, endMs }) =>
    startMs < link.endMs - TOUCH_MS && endMs > link.endMs + TOUCH_MS
  );
  return busy === undefined ? 0 : busy.endMs - link.endMs;
}

/** Leaves out times in which nothing happened, if they are long beside the rest. */
function cutIdle(stretches: readonly Stretch[]): readonly Stretch[] {
  const islands = unite(stretches);
  const busyMs = sumMs(islands);
  const idleMs = busyMs * LONGEST_IDLE_SHARE;
  const marginMs = Math.max(busyMs, 1e-3) * 0.015;
  return unite(islands.map(({ startMs, endMs }) => ({
    startMs,
    endMs: endMs + idleMs,
  }))).map(({ startMs, endMs }) => ({
    startMs: Math.max(0, startMs - marginMs),
    endMs: endMs - idleMs + marginMs,
  }));
}

const ACTIVE: ReadonlySet<TraceSpan["state"]> = new Set([
  "running",
  "alive",
  "starting",
  "serialising",
  "messaging",
]);

// Code on a thread runs to its end before the next message is taken; tasks do not.
const THREADS: ReadonlySet<LaneKind | undefined> = new Set([
  "main",
  "worker",
  "process",
]);

const PASSIVE: ReadonlySet<LaneKind | undefined> = new Set(["core", "lock"]);

const MAX_MESSAGES = 60;
const LONGEST_IDLE_SHARE = 0.25;

// Clocks of two isolates agree to less than this.
const TOUCH_MS = 0.001;
