/**
 * Taking one sample: a probe calls a function a number of times and tells how long
 * that took; rules decide when it is warm, long enough for the clock, and enough.
 *
 * Each probe has a loop of its own text. Loops that share their text share what
 * the engine learned of it, and the function that came first would be inlined
 * while the others are not.
 * @module
 */
import type { Clock } from "../../base/mod.ts";
import { median } from "../../base/statistics/mod.ts";
import { isThenable } from "../wait.ts";

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

/** What decides whether there are enough samples. */
export interface SamplingRule {
  /** Exactly how many; `null` for as many as it takes. */
  readonly samples: number | null;
  /** Half the width of the interval of the median, as a part of the median, that is good enough. */
  readonly precision: number;
  /** How long sampling may take, milliseconds. */
  readonly budgetMs: number;
}

/** Tells whether the last calls took as long as those before them. */
export function isWarm(timesMs: readonly number[]): boolean {
  if (timesMs.length < 2 * WINDOW) return false;
  const last = median(timesMs.slice(-WINDOW));
  const before = median(timesMs.slice(-2 * WINDOW, -WINDOW));
  return Math.abs(last - before) <= MAX_CHANGE * before;
}

/** Decides how many calls make a sample that the clock can tell. */
export function chooseCalls(callMs: number, stepMs: number): number {
  if (!(callMs > 0)) return MAX_CALLS;
  if (!isTooShort(callMs, stepMs)) return 1;
  // The tiny part keeps 100.00000001 from becoming 101.
  const calls = Math.ceil(AIMED_STEPS * stepMs / callMs - 1e-6);
  return Math.min(MAX_CALLS, Math.max(1, calls));
}

/** Tells whether a sample is too short for the clock. */
export function isTooShort(sampleMs: number, stepMs: number): boolean {
  return sampleMs < MIN_STEPS * stepMs;
}

/**
 * Estimates how far off the median may be, as a part of it.
 *
 * Source: the interval between two order statistics, with the normal
 * approximation of their ranks. Cheap enough to ask after every sample; what is
 * reported is the bootstrap interval.
 */
export function relativeHalfWidth(samplesMs: readonly number[]): number {
  const count = samplesMs.length;
  if (count < 6) return Infinity;
  const sorted = samplesMs.toSorted((one, other) => one - other);
  const reach = 0.98 * Math.sqrt(count);
  const low = sorted[Math.max(0, Math.floor(count / 2 - reach))]!;
  const high = sorted[Math.min(count - 1, Math.ceil(count / 2 + reach) - 1)]!;
  return (high - low) / 2 / median(sorted);
}

/** Tells whether there are enough samples of all functions. */
export function isEnough(
  samplesMs: readonly (readonly number[])[],
  elapsedMs: number,
  rule: SamplingRule,
): boolean {
  const fewest = Math.min(...samplesMs.map(({ length }) => length));
  if (rule.samples !== null) return fewest >= rule.samples;
  if (elapsedMs >= rule.budgetMs) return fewest >= LEAST_SAMPLES;
  if (fewest >= MOST_SAMPLES) return elapsedMs >= MIN_MS;
  // Checked now and then only, as sorting takes time too.
  if (fewest < DEFAULT_SAMPLES || fewest % 5 !== 0) return false;
  return elapsedMs >= MIN_MS &&
    samplesMs.every((own) => relativeHalfWidth(own) <= rule.precision);
}

// Written by every call: a result that nobody could read need not be computed.
const SINK: { value: unknown } = { value: undefined };
const MOVES = 200;
// A clock of 1 ms moves about 20 times meanwhile.
const MAX_READS = 300_000;
const WINDOW = 5;
const MAX_CHANGE = 0.02;
const MIN_STEPS = 1000;
// More than needed, as some calls are quicker than those that were seen.
const AIMED_STEPS = 2000;
const MAX_CALLS = 10_000_000;
const DEFAULT_SAMPLES = 30;
const LEAST_SAMPLES = 5;
const MOST_SAMPLES = 500;
// In less, what other programs used cannot be told: the system counts in 10 ms.
const MIN_MS = 250;
