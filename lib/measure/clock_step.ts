/**
 * The step of a clock: the shortest time that it can tell from none.
 *
 * A duration of few steps is rounding more than measurement.
 * @module
 */

import type { Clock } from "../base/mod.ts";

/**
 * Finds the smallest step of a clock by reading it until it has moved often.
 *
 * Units: milliseconds. Reading takes time too: a clock finer than one reading
 * has the cost of a reading as its step.
 */
export function findClockStep(clock: Clock): number {
  let step = Infinity;
  let moves = 0;
  let before = clock.now();
  for (let reads = 0; reads < MAX_READS && moves < MOVES; reads++) {
    const now = clock.now();
    if (now <= before) continue;
    step = Math.min(step, now - before);
    before = now;
    moves++;
  }
  if (moves === 0) {
    throw new RangeError(
      `Cannot find step of clock: it did not move in ${MAX_READS} readings, expected a clock that runs`,
    );
  }
  return step;
}

const MOVES = 200;
// A clock of 1 ms moves about 20 times meanwhile.
const MAX_READS = 300_000;
