/**
 * What `measure()` does, loaded when it is first called.
 *
 * What it is called with is described in `measure.ts`; calls are made and timed
 * in `measure_run.ts`.
 * @module
 */

import { systemClock } from "../time/clock.ts";
import { finishStamp, startStamp } from "../time/stamp.ts";
import type { MeasuredWork, MeasureOptions } from "./measure.ts";
import type { Measurement, SingleMeasurement } from "./measurement.ts";
import { type MeasureRequest, runMeasurement } from "./measure_run.ts";

/**
 * Measures one function, or several side by side; see `measure()`.
 *
 * @param work One function, or several by name.
 * @param options How to measure.
 * @returns All that was measured; of one function with its `summary`.
 */
export async function measureWork(
  work: MeasuredWork,
  options: MeasureOptions,
): Promise<Measurement> {
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
  return typeof work === "function" ? addSummary(measurement) : measurement;
}

/** What a single function took, where nobody has to look for it. */
function addSummary(measurement: Measurement): SingleMeasurement {
  return { ...measurement, summary: measurement.results[0]!.summary };
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
