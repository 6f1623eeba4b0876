/**
 * Makes a recording of all that one run told: one base of time, every lane
 * known, no span of a thread told twice.
 *
 * Pure: what the sources collected in, a recording out.
 * @module
 */
import type { HonestyStamp } from "../base/stamp/mod.ts";
import type {
  CpuReading,
  Lane,
  Link,
  LockSnapshot,
  LoopHold,
  Mark,
  Recording,
  Stretch,
  Stuck,
  TraceSpan,
} from "../base/record/mod.ts";
import type { CountedValues } from "./collector.ts";
import type { OwnRecord } from "./context.ts";
import type { SampledThreads } from "./core_samples.ts";
import { sortLanes } from "./lane_order.ts";
import { describeSpawns } from "./own_lanes.ts";
import { describeThreads, guessKind } from "./thread_spans.ts";

/** From when to when something existed, and what it did as far as nobody says otherwise. */
export interface Life extends Stretch {
  /** Id of its lane. */
  readonly lane: string;
  /** What is assumed of it. */
  readonly state: TraceSpan["state"];
}

/** All that one run told. Units: milliseconds of `performance.now()` of the main thread. */
export interface TraceRecord {
  /** Heading. */
  readonly title: string;
  /** When it began. */
  readonly startMs: number;
  /** When it was over. */
  readonly endMs: number;
  /** The main thread and its tasks. */
  readonly own: OwnRecord;
  /** Lanes, as they were told of. */
  readonly lanes: readonly Lane[];
  /** Spans, as they were told of. */
  readonly spans: readonly TraceSpan[];
  /** Spans in which a synchronous call held a thread: they win over all others. */
  readonly holds: readonly TraceSpan[];
  /** Arrows, as they were told of. */
  readonly links: readonly Link[];
  /** Moments, as they were told of. */
  readonly marks: readonly Mark[];
  /** Counters. */
  readonly counters: readonly CountedValues[];
  /** Workers and processes. */
  readonly lives: readonly Life[];
  /** How long threads were on a core, as far as they were asked. */
  readonly readings: readonly CpuReading[];
  /** How long the whole process was, all threads together; `null` if unknown. */
  readonly processCpuMs: number | null;
  /** What sampling saw; `null` where there was none. */
  readonly sampled: SampledThreads | null;
  /** When the event loop was held, and by whom. */
  readonly loopHolds: readonly LoopHold[];
  /** Who waited for what when time was over. */
  readonly stuck: readonly Stuck[];
  /** Lanes of what was still there when the function returned. */
  readonly left: readonly string[];
  /** Locks as they were at the end. */
  readonly locks: readonly LockSnapshot[];
  /** Sentences: what could not be recorded. */
  readonly missing: readonly string[];
  /** Sentences: what is worth knowing. */
  readonly notes: readonly string[];
  /** The circumstances. */
  readonly stamp: HonestyStamp;
}

/**
 * Makes a recording.
 *
 * Of a thread's time, what its code and its locks told wins over what the rest
 * of its life is assumed to be, and over samples; where the system says that
 * running code waited for a core, it is `runnable`.
 *
 * Units: milliseconds of `performance.now()` in, since the run's start out.
 */
export function assemble(record: TraceRecord): Recording {
  const { startMs, endMs } = record;
  const durationMs = endMs - startMs;
  const clip = (atMs: number) =>
    Math.min(durationMs, Math.max(0, atMs - startMs));
  const isWithin = (one: Stretch) =>
    one.startMs <= endMs && one.endMs >= startMs && one.endMs >= one.startMs;
  const move = <T extends Stretch>(one: T): T => ({
    ...one,
    startMs: clip(one.startMs),
    endMs: clip(one.endMs),
  });
  const spans = [...describeThreads(record), ...record.sampled?.cores ?? []]
    .filter((span) => isWithin(span) && span.endMs > span.startMs)
    .map(move).filter((span) => span.endMs > span.startMs)
    .sort((one, other) => one.startMs - other.startMs);
  const told = [...describeSpawns(record.own), ...record.links];
  const links = told.filter((link) => isWithin(link) && link.startMs >= startMs)
    .map(move).sort((one, other) => one.startMs - other.startMs);
  const marks = record.marks
    .filter(({ atMs }) => atMs >= startMs && atMs <= endMs)
    .map((mark) => ({ ...mark, atMs: clip(mark.atMs) }))
    .sort((one, other) => one.atMs - other.atMs);
  return {
    title: record.title,
    durationMs,
    lanes: sortLanes(completeLanes(record, { spans, links, marks })),
    spans,
    links,
    counters: record.counters.map(({ name, unit, samples }) => ({
      name,
      unit,
      samples: samples.filter(([atMs]) => atMs >= startMs && atMs <= endMs)
        .map(([atMs, value]) => [clip(atMs), value] as const)
        .sort(([one], [other]) => one - other),
    })).filter(({ samples }) => samples.length > 0),
    marks,
    locks: record.locks,
    left: record.left,
    stuck: record.stuck,
    holds: record.loopHolds.filter(isWithin).map(move),
    missing: record.missing,
    notes: record.notes,
    threads: record.sampled?.threads ?? [],
    stamp: record.stamp,
  };
}

/** Lanes that were told of, and those that only a span or an arrow names. */
function completeLanes(
  record: TraceRecord,
  found: Pick<Recording, "spans" | "links" | "marks">,
): Lane[] {
  const named = new Set([
    ...found.spans.map(({ lane }) => lane),
    ...found.links.flatMap(({ from, to }) => [from, to]),
    ...found.marks.flatMap(({ lane }) => lane ?? []),
    ...record.sampled?.coreIds ?? [],
  ]);
  const lanes = record.lanes.filter(({ id }) => named.has(id));
  const known = new Set(lanes.map(({ id }) => id));
  for (const id of named) {
    if (!known.has(id)) lanes.push({ id, kind: guessKind(id) });
  }
  return lanes;
}
