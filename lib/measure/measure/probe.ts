/**
 * A probe: calls one function a number of times, and tells how long that took.
 *
 * Each probe has a loop of its own text. Loops that share their text share what
 * the engine learned of it, and the function that came first would be inlined
 * while the others are not.
 * @module
 */

import type { Clock } from "../../base/mod.ts";

/** Calls one function. */
export interface Probe {
  readonly name: string;
  /** Whether it has returned a promise so far. */
  readonly isAsync: boolean;
  /** Calls it so often, one after another; gives the milliseconds of all together. */
  take(calls: number): number | Promise<number>;
}

/** Makes a probe; a function that has once returned a promise is awaited from then on. */
export function makeProbe(
  name: string,
  fn: () => unknown,
  clock: Clock,
): Probe {
  const runSync = writeLoop("", "");
  const runAsync = writeLoop("async ", "await ");
  let isAsync = false;
  return {
    name,
    get isAsync() {
      return isAsync;
    },
    take(calls) {
      if (isAsync) return runAsync(fn, calls, clock, SINK) as Promise<number>;
      const startMs = clock.now();
      const tookMs = runSync(fn, calls, clock, SINK) as number;
      if (!isThenable(SINK.value)) return tookMs;
      // Discovered by its first result, so this one call is timed as a whole.
      isAsync = true;
      return (SINK.value as Promise<unknown>).then(() => clock.now() - startMs);
    },
  };
}

type Loop = (
  fn: () => unknown,
  calls: number,
  clock: Clock,
  sink: typeof SINK,
) => number | Promise<number>;

let loops = 0;

function writeLoop(prefix: string, wait: string): Loop {
  // The number makes the text one of its own, so that no loop is taken from a cache.
  const text = `return ${prefix}function (fn, calls, clock, sink) {
    // ${loops++}
    const startMs = clock.now();
    for (let call = 0; call < calls; call++) sink.value = ${wait}fn();
    return clock.now() - startMs;
  };`;
  return new Function(text)() as Loop;
}

function isThenable(value: unknown): boolean {
  return typeof value === "object" && value !== null &&
    typeof (value as { then?: unknown }).then === "function";
}

/**
 * Finds the smallest step of a clock, milliseconds: a duration of few steps is
 * rounding more than measurement. A clock finer than one reading has the cost of
 * a reading as its step.
 */
export function findClockStep(clock: Clock): number {
  let step = Infinity;
  let moves = 0;
  let before = clock.now();
  for (let reads = 0; reads < MAX_READS && moves < MOVES; reads++) {
    const now = clock.now();
    if (now <= before) continue;
    step = Math.min(step, now - before);
    before = now;
    moves++;
  }
  if (moves === 0) {
    throw new RangeError(
      `Cannot find step of clock: it did not move in ${MAX_READS} readings, ` +
        `expected a clock that runs`,
    );
  }
  return step;
}

// Written by every call: a result that nobody could read need not be computed.
const SINK: { value: unknown } = { value: undefined };
const MOVES = 200;
// A clock of 1 ms moves about 20 times meanwhile.
const MAX_READS = 300_000;
