/**
 * From the times at which a timer rang to how late the event loop was; loaded when
 * watching is over.
 *
 * A ring after a hold of 300 ms is one ring among hundreds, so counting rings
 * would hide it. Counted is time: what becomes due at a random moment of a hold
 * waits for the rest of it.
 * @module
 */
import { median, quantile } from "../../base/statistics/mod.ts";
import type { StampStart } from "../../base/stamp/mod.ts";
import { finish } from "../scaffold.ts";
import { describeLag } from "./findings.ts";
import type { Cliff, LagReport, WatchedPython } from "./lag.ts";
import type { Rings } from "./watch.ts";

/** What goes into the report besides. */
export interface WatchFacts {
  /** Heading of figures. */
  readonly title: string;
  /** What ran meanwhile, by its own account. */
  readonly works: readonly KnownWork[];
  /** The machine when watching began. */
  readonly stamp: StampStart;
  /** What the timer takes when nobody holds it. @default found among the rings */
  readonly floor?: Floor;
  /** The interpreter, where Python was watched. */
  readonly python?: WatchedPython;
}

/** Works out how late things were, and who was the reason. */
export async function describeWatch(
  { startMs, endMs, ringsMs, isCut }: Rings,
  { title, works, stamp, floor, python }: WatchFacts,
): Promise<LagReport> {
  const gapsMs = ringsMs.map((ms, i) => ms - (ringsMs[i - 1] ?? startMs));
  const { floorMs, isAssumed } = floor ?? findFloor(gapsMs);
  const holds = listHolds(startMs, ringsMs, floorMs);
  const durationMs = endMs - startMs;
  const own = works.map((work) => ({
    name: work.name,
    startMs: work.startMs - startMs,
    endMs: work.endMs - startMs,
  }));
  const heldMs = holds.reduce((sum, [, ms]) => sum + ms, 0);
  return await finish({
    type: "lag",
    title,
    durationMs,
    ticks: ringsMs.length,
    floorMs,
    floorIsAssumed: isAssumed,
    p50Ms: findDelay(holds, durationMs, 0.5),
    p99Ms: findDelay(holds, durationMs, 0.99),
    maxMs: findDelay(holds, durationMs, 1),
    heldShare: durationMs > 0 ? heldMs / durationMs : 0,
    cliffs: findCliffs(holds, own),
    delays: holds.filter(([, ms]) => ms >= MIN_SHOWN_MS),
    ...(isCut ? { isCut } : {}),
    ...(python === undefined ? {} : { python }),
  }, {
    start: stamp,
    options: { samples: ringsMs.length, spread: 0 },
    describe: describeLag,
  });
}

/** The timer's own time, when nobody holds it. Units: milliseconds. */
export interface Floor {
  /** The time. */
  readonly floorMs: number;
  /** Whether it is the usual one, as it could not be measured. */
  readonly isAssumed: boolean;
}

/** A hold of the loop. Units: milliseconds since watching began. */
export type Hold = readonly [startMs: number, heldMs: number];

/** Finds what the timer takes when nobody holds it: the median of the undisturbed gaps. */
export function findFloor(gapsMs: readonly number[]): Floor {
  if (gapsMs.length === 0) return { floorMs: USUAL_FLOOR_MS, isAssumed: true };
  const quickMs = quantile(gapsMs, 0.1);
  // A loop that is held all the time has no undisturbed rings.
  if (quickMs > MAX_FLOOR_MS) {
    return { floorMs: USUAL_FLOOR_MS, isAssumed: true };
  }
  const calm = gapsMs.filter((ms) => ms <= 1.5 * quickMs);
  return { floorMs: median(calm), isAssumed: false };
}

/** Lists how long the loop was held between rings; times count from the start. */
export function listHolds(
  startMs: number,
  ringsMs: readonly number[],
  floorMs: number,
): readonly Hold[] {
  return ringsMs.flatMap((ringMs, index): Hold[] => {
    const beforeMs = ringsMs[index - 1] ?? startMs;
    const heldMs = ringMs - beforeMs - floorMs;
    // The timer was due before its ring by as much as it was late.
    return heldMs > 0 ? [[ringMs - heldMs - startMs, heldMs]] : [];
  });
}

/**
 * Finds how long something that becomes due at a random moment waits at most,
 * in a given part of cases.
 */
export function findDelay(
  holds: readonly Hold[],
  durationMs: number,
  part: number,
): number {
  let low = 0;
  let high = Math.max(0, ...holds.map(([, heldMs]) => heldMs));
  if (part >= 1) return high;
  const allowedMs = (1 - part) * durationMs;
  // Moments that wait longer than a limit: of each hold, all but its last such stretch.
  const longerMs = (limitMs: number) =>
    holds.reduce((sum, [, heldMs]) => sum + Math.max(0, heldMs - limitMs), 0);
  if (longerMs(0) <= allowedMs) return 0;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (longerMs(middle) > allowedMs) low = middle;
    else high = middle;
  }
  return high;
}

/** Work that is known to have run. Units: those of the holds. */
export interface KnownWork {
  readonly name: string;
  /** When it was called. */
  readonly startMs: number;
  /** When it had returned or settled. */
  readonly endMs: number;
}

/** Picks the holds that a reader would notice, the longest few, in the order of time. */
export function findCliffs(
  holds: readonly Hold[],
  works: readonly KnownWork[],
): readonly Cliff[] {
  return holds.filter(([, heldMs]) => heldMs >= MIN_CLIFF_MS)
    .toSorted((one, other) => other[1] - one[1])
    .slice(0, MOST_CLIFFS)
    .toSorted((one, other) => one[0] - other[0])
    .map(([startMs, heldMs]) => ({
      startMs,
      heldMs,
      holder: findHolder([startMs, heldMs], works),
    }));
}

/** The only work that ran for most of the hold; two would be a guess. */
function findHolder(
  [startMs, heldMs]: Hold,
  works: readonly KnownWork[],
): string | null {
  const during = works.filter((work) => {
    const sharedMs = Math.min(work.endMs, startMs + heldMs) -
      Math.max(work.startMs, startMs);
    return sharedMs > heldMs / 2;
  });
  return during.length === 1 ? during[0]!.name : null;
}

// Less cannot be seen in a figure.
const MIN_SHOWN_MS = 0.5;
// Measured on Deno 2.9: a timer of 1 ms rings after 2.1 ms.
const USUAL_FLOOR_MS = 2.1;
const MAX_FLOOR_MS = 6;
// As long as three frames of a screen: people notice.
const MIN_CLIFF_MS = 50;
const MOST_CLIFFS = 12;
