/**
 * Runs a function and records who ran, who waited, and for what; also if it fails.
 *
 * Sources are opened and joined in `trace_run.ts`; how a run is shown and
 * written to files is in `lib/trace.ts`.
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import { checkTrace } from "./checks.ts";
import type { Recording } from "../base/record/mod.ts";
import type { TraceRun } from "./trace_run.ts";
import type { Tracer } from "./tracer.ts";

/** How a run is traced. */
export interface TraceOptions {
  /**
   * Heading of figures.
   * @default the function's name, if it has one
   */
  readonly title?: string;
  /**
   * Whether a Worker samples which thread is on which core: Linux only, and
   * under --allow-all; elsewhere the recording says that it is missing.
   * @default true
   */
  readonly cores?: boolean;
  /**
   * Whether the main thread's code is sampled every 5 ms, so that it is known
   * which function and line held the event loop, and not only which task: under
   * --allow-sys or --allow-all, and until the first Worker is made. A Worker of
   * `node:worker_threads` hears messages half a second late meanwhile.
   * @default false
   */
  readonly lines?: boolean;
  /**
   * Whether it is noted what ran in each turn of the event loop: timers,
   * completions, promises, microtasks and `nextTick`, in their true order. Each
   * promise then costs about 10 µs; for small programs.
   * @default false
   */
  readonly turns?: boolean;
  /**
   * Pause between two samples of cores, in milliseconds; at least 1.
   * @default 5
   */
  readonly sampleMs?: number;
  /**
   * How long the run may take, in milliseconds. Then it is an error, which
   * names the deadlock if locks show one.
   * @default 60000
   */
  readonly timeoutMs?: number;
  /** Ends the trace; the function sees it as `t.signal`. */
  readonly signal?: AbortSignal;
}

/** What a traced run gave. */
export interface Traced<R> {
  /** What the function returned. */
  readonly value: R;
  readonly recording: Recording;
}

/**
 * Runs a function and records it, see `trace()` of `lib/trace.ts`.
 *
 * A failure of the outermost trace is shown before it is thrown.
 */
export async function recordRun<R>(
  fn: (t: Tracer) => R | Promise<R>,
  options: TraceOptions,
  showFailure: (recording: Recording) => Promise<void>,
): Promise<Traced<R>> {
  checkTrace(fn, options);
  const { sampleMs = 5, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const title = options.title ?? (fn.name || "trace");
  // Before anything is awaited: afterwards, the stack says no more who called.
  const site = new Error("Called here");
  const outer = await active;
  if (outer) return await traceWithin(outer, fn, title);

  const over = new AbortController();
  const signal = options.signal
    ? AbortSignal.any([options.signal, over.signal])
    : over.signal;
  const { cores = true, lines = false, turns = false } = options;
  // Set before anything is awaited, so that two at once do not both begin.
  active = import("./trace_run.ts").then(({ startTraceRun }) =>
    startTraceRun({ title, cores, lines, turns, site, sampleMs, signal })
  );
  let run: TraceRun;
  try {
    run = await active;
  } catch (error) {
    active = null;
    throw error;
  }
  const timer = setTimeout(() => over.abort(), timeoutMs);
  let outcome: Settled<R> | undefined;
  let recording: Recording;
  try {
    outcome = await settle(run, fn, signal);
    if (outcome.type === "aborted") {
      outcome = { type: "error", error: await explain(run, options, title) };
    }
  } finally {
    clearTimeout(timer);
    active = null;
    recording = await run.finish(outcome?.type === "value");
  }
  if (outcome.type === "value") return { value: outcome.value, recording };
  attachRecording(outcome.error, recording);
  await showFailure(recording);
  throw outcome.error;
}

type Outcome<R> =
  | { readonly type: "value"; readonly value: R }
  | { readonly type: "error"; readonly error: unknown };

type Settled<R> = Outcome<R> | { readonly type: "aborted" };

async function settle<R>(
  run: TraceRun,
  fn: (t: Tracer) => R | Promise<R>,
  signal: AbortSignal,
): Promise<Settled<R>> {
  const { promise, resolve } = Promise.withResolvers<Settled<R>>();
  const abort = () => resolve({ type: "aborted" });
  signal.addEventListener("abort", abort, { once: true });
  const called = run.start(() => Promise.try(() => fn(run.tracer)));
  called.then(
    (value) => resolve({ type: "value", value }),
    (error: unknown) => resolve({ type: "error", error }),
  );
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

async function explain(
  run: TraceRun,
  { signal, timeoutMs = DEFAULT_TIMEOUT_MS }: TraceOptions,
  title: string,
): Promise<unknown> {
  const circle = await run.findDeadlock();
  const stuck = await run.findStuck();
  if (circle !== null) {
    const { describeCircle } = await import("../sync/mod.ts");
    const found = describeCircle(circle);
    return new UnfinishedRunError(
      `Cannot finish trace "${title}": ${found}`,
      circle,
    );
  }
  if (signal?.aborted) return signal.reason;
  const { describeStuck } = await import("./facts/stuck.ts");
  return new UnfinishedRunError(
    `Cannot finish trace "${title}": still running after ` +
      `${formatDuration(timeoutMs)} (timeoutMs); ${describeStuck(stuck)}`,
    null,
  );
}

/** A trace within a trace: a span of the outer one, and that part of its recording. */
async function traceWithin<R>(
  outer: TraceRun,
  fn: (t: Tracer) => R | Promise<R>,
  title: string,
): Promise<Traced<R>> {
  const startMs = performance.now();
  const cut = () => outer.cut(title, startMs, performance.now());
  try {
    const value = await outer.tracer.span(
      title,
      () => Promise.try(() => fn(outer.tracer)),
    );
    return { value, recording: await cut() };
  } catch (error) {
    attachRecording(error, await cut());
    throw error;
  }
}

let active: Promise<TraceRun> | null = null;

const DEFAULT_TIMEOUT_MS = 60_000;

/** What is thrown when a traced run does not end in time. */
export class UnfinishedRunError extends Error {
  /** Lanes and locks in turn, as `findDeadlock()` gives them; `null` if locks show no circle. */
  readonly deadlock: readonly string[] | null;

  /**
   * Makes the error.
   *
   * @param message What was found.
   * @param deadlock The circle of waiting; `null` if there is none.
   */
  constructor(message: string, deadlock: readonly string[] | null) {
    super(message);
    this.name = "UnfinishedRunError";
    this.deadlock = deadlock;
  }
}

/**
 * Gives what was recorded until a traced run failed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { trace } from "../trace.ts";
 * const error = await trace(() => {
 *   throw new RangeError("too far");
 * }).catch((error) => error);
 * assert.ok(error instanceof RangeError);
 * assert.ok(recordingOf(error)!.durationMs >= 0);
 * ```
 *
 * @param error What `trace()` threw.
 * @returns The recording; `null` if the error is of something else, or no object was thrown.
 */
export function recordingOf(error: unknown): Recording | null {
  return typeof error === "object" && error !== null
    ? recordings.get(error) ?? null
    : null;
}

export function attachRecording(error: unknown, recording: Recording): void {
  if (typeof error === "object" && error !== null) {
    recordings.set(error, recording);
  }
}

// Beside the error, not in it: it may be frozen, and printing it stays short.
const recordings = new WeakMap<object, Recording>();
