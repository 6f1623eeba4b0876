/**
 * What `measure()` does, loaded when it is first called.
 *
 * What it is called with is described in `measure.ts`; calls are made and timed
 * in `measure_run.ts`.
 * @module
 */

import { finishStamp, startStamp } from "../../base/stamp/mod.ts";
import {
  checkFunction,
  checkNumber,
  checkOptions,
  checkText,
  checkWhole,
  refuse,
  systemClock,
  TIMER_MS,
} from "../../base/mod.ts";
import { checkTiming, MOST_SAMPLES } from "../round_checks.ts";
import type { MeasuredWork, MeasureOptions } from "./measure.ts";
import type { Measurement, SingleMeasurement } from "./result.ts";
import { type MeasureRequest, runMeasurement } from "./run.ts";

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
  checkMeasured(work);
  checkMeasureOptions(options);
  const functions = typeof work === "function"
    ? [[work.name || nameCall(work), work] as const]
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
  using deadline = startDeadline(request, options.signal);
  const measurement = await runMeasurement(
    { ...request, signal: deadline.signal, isOver: deadline.isOver },
    { clock: systemClock, startStamp, finishStamp, yieldThread },
  );
  return typeof work === "function" ? addSummary(measurement) : measurement;
}

/** Names a function that has no name by what it calls, if that is all it does. */
function nameCall(work: () => unknown): string {
  const [, call] = ONE_CALL.exec(String(work)) ?? [];
  return call !== undefined && call.length <= MAX_NAME ? call : "function";
}

/** What a single function took, where nobody has to look for it. */
function addSummary(measurement: Measurement): SingleMeasurement {
  return { ...measurement, summary: measurement.results[0]!.summary };
}

function checkMeasured(work: MeasuredWork): void {
  if (typeof work === "function") return;
  const expected = "a function, or an object of functions";
  if (typeof work !== "object" || work === null || Array.isArray(work)) {
    throw new TypeError(refuse([WHAT, "work"], work, expected));
  }
  const functions = Object.entries(work);
  if (functions.length === 0) {
    throw new RangeError(
      `Cannot ${WHAT}: work has no functions, expected one or more`,
    );
  }
  for (const [name, fn] of functions) checkFunction([WHAT, `"${name}"`], fn);
}

function checkMeasureOptions(options: MeasureOptions): void {
  checkOptions(WHAT, options, NAMES);
  const { samples = 1, precision = 0, title = "", signal } = options;
  checkWhole([WHAT, "samples"], samples, { least: 1, most: MOST_SAMPLES });
  checkNumber([WHAT, "precision"], precision, { least: 0 });
  checkText([WHAT, "title"], title);
  checkTiming(WHAT, options);
  signal?.throwIfAborted();
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
  }, Math.min(maxMs + GRACE_MS, TIMER_MS.most));
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
const ONE_CALL = /^(?:async )?\(\) *=> *(?:await )?([\w.]+\([^(){}]*\))$/;
const MAX_NAME = 40;
const WHAT = "measure";
const NAMES = ["samples", "precision", "maxMs", "signal", "title", "seed"];
