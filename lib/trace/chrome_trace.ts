/**
 * Writes a recording in the Trace Event Format, which Perfetto and Chrome's
 * `about:tracing` open.
 *
 * Pure: a recording in, JSON text out. Slices of one track must lie apart or
 * inside of each other.
 * @module
 */
import { toRecording } from "./checks.ts";
import type { Lane, Recording, TraceSpan } from "../base/record/mod.ts";

/**
 * One event of the format. Units: microseconds.
 *
 * `ph` is its kind, `pid` a group of lanes, `tid` a lane, `dur` the length of an
 * `X`, `id` what belongs together (Perfetto takes numbers only for `s` and `f`),
 * `bp` that an `f` ends in the slice around it, `s` how far an `i` reaches.
 */
export interface ChromeEvent extends Place {
  readonly ph: "X" | "b" | "e" | "C" | "M" | "s" | "f" | "i";
  readonly name: string;
  readonly ts: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: string | number;
  readonly bp?: "e";
  readonly s?: "t" | "g";
  readonly args?: Readonly<Record<string, unknown>>;
}

interface Place {
  readonly pid: number;
  readonly tid: number;
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
  const { lanes, spans, links, counters, marks } = recording;
  const places = placeLanes(lanes);
  // Numbers of threads are unique, and 0 is the system's idle one.
  const nowhere = { pid: OWN_PID, tid: lanes.length + 1 };
  const place = (lane: string) => places.get(lane) ?? nowhere;
  const own = place(lanes.find(({ kind }) => kind === "main")?.id ?? "");
  const anchors = Map.groupBy(toAnchors(recording), ({ lane }) => lane);
  const spansByLane = Map.groupBy(spans, ({ lane }) => lane);
  const events: ChromeEvent[] = [];
  let asyncCount = 0;
  for (const lane of new Set([...spansByLane.keys(), ...anchors.keys()])) {
    const { nested, apart } = splitNested(
      spansByLane.get(lane) ?? [],
      anchors.get(lane) ?? [],
    );
    for (const { span, startNs, endNs } of nested) {
      const at = { ...place(lane), ts: toUs(startNs) };
      const dur = toUs(endNs - startNs);
      events.push({ ph: "X", ...describe(span), ...at, dur });
    }
    for (const { span, startNs, endNs } of apart) {
      const { args, ...named } = describe(span);
      const shared = { ...named, id: `span ${++asyncCount}`, ...place(lane) };
      events.push({ ph: "b", ...shared, ts: toUs(startNs), args });
      events.push({ ph: "e", ...shared, ts: toUs(endNs) });
    }
  }
  links.forEach(({ kind, from, to, startMs, endMs, bytes, label }, index) => {
    const shared = { name: label ?? kind, cat: kind, id: index + 1 };
    const args = bytes === undefined ? {} : { args: { bytes } };
    const [start, end] = [toNs(startMs), toNs(Math.max(startMs, endMs))];
    const left = { ...place(from), ts: toUs(start), ...args };
    events.push({ ph: "s", ...shared, ...left });
    events.push({ ph: "f", bp: "e", ...shared, ...place(to), ts: toUs(end) });
  });
  for (const { name, unit, samples } of counters) {
    const counter = unit === "" ? name : `${name} (${unit})`;
    for (const [atMs, value] of samples) {
      const at = { ...own, ts: toUs(toNs(atMs)) };
      events.push({ ph: "C", name: counter, ...at, args: { value } });
    }
  }
  for (const { atMs, label, lane } of marks) {
    const where = lane === undefined
      ? { ...own, s: "g" } as const
      : { ...place(lane), s: "t" } as const;
    events.push({ ph: "i", name: label, ts: toUs(toNs(atMs)), ...where });
  }
  return [...nameLanes(lanes, places), ...events.sort(byTime)];
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
  return links.flatMap(({ kind, from, to, startMs, endMs }) => [
    { lane: from, atNs: toNs(startMs), label: `${kind} to ${to}` },
    {
      lane: to,
      atNs: toNs(Math.max(startMs, endMs)),
      label: `${kind} from ${from}`,
    },
  ]);
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

/** A span in whole nanoseconds, so that edges that touch stay the same number. */
interface Slice {
  readonly span: TraceSpan;
  readonly startNs: number;
  readonly endNs: number;
}

/** A moment at which a slice has to be. */
interface Anchor {
  readonly lane: string;
  readonly atNs: number;
  /** Name of the slice that is made if there is none. */
  readonly label: string;
}

interface Tracks {
  /** Those that lie apart or inside of each other. */
  readonly nested: readonly Slice[];
  readonly apart: readonly Slice[];
}

function splitNested(
  spans: readonly TraceSpan[],
  anchors: readonly Anchor[],
): Tracks {
  const slices = spans.map((span) => ({
    span,
    startNs: toNs(span.startMs),
    endNs: toNs(span.endMs),
  })).sort(byStart);
  const nested: Slice[] = [];
  const apart: Slice[] = [];
  const open: Slice[] = [];
  for (const slice of slices) {
    while (open.length > 0 && open.at(-1)!.endNs <= slice.startNs) open.pop();
    const outer = open.at(-1);
    if (outer !== undefined && slice.endNs > outer.endNs) apart.push(slice);
    else {
      nested.push(slice);
      open.push(slice);
    }
  }
  const points = findBare(nested, anchors).map(({ lane, atNs, label }) => {
    const atMs = atNs / NS_PER_MS;
    const span = {
      lane,
      state: "messaging",
      startMs: atMs,
      endMs: atMs,
      label,
    };
    return { span, startNs: atNs, endNs: atNs } as Slice;
  });
  return { nested: [...nested, ...points].sort(byStart), apart };
}

function toNs(ms: number): number {
  return Math.round(ms * NS_PER_MS);
}

/** Anchors that lie in no slice; one of each moment. */
function findBare(
  nested: readonly Slice[],
  anchors: readonly Anchor[],
): Anchor[] {
  const bare = new Map<number, Anchor>();
  let next = 0;
  let coveredNs = -1;
  let fromNs = -1;
  for (const anchor of anchors.toSorted((a, b) => a.atNs - b.atNs)) {
    while (next < nested.length && nested[next]!.startNs <= anchor.atNs) {
      const { startNs, endNs } = nested[next++]!;
      // Only outermost slices begin after what is covered.
      if (startNs >= coveredNs) fromNs = startNs;
      coveredNs = Math.max(coveredNs, endNs);
    }
    const isInside = anchor.atNs >= fromNs && anchor.atNs < coveredNs;
    if (!isInside) bare.set(anchor.atNs, anchor);
  }
  return [...bare.values()];
}

function byStart(one: Slice, other: Slice): number {
  return one.startNs - other.startNs || other.endNs - one.endNs;
}

const NS_PER_MS = 1e6;
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
