/**
 * Waiting for a moment, to a few microseconds.
 *
 * Timers ring 2 ms late. So a timer brings us near, and the rest is spent
 * turning the loop, in which others have their turns; that costs processor time
 * and is meant for measuring only.
 * @module
 */

import { systemClock } from "../base/mod.ts";

/** Waits until a moment has come; at least one turn of the loop. */
export async function waitUntil(
  atMs: number,
  signal: AbortSignal,
): Promise<void> {
  do {
    if (signal.aborted) return;
    const leftMs = atMs - systemClock.now();
    if (leftMs > NEAR_MS) await sleep(leftMs - NEAR_MS, signal);
    else await new Promise((resolve) => void setImmediate(resolve));
  } while (systemClock.now() < atMs);
}

/** Sleeps; a signal ends it early. */
export function sleep(
  ms: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener("abort", end, { once: true });
    if (signal?.aborted) end();
  });
}

/** Tells whether a value has to be awaited. */
export function isThenable(value: unknown): boolean {
  return typeof value === "object" && value !== null &&
    typeof (value as { then?: unknown }).then === "function";
}

const NEAR_MS = 4;
