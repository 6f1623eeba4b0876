/**
 * The tap: where pools, locks and channels report what they do, while a trace
 * is running and at no cost while none is.
 *
 * One trace at a time; a nested one is part of the outer one. Whoever reports
 * asks `currentTap()` each time and does nothing when it is `null`.
 * @module
 */
import type { CpuReading } from "./core_share.ts";
import type { Lane, Link, Mark, TraceSpan } from "./recording.ts";

/** Takes reports. Units: milliseconds of `performance.now()` of the main thread. */
export interface Tap {
  /** Takes a lane; the same one again is harmless. */
  lane(lane: Lane): void;
  span(span: TraceSpan): void;
  link(link: Link): void;
  mark(mark: Mark): void;
  /** Takes the value that a counter has from now on. */
  count(name: string, unit: string, atMs: number, value: number): void;
  /** Takes a count of how long a lane's thread was on a core. */
  cpu?(reading: CpuReading): void;
  /** Hears that a thread has been given jobs of a name; of `null` that it has done them. */
  busy?(lane: string, name: string | null): void;
  /** Tells whose code runs now on this thread: a task's lane, or `main`; absent if unknown. */
  here?(): string | undefined;
  /** Calls what belongs to nobody's code, such as what starts a timer of ours. */
  outside?<R>(fn: () => R): R;
}

let current: Tap | null = null;

/** The tap of the running trace; `null` when there is none. */
export function currentTap(): Tap | null {
  return current;
}

export function openTap(tap: Tap): Disposable {
  if (current !== null) {
    throw new Error("Cannot open tap: a trace is running, expected none");
  }
  current = tap;
  return { [Symbol.dispose]: () => void (current = null) };
}

/** The option of Workers that report by themselves; under it a watched `Deno.Command` has the true one. */
export const UNWATCHED: unique symbol = Symbol.for("Skein.unwatched");
