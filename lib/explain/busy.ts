/**
 * How many lanes were active at once, over time.
 *
 * Pure: spans in, numbers out.
 * @module
 */
import {
  type Stretch,
  type TraceSpan,
  type TraceState,
  unite,
} from "../base/record/mod.ts";
import type { LaneFacts } from "./facts.ts";

/** From this moment on, so many. Units: milliseconds. */
export type Step = readonly [atMs: number, count: number];

/** Counts lanes that are in one of some states at once, from each moment on. */
export function countActive(
  lanes: readonly LaneFacts[],
  states: readonly TraceState[],
): readonly Step[] {
  const changes = new Map<number, number>();
  const add = (atMs: number, change: number) =>
    changes.set(atMs, (changes.get(atMs) ?? 0) + change);
  for (const { spans } of lanes) {
    for (const { startMs, endMs } of unite(pick(spans, states))) {
      add(startMs, 1);
      add(endMs, -1);
    }
  }
  let count = 0;
  return [...changes].filter(([, change]) => change !== 0)
    .sort(([one], [other]) => one - other)
    .map(([atMs, change]) => [atMs, count += change]);
}

/** Adds up over time what each count is worth: milliseconds, times the worth. */
export function addUp(
  steps: readonly Step[],
  weigh: (count: number) => number,
  within = ALWAYS,
): number {
  return steps.reduce((sum, [startMs, count], i) => {
    const endMs = steps[i + 1]?.[0] ?? startMs;
    return sum + weigh(count) * sharedMs({ startMs, endMs }, within);
  }, 0);
}

/** Adds up how long any lane was in one of some states. */
export function anyMs(
  lanes: readonly LaneFacts[],
  states: readonly TraceState[],
  within?: Stretch,
): number {
  return addUp(countActive(lanes, states), (n) => n > 0 ? 1 : 0, within);
}

/** Adds up what is measured of each lane. */
export function sumOf(
  lanes: readonly LaneFacts[],
  measure: (lane: LaneFacts) => number,
): number {
  return lanes.reduce((sum, lane) => sum + measure(lane), 0);
}

/** Adds up how long a lane was in one of some states; spans that overlap count once. */
export function timeIn(
  { spans }: Pick<LaneFacts, "spans">,
  states: readonly TraceState[],
  within = ALWAYS,
): number {
  return unite(pick(spans, states))
    .reduce((sum, span) => sum + sharedMs(span, within), 0);
}

/** Adds up how long a lane was on a core, and how long it ran code of which that is not known. */
export function coreTimeIn(
  { spans }: Pick<LaneFacts, "spans">,
  within = ALWAYS,
): { readonly ranMs: number; readonly unknownMs: number } {
  let ranMs = timeIn({ spans }, ["running"], within);
  let unknownMs = 0;
  for (const span of pick(spans, ["alive"])) {
    const lengthMs = sharedMs(span, within);
    if (span.share === undefined) unknownMs += lengthMs;
    else ranMs += span.share * lengthMs;
  }
  return { ranMs, unknownMs };
}

/** Finds when lanes were in one of some states first and last; `null` if none ever was. */
export function reachOf(
  lanes: readonly Pick<LaneFacts, "spans">[],
  states: readonly TraceState[],
): Stretch | null {
  const picked = lanes.flatMap(({ spans }) => pick(spans, states));
  if (picked.length === 0) return null;
  return picked.reduce<Stretch>((reach, { startMs, endMs }) => ({
    startMs: Math.min(reach.startMs, startMs),
    endMs: Math.max(reach.endMs, endMs),
  }), picked[0]!);
}

function pick(
  spans: readonly TraceSpan[],
  states: readonly TraceState[],
): readonly TraceSpan[] {
  return spans.filter(({ state }) => states.includes(state));
}

function sharedMs(one: Stretch, other: Stretch): number {
  const startMs = Math.max(one.startMs, other.startMs);
  return Math.max(0, Math.min(one.endMs, other.endMs) - startMs);
}

const ALWAYS: Stretch = { startMs: -Infinity, endMs: Infinity };

/**
 * What wants a core: it has one, or would have one if there were enough. Code
 * that is alive may, as far as is known.
 */
export const WANTING: readonly TraceState[] = ["running", "alive", "runnable"];
