/**
 * What watching the event loop yields: how late things were, and when.
 *
 * Pure: types only. `lag.ts` watches, `lag_ticks.ts` works the numbers out.
 * @module
 */

import type { HonestyStamp } from "../../base/stamp/mod.ts";

/** A time in which the loop could not turn. Units: milliseconds since watching began. */
export interface Cliff {
  /** When the loop last turned in time. */
  readonly startMs: number;
  /** How long it was held. */
  readonly heldMs: number;
  /** Who held it; `null` if that is unknown. */
  readonly holder: string | null;
}

/** How late the event loop was. Units: milliseconds. */
export interface LagReport {
  /** Heading. */
  readonly title: string;
  /** How long the loop was watched. */
  readonly durationMs: number;
  /** How many times the watching timer rang. */
  readonly ticks: number;
  /** What the timer takes on a free loop; subtracted from all that follows. */
  readonly floorMs: number;
  /** Whether the floor is the usual one, as the loop was never free long enough to measure it. */
  readonly floorIsAssumed: boolean;
  /** Half of all moments: what becomes due then waits no longer than this. */
  readonly p50Ms: number;
  /** 99 of 100 moments. */
  readonly p99Ms: number;
  /** The longest wait. */
  readonly maxMs: number;
  /** Part of the time in which the loop was held, 0 to 1. */
  readonly heldShare: number;
  /** The longest holds, in the order of time. */
  readonly cliffs: readonly Cliff[];
  /** When each delay began and how long it was, in the order of time; tiny ones are left out. */
  readonly delays: readonly (readonly [startMs: number, heldMs: number])[];
  /** The circumstances. */
  readonly stamp: HonestyStamp;
  /** Short sentences with measured numbers. */
  readonly findings: readonly string[];
}
