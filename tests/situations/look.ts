/**
 * What a user reads of a traced run: its findings, the figure's text, errors.
 * @module
 */
import { DISPLAY } from "../../lib/base/mod.ts";
import { explain } from "../../lib/explain.ts";
import { recordingOf, type TraceOptions } from "../../lib/trace/trace.ts";
import type { Recording, TraceSpan } from "../../lib/base/record/mod.ts";
import { trace } from "../../lib/trace.ts";
import type { Tracer } from "../../lib/trace/tracer.ts";
import type { Said } from "./situation.ts";

/** What was said of a run, and its recording. */
export interface Looked extends Said {
  /** The recording. */
  readonly recording: Recording;
}

/**
 * Traces a function and collects what is said of it, also if it fails.
 *
 * @param fn What is traced.
 * @param options As of `trace()`.
 */
export async function lookAt(
  fn: (t: Tracer) => unknown,
  options: TraceOptions = {},
): Promise<Looked> {
  let recording: Recording | null = null;
  const texts: string[] = [];
  try {
    const run = await trace(fn, options);
    ({ recording } = run);
    texts.push(String((await run[DISPLAY]())["text/plain"]));
  } catch (error) {
    recording = recordingOf(error);
    texts.push((error as Error).message);
  }
  if (recording === null) throw new Error(texts.join("\n"));
  const { findings } = await explain(recording);
  return {
    findings: findings.map(({ rule, sentence }) => ({ rule, sentence })),
    texts,
    recording,
  };
}

/** Gives what is said without the recording, and what was found wrong. */
export function report(
  { findings, texts }: Said,
  wrong: readonly (string | false | null | undefined)[] = [],
): Said {
  return {
    findings,
    texts: texts ?? [],
    wrong: wrong.filter((one): one is string => typeof one === "string"),
  };
}

/**
 * Adds up how long lanes were in some states.
 *
 * @param recording The recording.
 * @param lane Which lanes.
 * @param states Which states.
 */
export function timeOf(
  { spans }: Recording,
  lane: RegExp,
  ...states: readonly TraceSpan["state"][]
): number {
  return spans.filter((span) =>
    lane.test(span.lane) && states.includes(span.state)
  ).reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

/** Sleeps; async. */
export function nap(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Computes for a while; shipped to threads by its text. */
export function spin(ms: number): number {
  const endMs = performance.now() + ms;
  let turns = 0;
  while (performance.now() < endMs) turns++;
  return turns;
}

/** Sleeps in a call, which no other code of the thread can use; shipped by its text. */
export function sleepInCall(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
