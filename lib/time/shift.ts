/**
 * A shift: samples that were of one kind first and of another kind from some
 * moment on, as when code is compiled anew.
 *
 * Pure. Samples that go back and forth between two kinds are two modes
 * (`modes.ts`); a shift happens once.
 * @module
 */
import { median } from "./stats.ts";

/** Where samples changed for good. Units: those of the samples. */
export interface Shift {
  /** How many came before. */
  readonly at: number;
  /** The median of those. */
  readonly beforeMs: number;
  /** The median of the others. */
  readonly afterMs: number;
}

/**
 * Finds where samples changed for good.
 *
 * The place is that which parts them best: nearly all before it lie on one side
 * of a value between both medians, and nearly all after it on the other side.
 *
 * @example Code that was compiled anew
 * ```ts
 * import assert from "node:assert/strict";
 * const samples = Array.from({ length: 30 }, (_, i) => (i < 10 ? 20 : 10) + (i % 3) / 10);
 * assert.equal(findShift(samples)?.at, 10);
 * const inTurns = samples.map((_, i) => i % 2 === 0 ? 20 : 10);
 * assert.equal(findShift(inTurns), null);
 * ```
 *
 * @param samples Numbers above 0, in the order taken.
 * @returns The shift; `null` if there is none.
 */
export function findShift(samples: readonly number[]): Shift | null {
  const { length } = samples;
  if (length < MIN_SAMPLES) return null;
  // With many samples, looking at each place would take long.
  const step = Math.ceil(length / MOST_PLACES);
  let best: Shift | null = null;
  let most = MIN_AGREEING;
  for (let at = MIN_PART; at <= length - MIN_PART; at += step) {
    const beforeMs = median(samples.slice(0, at));
    const afterMs = median(samples.slice(at));
    const distance = Math.abs(beforeMs - afterMs) / Math.min(beforeMs, afterMs);
    if (!(distance >= MIN_DISTANCE)) continue;
    const middle = (beforeMs + afterMs) / 2;
    const agreeing = samples.filter((sample, i) =>
      (sample > middle) === ((i < at) === (beforeMs > afterMs))
    ).length / length;
    if (agreeing <= most) {
      continue;
    }
    most = agreeing;
    best = { at, beforeMs, afterMs };
  }
  return best;
}

const MIN_SAMPLES = 20;
const MIN_PART = 4;
const MOST_PLACES = 100;
// Less is no other kind of code: the clocks of processors drift by as much.
const MIN_DISTANCE = 0.15;
const MIN_AGREEING = 0.95;
