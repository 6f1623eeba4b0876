/**
 * Timers for limits of time, which may be longer than timers are.
 * @module
 */

/** Calls back after `limitMs`; never if that is `undefined` or more than 24 days. */
export function startTimer(
  limitMs: number | undefined,
  act: () => void,
): ReturnType<typeof setTimeout> | undefined {
  // Told to wait longer, timers do not wait at all.
  if (limitMs === undefined || limitMs > MAX_TIMER_MS) return undefined;
  return setTimeout(act, limitMs);
}

const MAX_TIMER_MS = 2 ** 31 - 1;
