/**
 * What watching an event loop, or Python, yields. Pure: types only.
 * @module
 */
import type { Circumstances } from "../scaffold.ts";

/** A time in which the loop could not turn. Units: milliseconds since watching began. */
export interface Cliff {
  /** When the loop last turned in time. */
  readonly startMs: number;
  /** How long it was held. */
  readonly heldMs: number;
  /** Who held it; `null` if that is unknown. */
  readonly holder: string | null;
}

/** An interpreter that was watched. */
export interface WatchedPython {
  /** Its version, such as `3.13.1`. */
  readonly version: string;
  /** Whether a global interpreter lock was on. */
  readonly gil: boolean;
  /** After how long a thread that is ready asks for that lock, milliseconds. */
  readonly intervalMs: number;
}

/** How late the event loop was, or another thread of Python. Units: milliseconds. */
export interface LagReport extends Circumstances<"lag"> {
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
  /** Whether watching ended early, as there was room for no more. */
  readonly isCut?: boolean;
  /** The interpreter, where Python was watched. */
  readonly python?: WatchedPython;
}
