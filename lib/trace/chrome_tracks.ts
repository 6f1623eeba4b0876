/**
 * Decides which spans of a lane can stand on one track of a trace viewer:
 * slices of a track must lie apart or inside of each other.
 *
 * Pure: spans in, slices out.
 * @module
 */
import type { TraceSpan } from "../base/record/mod.ts";

/** A span in whole nanoseconds, so that edges that touch stay the same number. */
export interface Slice {
  readonly span: TraceSpan;
  readonly startNs: number;
  readonly endNs: number;
}

/** A moment at which a slice has to be. */
export interface Anchor {
  readonly lane: string;
  readonly atNs: number;
  /** Name of the slice that is made if there is none. */
  readonly label: string;
}

export interface Tracks {
  /** Those that lie apart or inside of each other. */
  readonly nested: readonly Slice[];
  readonly apart: readonly Slice[];
}

export function splitNested(
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

export function toNs(ms: number): number {
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
