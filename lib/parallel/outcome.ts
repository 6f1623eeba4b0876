/**
 * What comes back from a Worker or subprocess: errors and spans, made ours.
 *
 * Pure. The other side of `guest.ts`, which turned them into plain values.
 * @module
 */

import type { Span } from "../trace/span.ts";
import type { ErrorReport, JobReport } from "./guest.ts";

/**
 * Makes an error of what was told of one elsewhere.
 *
 * @param report What `describeError()` gave there.
 * @returns An error of the same standard class, or an `Error` of the same name; its stack is the
 * one from there.
 */
export function reviveError(report: ErrorReport): Error {
  const options = report.cause ? { cause: reviveError(report.cause) } : {};
  const StandardError = STANDARD_ERRORS.find(({ name }) =>
    name === report.name
  );
  const error = new (StandardError ?? Error)(report.message, options);
  if (!StandardError) {
    Object.defineProperty(error, "name", { value: report.name });
  }
  if (report.stack) {
    Object.defineProperty(error, "stack", { value: report.stack });
  }
  return error;
}

/**
 * Turns a job's report into spans that follow each other without a gap.
 *
 * Units: milliseconds, moved by `toOwnMs` onto the clock of the recorder.
 *
 * @param report How the job went, on the clock of where it ran.
 * @param lane Lane, kind and label of the spans.
 * @param toOwnMs Moves a time from that clock onto ours.
 * @returns Spans that are running and waiting by turns, from the call to the end.
 */
export function toSpans(
  report: Pick<JobReport, "startMs" | "endMs" | "running">,
  lane: Pick<Span, "lane" | "kind" | "label">,
  toOwnMs: (foreignMs: number) => number = (ms) => ms,
): Span[] {
  const spans: Span[] = [];
  const add = (state: Span["state"], startMs: number, endMs: number) => {
    if (endMs > startMs) {
      spans.push({
        ...lane,
        state,
        startMs: toOwnMs(startMs),
        endMs: toOwnMs(endMs),
      });
    }
  };
  let reachedMs = report.startMs;
  for (const [startMs, endMs] of report.running) {
    add("waiting", reachedMs, startMs);
    add("running", Math.max(reachedMs, startMs), endMs);
    reachedMs = Math.max(reachedMs, endMs);
  }
  add("waiting", reachedMs, report.endMs);
  return spans;
}

const STANDARD_ERRORS: readonly ErrorConstructor[] = [
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
];
