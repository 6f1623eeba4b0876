/**
 * Notices when the main thread gives no timer its turn: the event loop is held.
 *
 * A timer that is late by more than 50 ms is a hold from the moment it was due.
 * It holds no process open, and costs a few microseconds every 20 ms. Whose
 * code held it is worked out in `loop_holds.ts`.
 * @module
 */
import { unrefTimer } from "../platform/mod.ts";
import type { Stretch, Tap } from "../base/record/mod.ts";

/** Watching, until it is disposed of; it then notes a hold that still lasts. */
export interface LoopWatch extends Disposable {
  /** From when a timer was due until it had its turn. Units: milliseconds of `performance.now()`. */
  readonly holds: readonly Stretch[];
}

export function watchLoop(tap: Tap): LoopWatch {
  const holds: Stretch[] = [];
  let expectedMs = performance.now() + STEP_MS;
  tap.count(COUNTER, "ms", performance.now(), 0);
  let timer = start();

  function start(): ReturnType<typeof setTimeout> {
    const id = setTimeout(tick, STEP_MS);
    // Watching is no reason to go on.
    unrefTimer(id);
    return id;
  }

  function tick(): void {
    note();
    expectedMs = performance.now() + STEP_MS;
    timer = start();
  }

  function note(): void {
    const nowMs = performance.now();
    const lagMs = Math.max(0, nowMs - expectedMs);
    // It was late from when it was due until now, and not from now on.
    if (lagMs >= NOTABLE_MS) {
      tap.count(COUNTER, "ms", expectedMs, lagMs);
      tap.count(COUNTER, "ms", nowMs, 0);
    }
    if (lagMs > LONG_MS && holds.length < MAX_HOLDS) {
      holds.push({ startMs: expectedMs, endMs: nowMs });
    }
  }

  return {
    holds,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      note();
    },
  };
}

const COUNTER = "event loop lag";
const STEP_MS = 20;
// Timers ring a few milliseconds late where nothing holds the loop.
const NOTABLE_MS = 4;
const LONG_MS = 50;
const MAX_HOLDS = 10_000;
