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
 * of a value between both medians, and nearly all after it on the other side. Of
 * several that follow each other upwards or downwards it is the last.
 */
export function findShift(samples: readonly number[]): Shift | null {
  const shift = findOne(samples);
  if (shift === null) return null;
  // Engines compile in several steps: what counts is after the last one.
  const next = findShift(samples.slice(shift.at));
  const goesDown = ({ beforeMs, afterMs }: Shift) => afterMs < beforeMs;
  if (next === null || goesDown(next) !== goesDown(shift)) return shift;
  const at = shift.at + next.at;
  const beforeMs = median(samples.slice(0, at));
  return { at, beforeMs, afterMs: next.afterMs };
}

function findOne(samples: readonly number[]): Shift | null {
  const { length } = samples;
  if (length < MIN_SAMPLES) return null;
  // With many samples, looking at each place would take long.
  const step = Math.ceil(length / MOST_PLACES);
  let best: Shift | null = null;
  let most = MIN_AGREEING;
  const least = Math.max(MIN_PART, Math.ceil(MIN_SHARE * length));
  const last = length - Math.max(MIN_PART, Math.ceil(MIN_REST * length));
  for (let at = least; at <= last; at += step) {
    const [before, after] = [samples.slice(0, at), samples.slice(at)];
    const [beforeMs, afterMs] = [median(before), median(after)];
    const distance = Math.abs(beforeMs - afterMs) / Math.min(beforeMs, afterMs);
    if (!(distance >= MIN_DISTANCE)) continue;
    const middle = (beforeMs + afterMs) / 2;
    const agreeing = Math.min(
      shareOf(before, (sample) => (sample > middle) === (beforeMs > middle)),
      shareOf(after, (sample) => (sample > middle) === (afterMs > middle)),
    );
    if (agreeing <= most) continue;
    most = agreeing;
    best = { at, beforeMs, afterMs };
  }
  return best;
}

function shareOf(
  samples: readonly number[],
  holds: (sample: number) => boolean,
): number {
  return samples.filter(holds).length / samples.length;
}

const MIN_SAMPLES = 20;
// Fewer are outliers. Less than a mode needs: what came first, and some outliers
// beside, would be taken for a mode else.
const MIN_PART = 5;
const MIN_SHARE = 0.05;
// The rest has to bear the figures.
const MIN_REST = 0.1;
const MOST_PLACES = 100;
// Two modes may be as near; what is nearer lies in one crowd.
const MIN_DISTANCE = 0.03;
const MIN_AGREEING = 0.9;
