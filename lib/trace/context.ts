/**
 * To whom code of the main thread belongs: to `main`, a task, a span of either.
 *
 * Pure: types, and the record of one run. `run_watch.ts` fills segments in,
 * `tracer.ts` contexts and waits; `own_lanes.ts` makes spans of them.
 * @module
 */

/** A function under a name, and all that goes on after its awaits. Units: milliseconds of `performance.now()`. */
export interface Context {
  /** Id of the lane that shows it. */
  readonly lane: string;
  /** The context that it was started in; `null` for the whole run. */
  readonly parent: Context | null;
  /** Name of a span; a lane's first context has none. */
  readonly label?: string;
  /** Where its function was given to the tracer; known of the first ones, and of long ones. */
  site?: Error;
  /** When its function was called. */
  readonly startMs: number;
  /** When its promise settled; infinite while it has not. */
  endMs: number;
}

/** A stretch in which code of one context had the thread. Units: as {@link Context}. */
export interface Segment {
  /** Whose code it was. */
  readonly context: Context;
  /** When it got the thread. */
  readonly startMs: number;
  /** When it gave the thread back. */
  endMs: number;
}

/** A wait whose reason the program told. Units: as {@link Context}. */
export interface NamedWait {
  /** Who waits. */
  readonly context: Context;
  /** For what. */
  readonly reason: string;
  /** Since when. */
  readonly startMs: number;
  /** Until when; infinite while it lasts. */
  endMs: number;
}

/** What happened on the main thread in one run. */
export interface OwnRecord {
  /** In the order of their starts; the first is the whole run. */
  readonly contexts: readonly Context[];
  /** In order, never overlapping: the thread does one thing at a time. */
  readonly segments: readonly Segment[];
  /** In the order of their starts. */
  readonly waits: readonly NamedWait[];
}
