/**
 * Lays spans out in rows: one lane a task, worker or process.
 *
 * Pure: spans in, lanes out. Pixels and colours are in `lib/plot/figures/timeline.ts`.
 * @module
 */

import type { Span } from "../../base/record/mod.ts";

/** All spans of one task, worker or process, in rows without overlaps. */
export interface Lane {
  /** Its shown name, such as `worker 1`. */
  readonly name: string;
  /** What runs it. */
  readonly kind: Span["kind"];
  /** Its spans by start; those that overlap are in different rows. */
  readonly rows: readonly (readonly Span[])[];
}

/**
 * Lays spans out in lanes, in the order a reader looks for them.
 *
 * The main thread comes first, then tasks, workers and processes. Numbered
 * names stay together in the order of their numbers (`worker 2` before
 * `worker 10`), whichever started first; names of different stems come by their
 * first start. Spans of one lane that overlap are put apart into rows.
 */
export function lanes(spans: readonly Span[]): readonly Lane[] {
  const spansByLane = new Map<string, Span[]>();
  const startByStem = new Map<string, number>();
  for (const span of spans) {
    checkTimes(span);
    const key = `${span.kind} ${span.lane}`;
    const known = spansByLane.get(key);
    if (known === undefined) spansByLane.set(key, [span]);
    else known.push(span);
    const stem = stemOf(span.lane);
    const start = startByStem.get(stem) ?? Infinity;
    startByStem.set(stem, Math.min(start, span.startMs));
  }
  const startOf = (lane: Lane) => startByStem.get(stemOf(lane.name)) ?? 0;
  return [...spansByLane.values()].map(toLane).sort((a, b) =>
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    startOf(a) - startOf(b) ||
    compareNames(a.name, b.name)
  );
}

function toLane(spans: readonly Span[]): Lane {
  const { lane, kind } = spans[0]!;
  const rows: Span[][] = [];
  const ordered = spans.toSorted((a, b) =>
    a.startMs - b.startMs || b.endMs - a.endMs
  );
  for (const span of ordered) {
    const row = rows.find((row) =>
      row.at(-1)!.endMs <= span.startMs + ROUNDING_MS
    );
    if (row === undefined) rows.push([span]);
    else row.push(span);
  }
  return { name: lane, kind, rows };
}

function checkTimes({ lane, startMs, endMs }: Span): void {
  if (Number.isFinite(startMs) && Number.isFinite(endMs) && startMs <= endMs) {
    return;
  }
  throw new RangeError(
    `Cannot lay out a span of "${lane}": it lasts from ${startMs} to ${endMs} ms, expected finite times in order`,
  );
}

function stemOf(name: string): string {
  return name.replace(/\d+/g, "#");
}

const KINDS: readonly Span["kind"][] = ["main", "task", "worker", "process"];

/** By letters, and by numbers as numbers. `Intl.Collator` takes 10 ms for its first. */
function compareNames(one: string, other: string): number {
  const [parts, others] = [one, other].map((name) => name.split(/(\d+)/)) as [
    string[],
    string[],
  ];
  for (const [index, part] of parts.entries()) {
    const against = others[index] ?? "";
    if (part === against) continue;
    return index % 2 === 1 && against !== ""
      ? Number(part) - Number(against)
      : part < against
      ? -1
      : 1;
  }
  return parts.length - others.length;
}

// Clocks of two isolates agree to less than this; what touches does not overlap.
const ROUNDING_MS = 0.001;
