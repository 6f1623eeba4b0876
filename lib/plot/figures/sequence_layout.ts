/**
 * What a sequence diagram shows: who takes part, what passed between them, and
 * where moments are.
 *
 * Each message leaves on a line of its own, so that all can be read; distances are
 * no lengths of time. Pure: a recording in, participants, messages and places out.
 * @module
 */
import type {
  LaneKind,
  Link,
  Recording,
  TraceSpan,
} from "../../base/record/mod.ts";

export interface SequenceMessage extends Link {
  /** How long it waited after its arrival until its receiver was free, milliseconds. */
  readonly queuedMs: number;
  /** Where it leaves, pixels from the first line on. */
  readonly y: number;
}

export interface Sequence {
  readonly participants: readonly string[];
  readonly messages: readonly SequenceMessage[];
  readonly spans: readonly TraceSpan[];
  /** Where a moment is, pixels from the first line on. */
  readonly at: (ms: number) => number;
  readonly heightPx: number;
  readonly hiddenParticipants: number;
  readonly hiddenMessages: number;
}

export function makeSequence(
  { lanes, links, spans }: Recording,
  maxParticipants: number,
): Sequence {
  const kindOf = new Map(lanes.map(({ id, kind }) => [id, kind]));
  const usable = links.filter(({ from, to }) =>
    from !== to && !PASSIVE.has(kindOf.get(from)) &&
    !PASSIVE.has(kindOf.get(to))
  ).toSorted((a, b) => a.startMs - b.startMs);
  const ends = Map.groupBy(
    usable.flatMap(({ from, to }) => [from, to]),
    String,
  );
  const busiest = new Set(
    [...ends].toSorted(([, a], [, b]) => b.length - a.length)
      .slice(0, maxParticipants).map(([id]) => id),
  );
  const shown = usable.filter(({ from, to }) =>
    busiest.has(from) && busiest.has(to)
  ).slice(0, MAX_MESSAGES);
  const lastMs = Math.max(...shown.map(({ endMs }) => endMs));
  const active = spans.filter(({ lane, state, startMs }) =>
    busiest.has(lane) && state !== "waiting" && startMs <= lastMs
  ).map((span) => ({ ...span, endMs: Math.min(span.endMs, lastMs) }));
  const { departures, at, heightPx } = placeLines(shown, active);
  return {
    // In the order in which they were announced.
    participants: [...new Set([...kindOf.keys(), ...busiest])]
      .filter((id) => busiest.has(id)),
    messages: shown.map((link, index) => ({
      ...link,
      y: departures[index]!,
      queuedMs: link.kind === "message" && THREADS.has(kindOf.get(link.to))
        ? findQueueTime(link, spans)
        : 0,
    })),
    spans: active,
    at,
    heightPx,
    hiddenParticipants: ends.size - busiest.size,
    hiddenMessages: usable.length - shown.length,
  };
}

/** A busy thread takes a message when what it does is over; an idle one at once. */
function findQueueTime(link: Link, spans: readonly TraceSpan[]): number {
  const busy = spans.find(({ lane, state, startMs, endMs }) =>
    lane === link.to && ACTIVE.has(state) &&
    startMs < link.endMs - TOUCH_MS && endMs > link.endMs + TOUCH_MS
  );
  return busy === undefined ? 0 : busy.endMs - link.endMs;
}

/** Moments by their order: times between two are shortened or stretched to what can be read. */
function placeLines(
  links: readonly Link[],
  spans: readonly TraceSpan[],
): Pick<Sequence, "at" | "heightPx"> & { readonly departures: number[] } {
  const moments = [
    ...links.flatMap(({ startMs, endMs }) => [
      { ms: startMs, isDeparture: true },
      { ms: endMs, isDeparture: false },
    ]),
    ...spans.flatMap(({ startMs, endMs }) => [
      { ms: startMs, isDeparture: false },
      { ms: endMs, isDeparture: false },
    ]),
  ].toSorted((a, b) => a.ms - b.ms);
  const gaps = links.slice(1).map((link, index) =>
    link.startMs - links[index]!.startMs
  ).toSorted((a, b) => a - b);
  // So half of all lines are as far from one another as their times are.
  const scale = LINE_PX / Math.max(gaps[gaps.length >> 1] ?? 0, TOUCH_MS);
  const departures: number[] = [];
  let [lastMs, y] = [moments[0]?.ms ?? 0, 0];
  const places = moments.map(({ ms, isDeparture }) => {
    y += Math.min(LONGEST_PX, (ms - lastMs) * scale);
    lastMs = ms;
    if (isDeparture) {
      y = Math.max(y, (departures.at(-1) ?? -LINE_PX) + LINE_PX);
      departures.push(y);
    }
    return [ms, y] as const;
  });
  const at = (ms: number) => {
    const next = places.findIndex(([placeMs]) => placeMs > ms);
    const [fromMs, from] = places.at(next < 0 ? -1 : Math.max(0, next - 1))!;
    const [toMs, to] = places[next] ?? [Infinity, from];
    return from + (to - from) * Math.max(0, ms - fromMs) / (toMs - fromMs);
  };
  return { departures, at, heightPx: y };
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
const LINE_PX = 18;
const LONGEST_PX = 40;

// Clocks of two isolates agree to less than this.
const TOUCH_MS = 0.001;
