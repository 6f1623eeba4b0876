/**
 * Writes a recording in the Trace Event Format, which Perfetto and Chrome's
 * `about:tracing` open.
 *
 * Pure: a recording in, JSON text out. Which spans can stand on one track is
 * decided in `chrome_tracks.ts`.
 * @module
 */
import { toRecording } from "./checks.ts";
import { type Anchor, splitNested, toNs } from "./chrome_tracks.ts";
import type { Lane, Recording, TraceSpan } from "../base/record/mod.ts";

export interface ChromeEvent {
  readonly ph: "X" | "b" | "e" | "C" | "M" | "s" | "f" | "i";
  readonly name: string;
  /** Number of the process, here of a group of lanes. */
  readonly pid: number;
  /** Number of the thread, here of a lane. */
  readonly tid: number;
  readonly ts: number;
  /** How long: of `X`. */
  readonly dur?: number;
  readonly cat?: string;
  /** What belongs together: of `b` and `e`; of `s` and `f` a number, as Perfetto takes no other. */
  readonly id?: string | number;
  /** Where an `f` ends: in the slice around it. */
  readonly bp?: "e";
  /** How far an `i` reaches: its thread, or all. */
  readonly s?: "t" | "g";
  readonly args?: Readonly<Record<string, unknown>>;
}

/**
 * Writes a recording as JSON in the Trace Event Format.
 *
 * Lanes are threads, in groups: cores, this process, each subprocess, locks and
 * queues. Spans that overlap without nesting, as async work does, are async
 * events; arrows are flows; both ends of a flow stand in a slice, and where
 * there is none, one without length is put there.
 *
 * Units: microseconds since the recording's start, with three decimals.
 * Source: "Trace Event Format", Google; Perfetto, "Other trace formats".
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { trace } from "../trace.ts";
 * const { recording } = await trace(() => 1, { cores: false });
 * const { traceEvents } = JSON.parse(toChromeTrace(recording));
 * type Event = { ph: string; args: { name: string } };
 * assert.ok(traceEvents.some(({ ph, args }: Event) => ph === "M" && args.name === "main"));
 * ```
 *
 * @param source What was recorded, or the traced run that has it.
 * @returns JSON text.
 * @throws {TypeError} If it is no recording.
 */
export function toChromeTrace(
  source: Recording | { readonly recording: Recording },
): string {
  const recording = toRecording("write Chrome trace", source);
  const { title, stamp, missing, notes = [] } = recording;
  return JSON.stringify({
    displayTimeUnit: "ms",
    otherData: { title, ...stamp, missing, notes },
    traceEvents: toEvents(recording),
  });
}

export function toEvents(recording: Recording): readonly ChromeEvent[] {
  const places = placeLanes(recording.lanes);
  // Numbers of threads are unique, and 0 is the system's idle one.
  const nowhere = { pid: OWN_PID, tid: recording.lanes.length + 1 };
  const place = (lane: string) => places.get(lane) ?? nowhere;
  const own = place(
    recording.lanes.find(({ kind }) => kind === "main")?.id ?? "",
  );
  const anchors = Map.groupBy(toAnchors(recording), ({ lane }) => lane);
  const events: ChromeEvent[] = [];
  const spansByLane = Map.groupBy(recording.spans, ({ lane }) => lane);
  let asyncCount = 0;
  for (const lane of new Set([...spansByLane.keys(), ...anchors.keys()])) {
    const { nested, apart } = splitNested(
      spansByLane.get(lane) ?? [],
      anchors.get(lane) ?? [],
    );
    for (const { span, startNs, endNs } of nested) {
      const dur = toUs(endNs - startNs);
      const event = { ...describe(span), ...place(lane), ts: toUs(startNs) };
      events.push({ ph: "X", ...event, dur });
    }
    for (const { span, startNs, endNs } of apart) {
      const id = `span ${++asyncCount}`;
      const { name, cat, args } = describe(span);
      const shared = { name, cat, id, ...place(lane) };
      events.push({ ph: "b", ...shared, ts: toUs(startNs), args });
      events.push({ ph: "e", ...shared, ts: toUs(endNs) });
    }
  }
  recording.links.forEach((link, index) => {
    const { kind, from, to, startMs, endMs, bytes } = link;
    const name = link.label ?? kind;
    const shared = { name, cat: kind, id: index + 1 };
    const args = bytes === undefined ? {} : { args: { bytes } };
    const startNs = toNs(startMs);
    const endNs = Math.max(startNs, toNs(endMs));
    events.push({
      ph: "s",
      ...shared,
      ...place(from),
      ts: toUs(startNs),
      ...args,
    });
    events.push({
      ph: "f",
      bp: "e",
      ...shared,
      ...place(to),
      ts: toUs(endNs),
    });
  });
  for (const { name, unit, samples } of recording.counters) {
    const counter = unit === "" ? name : `${name} (${unit})`;
    for (const [atMs, value] of samples) {
      const at = { ...own, ts: toUs(toNs(atMs)) };
      events.push({ ph: "C", name: counter, ...at, args: { value } });
    }
  }
  for (const { atMs, label, lane } of recording.marks) {
    const where = lane === undefined
      ? { ...own, s: "g" } as const
      : { ...place(lane), s: "t" } as const;
    events.push({ ph: "i", name: label, ts: toUs(toNs(atMs)), ...where });
  }
  return [...nameLanes(recording.lanes, places), ...events.sort(byTime)];
}

