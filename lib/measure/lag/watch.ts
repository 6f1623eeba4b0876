/**
 * The timer that watches the event loop.
 *
 * Deno's own monitor misses holds (`monitorEventLoopDelay` saw 1.4 ms of 300),
 * so a timer of ours rings as often as it can, and notes when it did. What the
 * rings say is worked out in `engine.ts`.
 * @module
 */

import { unrefTimer } from "../../platform/mod.ts";
import { type Clock, systemClock } from "../../base/mod.ts";

/** Calls back after about a millisecond; gives what stops it. */
export type Alarm = (ring: () => void) => () => void;

/** Rings that were noted. Units: milliseconds on the clock handed in. */
export interface Rings {
  readonly startMs: number;
  readonly ringsMs: readonly number[];
  readonly endMs: number;
  /** Whether it ended early, because there was room for no more. */
  readonly isCut: boolean;
}

/** A watch; stopping it again is harmless. A hold that is not over yet counts until now. */
export interface Watch {
  readonly stop: () => Rings;
}

/** Watches until it is stopped, or there is room for no more rings. */
export function watchLoop(
  clock: Clock = systemClock,
  alarm: Alarm = systemAlarm,
  mostRings = MOST_RINGS,
): Watch {
  const [startMs, ringsMs]: [number, number[]] = [clock.now(), []];
  let rings: Rings | null = null;
  let cancel = () => {};
  const stop = (isCut = false): Rings => {
    if (rings !== null) return rings;
    cancel();
    const endMs = clock.now();
    ringsMs.push(endMs);
    return rings = { startMs, ringsMs, endMs, isCut };
  };
  const wind = () => {
    cancel = alarm(() => {
      ringsMs.push(clock.now());
      if (ringsMs.length < mostRings) wind();
      else stop(true);
    });
  };
  wind();
  return { stop: () => stop() };
}

/** Rings by `setTimeout`, and keeps no process alive. */
function systemAlarm(ring: () => void): () => void {
  const timer = setTimeout(ring, 1);
  unrefTimer(timer);
  return () => clearTimeout(timer);
}

// Ten minutes of rings every 2 ms, 2.4 MB.
const MOST_RINGS = 300_000;
