/**
 * Lets one account of a lane win over another where both tell of the same time.
 *
 * Pure: spans in, spans out. A lane is told of by several sources: what its
 * code said exactly, what a lock said, what sampling saw.
 * @module
 */
import type { TraceSpan } from "./recording.ts";

/** A stretch of time. Units: milliseconds. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

export function lengthOf({ startMs, endMs }: Stretch): number {
  return endMs - startMs;
}

/** Adds up lengths. */
export function sumMs(stretches: Iterable<Stretch>): number {
  let sum = 0;
  for (const stretch of stretches) sum += lengthOf(stretch);
  return sum;
}

/** Cuts out of spans what others cover. */
export function carve(
  spans: readonly TraceSpan[],
  holes: readonly Stretch[],
): TraceSpan[] {
  const sorted = spans.toSorted(byStart);
  if (holes.length === 0) return sorted;
  const cuts = unite(holes);
  const left: TraceSpan[] = [];
  let first = 0;
  for (const span of sorted) {
    // Spans come by their starts, so what ended before stays behind.
    while (first < cuts.length && cuts[first]!.endMs <= span.startMs) first++;
    let fromMs = span.startMs;
    for (let i = first; i < cuts.length; i++) {
      const cut = cuts[i]!;
      if (cut.startMs >= span.endMs) break;
      if (cut.startMs > fromMs) {
        left.push({ ...span, startMs: fromMs, endMs: cut.startMs });
      }
      fromMs = Math.max(fromMs, cut.endMs);
    }
    if (fromMs < span.endMs) left.push({ ...span, startMs: fromMs });
  }
  return left.sort(byStart);
}

/** Gives the parts of spans that are within stretches. */
export function keepWithin(
  spans: readonly TraceSpan[],
  stretches: readonly Stretch[],
): TraceSpan[] {
  return carve(spans, outside(unite(stretches)));
}

/** Gives spans another state where they overlap with stretches. */
export function repaint(
  spans: readonly TraceSpan[],
  stretches: readonly Stretch[],
  change: Partial<TraceSpan>,
): TraceSpan[] {
  const inside = keepWithin(spans, stretches);
  const changed = inside.map((span) => ({ ...span, ...change }));
  return [...carve(spans, stretches), ...changed].sort(byStart);
}

/** Joins stretches that overlap or touch. */
export function unite(stretches: readonly Stretch[]): Stretch[] {
  const united: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of stretches.toSorted(byStart)) {
    const last = united.at(-1);
    if (last !== undefined && startMs <= last.endMs) {
      last.endMs = Math.max(last.endMs, endMs);
    } else united.push({ startMs, endMs });
  }
  return united;
}

function outside(stretches: readonly Stretch[]): Stretch[] {
  const ends = [-Infinity, ...stretches.map(({ endMs }) => endMs)];
  const starts = [...stretches.map(({ startMs }) => startMs), Infinity];
  return ends.map((startMs, i) => ({ startMs, endMs: starts[i]! }));
}

function byStart(one: Stretch, other: Stretch): number {
  return one.startMs - other.startMs;
}
