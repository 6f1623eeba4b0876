/**
 * Makes a recording of all that one run told: one base of time, every lane
 * known and where a reader looks for it, nothing told twice.
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
  LoopTurn,
  Mark,
  Recording,
  Stretch,
  Stuck,
  TraceSpan,
} from "../base/record/mod.ts";
import type { CountedValues } from "./collector.ts";
import { describeSpawns, type OwnRecord } from "./own_lanes.ts";
import type { SampledThreads } from "./core_samples.ts";
import { completeLanes, orderLanes } from "./facts/lanes.ts";
import { describeThreads } from "./thread_spans.ts";

/** From when to when something existed, and what it did as far as nobody says otherwise. */
export interface Life extends Stretch {
  readonly lane: string;
  /** What is assumed of it. */
  readonly state: TraceSpan["state"];
}

/** All that one run told. Units: milliseconds of `performance.now()` of the main thread. */
export interface TraceRecord {
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  /** The main thread and its tasks. */
  readonly own: OwnRecord;
  readonly lanes: readonly Lane[];
  readonly spans: readonly TraceSpan[];
  /** Spans in which a synchronous call held a thread: they win over all others. */
  readonly holds: readonly TraceSpan[];
  readonly links: readonly Link[];
  readonly marks: readonly Mark[];
  readonly counters: readonly CountedValues[];
  readonly lives: readonly Life[];
  /** How long threads were on a core, as far as they were asked. */
  readonly readings: readonly CpuReading[];
  /** How long the whole process was, all threads together; `null` if unknown. */
  readonly processCpuMs: number | null;
  /** What sampling saw; `null` where there was none. */
  readonly sampled: SampledThreads | null;
  /** When the event loop was held, and by whom. */
  readonly loopHolds: readonly LoopHold[];
  /** What ran in each turn of the event loop; `null` if that was not asked for. */
  readonly turns: readonly LoopTurn[] | null;
  readonly stuck: readonly Stuck[];
  /** Lanes of what was still there when the function returned. */
  readonly left: readonly string[];
  readonly locks: readonly LockSnapshot[];
  readonly missing: readonly string[];
  readonly notes: readonly string[];
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
    lanes: listLanes(record, { spans, links, marks }),
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
    ...record.turns === null ? {} : {
      turns: record.turns
        .map(({ cause, runs }) => ({
          cause,
          runs: runs.filter(isWithin).map(move),
        }))
        .filter(({ runs }) => runs.length > 0),
    },
    missing: record.missing,
    notes: record.notes,
    threads: record.sampled?.threads ?? [],
    stamp: record.stamp,
  };
}

/** The lanes of what was found, in order. */
function listLanes(
  record: TraceRecord,
  found: Pick<Recording, "spans" | "links" | "marks">,
): Lane[] {
  const cores = (record.sampled?.coreIds ?? [])
    .map((id): Lane => ({ id, kind: "core" }));
  const named = new Set(completeLanes(cores, found).map(({ id }) => id));
  const told = record.lanes.filter(({ id }) => named.has(id));
  return orderLanes(completeLanes([...told, ...cores], found))
    .map(([lane]) => lane);
}

export interface Told {
  readonly lanes: readonly Lane[];
  readonly spans: readonly TraceSpan[];
  readonly links: readonly Link[];
}

/**
 * Puts calls of a process onto the lane of the watch.
 *
 * A process that nobody called is a command: that it ran from start to end is
 * all that was told of it, and samples know better.
 */
export function joinProcesses(
  told: Told,
  laneOfPid: ReadonlyMap<number, string>,
): Told {
  const newId = new Map(
    [...laneOfPid].map(([pid, lane]) => [`process ${pid}`, lane]),
  );
  const twice = told.lanes.filter(({ id }) => newId.has(id));
  if (twice.length === 0) return told;
  const called = new Set(
    told.links.flatMap(({ kind, to }) => kind === "message" ? [to] : []),
  );
  const rename = (id: string) => newId.get(id) ?? id;
  return {
    lanes: told.lanes.filter((lane) => !twice.includes(lane)),
    spans: told.spans.filter(({ lane }) => !newId.has(lane) || called.has(lane))
      .map((span) => ({ ...span, lane: rename(span.lane) })),
    // The watch has told who started it.
    links: told.links.filter(({ kind, to }) =>
      kind !== "spawn" || !newId.has(to)
    ).map((link) => ({
      ...link,
      from: rename(link.from),
      to: rename(link.to),
    })),
  };
}
