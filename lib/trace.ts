/**
 * `trace`: runs a function, records who ran, who waited, and for what, and shows it.
 *
 * Recording is in `lib/trace/`, the picture in `lib/plot/figures/recording.ts`.
 * @module
 */
import {
  checkName,
  DISPLAY,
  display,
  type Displayable,
  SHOWN,
} from "./base/mod.ts";
import type { Recording } from "./base/record/mod.ts";
import { system } from "./platform/system.ts";
import { recordRun, type TraceOptions } from "./trace/trace.ts";
import type { Tracer } from "./trace/tracer.ts";

/**
 * What a traced run gave; a notebook shows it as a figure.
 *
 * @typeParam R What the function returned, awaited.
 */
export interface TracedRun<R> extends Displayable {
  /** What the function returned. */
  readonly value: R;
  /** All that was found. */
  readonly recording: Recording;
  /** Writes the recording as JSON that Perfetto and Chrome open. */
  chromeTrace(): Promise<string>;
  /** Writes that JSON to a file; needs permission to write it. */
  saveTrace(path: string | URL): Promise<void>;
}

/**
 * Runs a function and records what happens on the main thread, in its tasks, in
 * Workers, subprocesses, pools and locks, and on the cores.
 *
 * While it runs, the global `Worker` and `Deno.Command` with its shorthands are
 * replaced by ones that report; afterwards, also after an error, they are the
 * old ones again. A trace within a trace is a part of the outer one.
 *
 * Units: milliseconds on one clock, `performance.now()` of the main thread.
 * Moments of code are exact; what comes from sampling says so.
 *
 * If the function throws, `trace` throws the same, a notebook shows the figure
 * all the same, and `recordingOf(error)` gives the recording.
 *
 * @example Two tasks that wait at the same time
 * ```ts
 * import assert from "node:assert/strict";
 * const run = await trace(async (t) => {
 *   const sleep = () => new Promise((resolve) => setTimeout(resolve, 5));
 *   await Promise.all([t.task("tea", sleep), t.task("toast", sleep)]);
 *   return "breakfast";
 * }, { cores: false });
 * assert.equal(run.value, "breakfast");
 * assert.deepEqual(run.recording.lanes.map(({ id }) => id), ["main", "tea", "toast"]);
 * ```
 *
 * @typeParam R What the function returns, awaited.
 * @param fn What is traced.
 * @param options Heading, sampling, time limit.
 * @returns The value and the recording.
 * @throws {UnfinishedRunError} If it is not done in time; what it started may run on.
 * @throws {TypeError} If something has the wrong type, or there is no such option.
 * @throws {RangeError} If an option is out of range.
 */
export async function trace<R>(
  fn: (t: Tracer) => R | Promise<R>,
  options: TraceOptions = {},
): Promise<TracedRun<R>> {
  const { value, recording } = await recordRun(fn, options, async (found) => {
    if (isInNotebook()) await display(await show(found));
  });
  return toTracedRun(value, recording);
}

function toTracedRun<R>(value: R, recording: Recording): TracedRun<R> {
  const chromeTrace = async () => {
    const { toChromeTrace } = await import("./trace/chrome_trace.ts");
    return toChromeTrace(recording);
  };
  const methods = {
    [DISPLAY]: async () => await (await show(recording))[DISPLAY](),
    [SHOWN]: async () => await show(recording),
    chromeTrace,
    saveTrace: async (path: string | URL) => {
      if (!(path instanceof URL)) checkName(["save trace", "path"], path);
      await system().writeTextFile(path, await chromeTrace());
    },
  };
  // Hidden from the console, which should print what was found only.
  for (const key of Reflect.ownKeys(methods)) {
    Object.defineProperty(methods, key, { enumerable: false });
  }
  return Object.assign(methods, { value, recording });
}

async function show(recording: Recording): Promise<Displayable> {
  const { recordingFigure } = await import("./plot/figures/recording.ts");
  return recordingFigure(recording);
}

function isInNotebook(): boolean {
  try {
    return Deno.jupyter !== undefined;
  } catch {
    // The getter throws where no notebook host is, which is the answer.
    return false;
  }
}
