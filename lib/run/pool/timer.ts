/**
 * Timers for limits of time, which may be longer than timers are.
 * @module
 */

/**
 * Calls back when a limit is reached.
 *
 * @param limitMs Milliseconds; `undefined` and more than 24 days count as no limit.
 * @param act What is called.
 * @returns What `clearTimeout()` takes; `undefined` without a limit.
 */
export function startTimer(
  limitMs: number | undefined,
  act: () => void,
): ReturnType<typeof setTimeout> | undefined {
  // Told to wait longer, timers do not wait at all.
  if (limitMs === undefined || limitMs > MAX_TIMER_MS) return undefined;
  return setTimeout(act, limitMs);
}

const MAX_TIMER_MS = 2 ** 31 - 1;
