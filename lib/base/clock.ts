/**
 * Where time comes from: the one clock that everything measured here is on.
 *
 * Reads the system's monotonic clock. Nothing else in `lib/` names a clock;
 * what is done with the readings is in `stats.ts` and `lib/trace/`.
 * @module
 */

export interface Clock {
  /** Tells the time now, in milliseconds since some fixed moment. */
  now(): number;
}

/**
 * Tells the time by `performance.now()`.
 *
 * Units: milliseconds since this isolate started; the step is 80 ns here.
 */
export const systemClock: Clock = { now: () => performance.now() };

/**
 * Moves a reading of another isolate of this process onto this isolate's clock.
 *
 * Workers count from their own start, but on the same hardware clock: the two
 * agree to less than 0.1 µs, so no handshake is needed. A subprocess is another
 * matter, see `timed_messages.ts` in `lib/run/pool/`.
 *
 * Units: milliseconds.
 */
export function toOwnClockMs(
  foreignMs: number,
  foreignOriginMs: number,
): number {
  return foreignMs + (foreignOriginMs - performance.timeOrigin);
}
