/**
 * Reads what a watched Worker noted, and makes spans and arrows of it.
 *
 * Pure: memory and times in, spans and links out.
 * @module
 */
import {
  CPU_STEP_MS,
  type CpuReading,
  type Link,
  type TraceSpan,
} from "../base/record/mod.ts";

export interface WorkerNote {
  readonly type:
    | "loaded"
    | "ready"
    | "received"
    | "handled"
    | "posting"
    | "posted"
    | "closed";
  /** When. Units: milliseconds since 1970. */
  readonly atMs: number;
}

/** A message as the main thread knows it. Units: milliseconds of `performance.now()`. */
export interface OwnMessage {
  /** When `postMessage()` was called, or when the message came. */
  readonly startMs: number;
  /** When `postMessage()` returned; the same as `startMs` for one that came. */
  readonly endMs: number;
  /** Size, where it is known without counting. */
  readonly bytes?: number;
}

/** What is known of one Worker. Units: milliseconds of `performance.now()` of the main thread. */
export interface WorkerRecord {
  readonly lane: string;
  /** Id of the lane that made it. */
  readonly parent: string;
  /** When its constructor was called. */
  readonly startMs: number;
  /** What it noted, on the main thread's clock; empty if it could not be watched inside. */
  readonly notes: readonly WorkerNote[];
  /** Messages to it. */
  readonly sent: readonly OwnMessage[];
  /** Messages from it. */
  readonly came: readonly OwnMessage[];
}

/** Spans and arrows of one Worker. */
export interface WorkerStory {
  /** Its spans; never overlapping. */
  readonly spans: readonly TraceSpan[];
  readonly links: readonly Link[];
  /** Messages to it that it had not taken when the run was over. */
  readonly untaken: number;
}

/** Reads the notes in a Worker's memory; `toOwnMs` moves moments to the main thread's clock. */
export function readNotes(
  memory: SharedArrayBuffer,
  toOwnMs: (ms: number) => number = (ms) => ms,
): {
  readonly notes: readonly WorkerNote[];
  readonly dropped: number;
  readonly threadId: number;
  readonly onCore: Omit<CpuReading, "lane"> | null;
} {
  const head = new Int32Array(memory, 0, 4);
  const [fromMs = 0, untilMs = 0, cpuMs = 0] = new Float64Array(memory, 16, 3);
  const [startMs, endMs] = [toOwnMs(fromMs), toOwnMs(untilMs)];
  const numbers = new Float64Array(memory, 40);
  return {
    notes: Array.from({ length: Atomics.load(head, 0) }, (_, i) => ({
      type: TYPES[numbers[2 * i]!] ?? "ready",
      atMs: toOwnMs(numbers[2 * i + 1]!),
    })),
    dropped: head[1]!,
    threadId: head[2]!,
    onCore: untilMs > 0
      ? { startMs, endMs, cpuMs, errorMs: CPU_STEP_MS }
      : null,
  };
}

/**
 * Makes spans and arrows of what is known of a Worker.
 *
 * Messages of one direction arrive in the order in which they left, so the
 * first that came is the first that was sent.
 */
export function describeWorker(record: WorkerRecord): WorkerStory {
  const { lane, parent, notes, startMs } = record;
  const loadedMs = notes.find(({ type }) => type === "loaded")?.atMs;
  const links: Link[] = [];
  const spans: TraceSpan[] = [];
  if (loadedMs !== undefined) {
    links.push({
      kind: "spawn",
      from: parent,
      to: lane,
      startMs,
      endMs: loadedMs,
    });
    spans.push({ lane, state: "starting", startMs, endMs: loadedMs });
    for (const span of describeRunning(lane, notes)) spans.push(span);
  }
  const received = timesOf(notes, "received");
  const posting = timesOf(notes, "posting");
  const isWatched = notes.length > 0;
  record.sent.forEach(({ startMs, endMs, bytes }, i) => {
    const arrivalMs = isWatched ? received[i] : endMs;
    if (arrivalMs === undefined) return;
    links.push(toLink([parent, lane], [startMs, arrivalMs], bytes));
  });
  record.came.forEach(({ startMs, bytes }, i) => {
    const postedMs = posting[i] ?? startMs;
    links.push(
      toLink([lane, parent], [Math.min(postedMs, startMs), startMs], bytes),
    );
  });
  const untaken = isWatched
    ? Math.max(0, record.sent.length - received.length)
    : 0;
  return { spans, links, untaken };
}

/** The script itself, each handler until it returned, and copying within both. */
function describeRunning(
  lane: string,
  notes: readonly WorkerNote[],
): TraceSpan[] {
  const spans: TraceSpan[] = [];
  let depth = 0;
  let state: TraceSpan["state"] | null = null;
  let label = "script";
  let fromMs = 0;
  const switchTo = (next: TraceSpan["state"] | null, atMs: number) => {
    if (state !== null && atMs > fromMs) {
      spans.push({ lane, state, startMs: fromMs, endMs: atMs, label });
    }
    [state, fromMs] = [next, atMs];
  };
  let isScript = false;
  for (const { type, atMs } of notes) {
    if (type === "loaded") {
      isScript = true;
      switchTo("running", atMs);
    } else if (type === "ready") {
      isScript = false;
      switchTo(depth > 0 ? "running" : null, atMs);
      label = "message";
    } else if (type === "received") {
      depth++;
      switchTo("running", atMs);
    } else if (type === "handled") {
      // Other listeners of the same message are noted by their ends only.
      depth = Math.max(0, depth - 1);
      if (depth === 0 && !isScript) switchTo(null, atMs);
    } else if (type === "closed") continue;
    else if (type === "posting") switchTo("serialising", atMs);
    else switchTo(depth > 0 || isScript ? "running" : null, atMs);
  }
  return spans;
}

function toLink(
  [from, to]: readonly [string, string],
  [startMs, endMs]: readonly [number, number],
  bytes: number | undefined,
): Link {
  const link = { kind: "message", from, to, startMs } as const;
  const size = bytes === undefined ? {} : { bytes };
  // Two clocks that agree to 0.1 µs may still put an arrival before its start.
  return { ...link, endMs: Math.max(startMs, endMs), ...size };
}

function timesOf(
  notes: readonly WorkerNote[],
  type: WorkerNote["type"],
): number[] {
  return notes.filter((note) => note.type === type).map(({ atMs }) => atMs);
}

const TYPES: readonly WorkerNote["type"][] = [
  "loaded",
  "ready",
  "received",
  "handled",
  "posting",
  "posted",
  "closed",
];
