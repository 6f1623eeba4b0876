/**
 * Runs jobs in Web Workers: one Worker a job, made for it and ended with it.
 *
 * What runs inside is in `worker_guest.ts`; subprocesses are in `process.ts`.
 *
 * `Worker.terminate()` does not stop code that computes without end (Deno 2.7
 * to 2.9.6): such a thread runs on after an abort, though nobody waits for it.
 * A Worker that awaits something ends at once.
 * @module
 */

import { openWorker } from "../../platform/mod.ts";
import { readCpuTimes, type Recorder } from "../../trace/mod.ts";
import { toOwnClockMs } from "../../base/mod.ts";
import type { Span } from "../../base/record/mod.ts";
import { describeError, runJob, watchThread } from "../guest.ts";
import { type TaskText, toModuleAddress } from "../here/main_thread.ts";
import { countOnCore, reviveError, toSpans } from "../outcome.ts";
import { serveWorker, type WorkerReport } from "./worker_guest.ts";

/** What a job in another isolate is run with. */
export interface RemoteJobOptions {
  /** Ends the job; its promise then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  readonly recorder: Recorder;
  /** Which job it is, counted from 1: names lane and label. */
  readonly number: number;
}

/**
 * Runs one job in a Worker of its own.
 *
 * Spans: `starting` from asking for the Worker until its code is loaded,
 * `messaging` while arguments and result are on their way, else `running` and
 * `waiting`. The Worker has the same permissions as its maker.
 */
export async function runInWorker<R>(
  task: TaskText,
  args: readonly unknown[],
  options: RemoteJobOptions,
): Promise<R> {
  const { signal, recorder, number } = options;
  signal.throwIfAborted();
  const lane = {
    lane: `worker ${number}`,
    kind: "worker",
    label: `job ${number}`,
  } as const;
  const askedMs = recorder.nowMs();
  const worker = openWorker(
    toModuleAddress(writeWorker(task)),
    `${task.name} ${number}`,
  );
  const { promise, resolve, reject } = Promise.withResolvers<WorkerReport>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  worker.addEventListener("message", (event) => resolve(event.data));
  worker.addEventListener(
    "messageerror",
    () => reject(endedEarly(task, "its result is unreadable")),
  );
  worker.addEventListener("error", (event) => {
    // Otherwise the error would end this process too.
    event.preventDefault();
    reject(endedEarly(task, event.message));
  });
  try {
    const sentMs = recorder.nowMs();
    worker.postMessage(args);
    const report = await promise;
    recordWorker(report, { recorder, lane, askedMs, sentMs });
    if (report.outcome.type === "error") {
      throw reviveError(report.outcome.error);
    }
    return report.outcome.value as R;
  } finally {
    signal.removeEventListener("abort", abort);
    worker.terminate();
  }
}

interface Recording {
  readonly recorder: Recorder;
  readonly lane: Pick<Span, "lane" | "kind" | "label">;
  readonly askedMs: number;
  readonly sentMs: number;
}

function recordWorker(
  report: WorkerReport,
  { recorder, lane, askedMs, sentMs }: Recording,
): void {
  const toOwnMs = (ms: number) => toOwnClockMs(ms, report.originMs);
  const loadedMs = toOwnMs(report.loadedMs);
  recorder.add({
    ...lane,
    state: "starting",
    startMs: askedMs,
    endMs: loadedMs,
  });
  const add = (startMs: number, endMs: number) => {
    if (endMs > startMs) {
      recorder.add({ ...lane, state: "messaging", startMs, endMs });
    }
  };
  // Arguments posted before the Worker could listen wait there: that is starting.
  add(Math.max(loadedMs, sentMs), toOwnMs(report.startMs));
  const onCore = report.onCore === undefined
    ? null
    : countOnCore(...report.onCore, false);
  for (const span of toSpans({ ...report, onCore }, lane, toOwnMs)) {
    recorder.add(span);
  }
  add(toOwnMs(report.endMs), recorder.nowMs());
}

function writeWorker(task: TaskText): string {
  return `import makeTask from ${JSON.stringify(toModuleAddress(task.source))};
const guest = {
  describeError: ${describeError},
  runJob: ${runJob},
  watchThread: ${watchThread},
  readCpuTimes: ${readCpuTimes},
};
(${serveWorker})(guest, makeTask, ${JSON.stringify(task.name)});
`;
}

function endedEarly(task: TaskText, found: string): Error {
  return new Error(
    `Cannot finish "${task.name}" in a Worker: ${found}, expected a result`,
  );
}
