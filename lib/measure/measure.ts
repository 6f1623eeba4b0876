/**
 * `measure`: how long a function takes, or which of several is faster.
 *
 * Joins the measuring of `measure_run.ts` with the picture in
 * `lib/plot/distribution.ts`, which is loaded when it is first shown.
 * @module
 */

import { DISPLAY, type Displayable, makeDisplayable } from "../display.ts";
import { systemClock } from "../time/clock.ts";
import { finishStamp, startStamp } from "../time/stamp.ts";
import type { Measurement, SingleMeasurement } from "./measurement.ts";
import { type MeasureRequest, runMeasurement } from "./measure_run.ts";

/** How functions are measured. */
export interface MeasureOptions {
  /**
   * Exactly how many samples of each function.
   * @default at least 30, until the median is sure, within 2 s a function
   */
  readonly samples?: number;
  /**
   * Sampling stops when half the 95 % interval of the median is this part of it.
   * @default 0.01
   */
  readonly precision?: number;
  /**
   * How long all of it may take, milliseconds: warm-up, samples, and up to
   * three repetitions when other programs were busy.
   * @default 10000
   */
  readonly maxMs?: number;
  /** Ends measuring: before the next call, or at once where a promise is awaited. */
  readonly signal?: AbortSignal;
  /**
   * Heading of figures.
   * @default the name of the function, or those of several
   */
  readonly title?: string;
  /**
   * Decides the order of calls within each round, and the resampling.
   * @default 1
   */
  readonly seed?: number;
}

/**
 * Measures how long one call of a function takes.
 *
 * First come calls that do not count, until they stop getting faster; then
 * samples, each long enough for the clock, until the median is sure. Nothing is
 * dropped. A function that returns a promise is awaited.
 *
 * Units: milliseconds for one call.
 *
 * @example Sum up a million numbers
 * ```ts
 * import assert from "node:assert/strict";
 * const { summary } = await measure(() => {
 *   let sum = 0;
 *   for (let n = 0; n < 1e5; n++) sum += n;
 *   return sum;
 * }, { samples: 5 });
 * assert.equal(summary.count, 5);
 * assert.ok(summary.medianMs > 0);
 * ```
 *
 * @param fn The function, called without arguments.
 * @param options How to measure.
 * @returns Samples, what they say, and the circumstances; as a cell's value it is a figure.
 * @throws {RangeError} If an option is out of range, or not one sample is done in time.
 */
export function measure(
  fn: () => unknown,
  options?: MeasureOptions,
): Promise<SingleMeasurement & Displayable>;
/**
 * Measures several functions side by side, and compares them with the first.
 *
 * They take turns, in random order within each round, so that a machine that
 * gets slower does so for all.
 *
 * @example Two ways to make a list
 * ```ts
 * import assert from "node:assert/strict";
 * const { results } = await measure({
 *   push: () => { const list = []; for (let n = 0; n < 1000; n++) list.push(n); return list; },
 *   from: () => Array.from({ length: 1000 }, (_, n) => n),
 * }, { samples: 5 });
 * assert.deepEqual(results.map(({ name }) => name), ["push", "from"]);
 * ```
 *
 * @param functions The functions by name.
 * @param options How to measure.
 * @returns Samples, ratios with intervals, and the circumstances; as a cell's value it is a figure.
 * @throws {RangeError} If there is no function, or an option is out of range.
 */
export function measure(
  functions: Readonly<Record<string, () => unknown>>,
  options?: MeasureOptions,
): Promise<Measurement & Displayable>;
export async function measure(
  work: (() => unknown) | Readonly<Record<string, () => unknown>>,
  options: MeasureOptions = {},
): Promise<Measurement & Displayable> {
  const functions = typeof work === "function"
    ? [[work.name || "function", work] as const]
    : Object.entries(work);
  const names = functions.map(([name]) => name);
  const request = {
    title: options.title ?? names.join(", "),
    samples: options.samples ?? null,
    precision: options.precision ?? 0.01,
    maxMs: options.maxMs ?? 10_000,
    seed: options.seed ?? 1,
    budgetMs: BUDGET_MS * functions.length,
    functions,
  };
  checkRequest(request);
  using deadline = startDeadline(request, options.signal);
  const measurement = await runMeasurement(
    { ...request, signal: deadline.signal, isOver: deadline.isOver },
    { clock: systemClock, startStamp, finishStamp, yieldThread },
  );
  const shown = makeDisplayable(async () => {
    const { showDistribution } = await import("../plot/distribution.ts");
    return await showDistribution(measurement)[DISPLAY]();
  });
  const value = typeof work === "function"
    ? { ...measurement, summary: measurement.results[0]!.summary }
    : { ...measurement };
  // Hidden from the console, which should print the figures only.
  return Object.defineProperty(value, DISPLAY, {
    value: shown[DISPLAY],
  }) as Measurement & Displayable;
}

function checkRequest(request: Asked): void {
  const { title, functions, samples, maxMs, precision } = request;
  const refuse = (found: string) => {
    throw new RangeError(`Cannot measure "${title}": ${found}`);
  };
  if (functions.length === 0) {
    refuse("there are no functions, expected at least one");
  }
  const strange = functions.find(([, fn]) => typeof fn !== "function");
  if (strange !== undefined) {
    throw new TypeError(
      `Cannot measure "${title}": "${
        strange[0]
      }" is ${typeof strange[1]}, expected a function`,
    );
  }
  if (samples !== null && !(Number.isInteger(samples) && samples >= 1)) {
    refuse(`${samples} samples asked for, expected a whole number above 0`);
  }
  if (!(maxMs > 0)) refuse(`maxMs is ${maxMs}, expected above 0`);
  if (!(precision >= 0)) {
    refuse(`precision is ${precision}, expected 0 or more`);
  }
}

interface Deadline extends Disposable {
  readonly signal: AbortSignal;
  readonly isOver: () => boolean;
}

/** What was asked for, before there is a deadline. */
type Asked = Omit<MeasureRequest, "signal" | "isOver">;

/** Rings for a promise that does not settle; calls that return are stopped by the clock, before. */
function startDeadline(
  { title, maxMs }: Asked,
  signal: AbortSignal | undefined,
): Deadline {
  const over = new AbortController();
  const timer = setTimeout(() => {
    over.abort(
      new RangeError(
        `Cannot measure "${title}": one call did not end within ${maxMs} ms, expected a shorter call or more time`,
      ),
    );
  }, maxMs + GRACE_MS);
  return {
    signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
    isOver: () => over.signal.aborted && !signal?.aborted,
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

function yieldThread(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

const BUDGET_MS = 2000;
// The last call within the time may end a little after it.
const GRACE_MS = 500;
