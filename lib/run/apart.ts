/**
 * One job in a Web Worker or process of its own, made for it and ended with it:
 * what `compare()` measures.
 * @module
 */
import type { Recorder } from "../trace/mod.ts";
import type { Span } from "../base/record/mod.ts";
import type { TaskText } from "./here/main_thread.ts";
import { countOnCore, toSpans } from "./outcome.ts";
import { toCode } from "./pool/code.ts";
import { Job, type JobReport } from "./pool/job.ts";
import type { JobMoments } from "./pool/stamps.ts";
import { ThreadPool } from "./pool/thread_pool.ts";

export interface RemoteJobOptions {
  /** Ends the job; its promise then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  readonly recorder: Recorder;
  /** Which job it is, counted from 1: names lane and label. */
  readonly number: number;
}

/**
 * Runs one job in a Web Worker of its own.
 *
 * Spans: `starting` from asking for it until its code is loaded, `messaging`
 * while arguments and result are on their way, else `running` and `waiting`.
 * `Worker.terminate()` does not stop code that computes without end: such a
 * thread runs on after an abort, though nobody waits for it.
 */
export function runInWorker<R>(
  task: TaskText,
  args: readonly unknown[],
  options: RemoteJobOptions,
): Promise<R> {
  return runApart("worker", [task, args], options);
}

/** Runs one job in a process of its own; spans as of `runInWorker()`. */
export function runInProcess<R>(
  task: TaskText,
  args: readonly unknown[],
  options: RemoteJobOptions,
): Promise<R> {
  return runApart("process", [task, args], options);
}

async function runApart<R>(
  kind: "worker" | "process",
  [task, args]: readonly [TaskText, readonly unknown[]],
  { signal, recorder, number }: RemoteJobOptions,
): Promise<R> {
  signal.throwIfAborted();
  const askedMs = recorder.nowMs();
  const name = kind === "process" ? "its process" : `${task.name} ${number}`;
  const limits = { size: 1, maxQueue: 1, memoryMb: 0, batchMs: 0 };
  await using threads = new ThreadPool({ kind, name, signal, ...limits });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const job = new Job(toCode(task), args, { signal }, true, resolve, reject);
  job.isWatched = true;
  threads.add(job);
  try {
    return (await promise as JobReport<R>).value;
  } finally {
    const lane = { lane: `${kind} ${number}`, kind, label: `job ${number}` };
    if (job.moments !== null) record(job.moments, lane, recorder, askedMs);
  }
}

function record(
  moments: JobMoments,
  lane: Pick<Span, "lane" | "kind" | "label">,
  recorder: Recorder,
  askedMs: number,
): void {
  const { readyMs, sentMs, startMs, endMs, cpu } = moments;
  const add = (state: Span["state"], startMs: number, endMs: number) => {
    if (endMs > startMs) recorder.add({ ...lane, state, startMs, endMs });
  };
  const running = moments.running ?? [[startMs, endMs]];
  const onCore = countOnCore(cpu, lane.kind === "process");
  add("starting", askedMs, readyMs);
  // What was sent before it could listen waited for that: it was starting.
  add("messaging", Math.max(readyMs, sentMs), startMs);
  for (const span of toSpans({ startMs, endMs, running, onCore }, lane)) {
    recorder.add(span);
  }
  add("messaging", endMs, recorder.nowMs());
}
