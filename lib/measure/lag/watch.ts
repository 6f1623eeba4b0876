/**
 * The timer that watches the event loop.
 *
 * Deno's own monitor misses holds (`monitorEventLoopDelay` saw 1.4 ms of 300),
 * so a timer of ours rings as often as it can, and notes when it did. What the
 * rings say is worked out in `lag_ticks.ts`.
 * @module
 */

import { unrefTimer } from "../../platform/mod.ts";
import type { Clock } from "../../base/mod.ts";

/** What rings once, later. */
export interface Alarm {
  /**
   * Calls back after about a millisecond.
   *
   * @param ring What to call.
   * @returns What stops it.
   */
  set(ring: () => void): () => void;
}

/** Rings that were noted. Units: milliseconds on the clock handed in. */
export interface Rings {
  /** When watching began. */
  readonly startMs: number;
  /** When the timer rang. */
  readonly ringsMs: readonly number[];
  /** When watching ended. */
  readonly endMs: number;
  /** Whether it ended early, because there was room for no more. */
  readonly isCut: boolean;
}

/** Watches until it is stopped. */
export class LoopWatch {
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  readonly #startMs: number;
  readonly #ringsMs: number[] = [];
  readonly #mostRings: number;
  #endMs: number | null = null;
  #isCut = false;
  #cancel: () => void = () => {};

  /**
   * Begins to watch.
   *
   * @param clock Tells the time.
   * @param alarm Rings.
   * @param mostRings How many rings there is room for.
   */
  constructor(clock: Clock, alarm: Alarm, mostRings = MOST_RINGS) {
    this.#clock = clock;
    this.#alarm = alarm;
    this.#mostRings = mostRings;
    this.#startMs = clock.now();
    this.#wind();
  }

  /** Ends watching; again is harmless. A hold that is not over yet counts until now. */
  stop(): Rings {
    if (this.#endMs === null) {
      this.#cancel();
      this.#endMs = this.#clock.now();
      this.#ringsMs.push(this.#endMs);
    }
    return {
      startMs: this.#startMs,
      ringsMs: this.#ringsMs,
      endMs: this.#endMs,
      isCut: this.#isCut,
    };
  }

  #wind(): void {
    this.#cancel = this.#alarm.set(() => {
      this.#ringsMs.push(this.#clock.now());
      if (this.#ringsMs.length < this.#mostRings) return this.#wind();
      this.#isCut = true;
      this.stop();
    });
  }
}

/** Rings by `setTimeout`, and keeps no process alive. */
export const systemAlarm: Alarm = {
  set(ring) {
    const timer = setTimeout(ring, 1);
    unrefTimer(timer);
    return () => clearTimeout(timer);
  },
};

// Ten minutes of rings every 2 ms, 2.4 MB.
const MOST_RINGS = 300_000;
