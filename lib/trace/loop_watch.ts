/**
 * Notices when the main thread gives no timer its turn: the event loop is held.
 *
 * A timer that is late by more than 50 ms is a mark at the moment it was due.
 * It holds no process open, and costs a few microseconds every 20 ms.
 * @module
 */
import type { Tap } from "./tap.ts";

/**
 * Starts watching.
 *
 * @param tap Gets marks and the counter `event loop lag`.
 * @param lane Id of the main thread's lane.
 * @returns What stops it; it then notes a hold that still lasts.
 */
export function watchLoop(tap: Tap, lane: string): Disposable {
  let expectedMs = performance.now() + STEP_MS;
  let shownMs = 0;
  tap.count(COUNTER, "ms", performance.now(), 0);
  let timer = start();

  function start(): ReturnType<typeof setTimeout> {
    const id = setTimeout(tick, STEP_MS);
    // Watching is no reason to go on.
    Deno.unrefTimer(Number(id));
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
    // A line that lies flat needs no points between its ends.
    if (Math.abs(lagMs - shownMs) >= NOTABLE_MS) {
      tap.count(COUNTER, "ms", nowMs, lagMs);
      shownMs = lagMs;
    }
    if (lagMs > LONG_MS) {
      const label = `event loop held ${lagMs.toFixed(0)} ms`;
      tap.mark({ atMs: expectedMs, label, lane });
    }
  }

  return {
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      note();
    },
  };
}

const COUNTER = "event loop lag";
const STEP_MS = 20;
const NOTABLE_MS = 1;
const LONG_MS = 50;