interface Place {
  readonly pid: number;
  readonly tid: number;
}

function placeLanes(lanes: readonly Lane[]): Map<string, Place> {
  let processes = 0;
  return new Map(lanes.map(({ id, kind }, index) => {
    const group = kind === "process"
      ? FIRST_PROCESS_PID + processes++
      : GROUPS[kind].pid;
    return [id, { pid: group, tid: index + 1 }];
  }));
}

function nameLanes(
  lanes: readonly Lane[],
  places: ReadonlyMap<string, Place>,
): ChromeEvent[] {
  const events: ChromeEvent[] = [];
  const named = new Set<number>();
  const add = (name: string, at: Place, args: ChromeEvent["args"]) =>
    events.push({ ph: "M", name, ...at, ts: 0, args: args! });
  lanes.forEach(({ id, kind }, index) => {
    const at = places.get(id)!;
    if (!named.has(at.pid)) {
      named.add(at.pid);
      const name = kind === "process" ? id : GROUPS[kind].name;
      add("process_name", at, { name });
      add("process_sort_index", at, { sort_index: at.pid });
    }
    add("thread_name", at, { name: id });
    add("thread_sort_index", at, { sort_index: index });
  });
  return events;
}

/** Both ends of each arrow: a flow binds to the slice around it. */
function toAnchors({ links }: Recording): Anchor[] {
  return links.flatMap(({ kind, from, to, startMs, endMs }) => {
    const startNs = toNs(startMs);
    const endNs = Math.max(startNs, toNs(endMs));
    return [
      { lane: from, atNs: startNs, label: `${kind} to ${to}` },
      { lane: to, atNs: endNs, label: `${kind} from ${from}` },
    ];
  });
}

function describe(
  { state, label, reason, source, sampled }: TraceSpan,
): Required<Pick<ChromeEvent, "name" | "cat" | "args">> {
  const name = label === undefined || state === "running"
    ? label ?? state
    : `${state}: ${label}`;
  const named = { state, reason, source, sampled };
  // `undefined` is no JSON.
  const args = Object.fromEntries(
    Object.entries(named).filter(([, value]) => value !== undefined),
  );
  return {
    name: reason === undefined ? name : `${name} (${reason})`,
    cat: state,
    args,
  };
}

/** At one moment, the longer slice is the outer one, and flows come after slices. */
function byTime(one: ChromeEvent, other: ChromeEvent): number {
  return one.ts - other.ts || ORDER.indexOf(one.ph) - ORDER.indexOf(other.ph) ||
    (other.dur ?? 0) - (one.dur ?? 0);
}

function toUs(ns: number): number {
  return ns / 1000;
}

const OWN_PID = 2;
const FIRST_PROCESS_PID = 100;
const OWN = { pid: OWN_PID, name: "this process" };
const SHARED = { pid: 1000, name: "locks and queues" };
const GROUPS = {
  core: { pid: 1, name: "cores (sampled)" },
  main: OWN,
  task: OWN,
  worker: OWN,
  lock: SHARED,
  queue: SHARED,
} as const;
const ORDER = ["M", "X", "b", "s", "f", "i", "C", "e"];
