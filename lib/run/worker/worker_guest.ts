/**
 * The inside of a Worker that runs one job.
 *
 * Shipped by its own text, see `guest.ts`. The outside is `worker.ts`.
 * @module
 */

import type {
  describeError,
  ErrorReport,
  Interval,
  MakeTask,
  runJob,
  watchThread,
} from "../guest.ts";
import type { CpuTimes, readCpuTimes } from "../../trace/mod.ts";

/** What a Worker tells: once, when it is done. Units: milliseconds of its own clock. */
export interface WorkerReport {
  /** The job's value, or what it threw. */
  readonly outcome:
    | { readonly type: "value"; readonly value: unknown }
    | { readonly type: "error"; readonly error: ErrorReport };
  /** `performance.timeOrigin` there. */
  readonly originMs: number;
  /** When its code was loaded. */
  readonly loadedMs: number;
  /** When the arguments had arrived. */
  readonly receivedMs: number;
  /** When the job was called. */
  readonly startMs: number;
  /** When the job had settled. */
  readonly endMs: number;
  /** When the job's code ran. */
  readonly running: readonly Interval[];
  /** Times on cores before it was called, and after it had settled; absent if it did not end. */
  readonly onCore?: readonly [before: CpuTimes, after: CpuTimes];
}

/** The functions that come with it, as it can import nothing. */
export interface Guest {
  readonly describeError: typeof describeError;
  readonly runJob: typeof runJob;
  readonly watchThread: typeof watchThread;
  readonly readCpuTimes: typeof readCpuTimes;
}

/** Waits for arguments, runs the job, and posts the report. */
export function serveWorker(
  guest: Guest,
  makeTask: MakeTask,
  name: string,
): void {
  const scope = globalThis as unknown as {
    postMessage(message: unknown): void;
    close(): void;
    addEventListener(
      type: "message",
      listener: (event: MessageEvent) => void,
    ): void;
  };
  const { describeError, runJob, watchThread, readCpuTimes } = guest;
  const post = scope.postMessage.bind(scope);
  const loadedMs = performance.now();
  const base = { originMs: performance.timeOrigin, loadedMs };

  // A Worker that closes itself ends without an event: it has to be told before.
  const close = scope.close.bind(scope);
  const leave = () => {
    const nowMs = performance.now();
    const message =
      `Cannot finish "${name}": it closed its Worker, expected a return`;
    const outcome = { type: "error", error: { name: "Error", message } };
    post({
      ...base,
      outcome,
      receivedMs: nowMs,
      startMs: nowMs,
      endMs: nowMs,
      running: [],
    });
    close();
  };
  scope.close = leave;
  // Node has no `Deno`.
  const runtime = (globalThis as { readonly Deno?: object }).Deno ?? {};
  Object.defineProperty(runtime, "exit", { value: leave, configurable: true });

  scope.addEventListener("message", async ({ data }) => {
    const receivedMs = performance.now();
    const before = readCpuTimes();
    const { outcome, ...times } = await runJob(
      makeTask,
      data as unknown[],
      watchThread()(),
    );
    const onCore = [before, readCpuTimes()] as const;
    const report = { ...base, receivedMs, ...times, onCore };
    const fail = (error: unknown) =>
      post({
        ...report,
        outcome: { type: "error", error: describeError(error, 5) },
      });
    if (outcome.type === "error") return fail(outcome.error);
    try {
      post({ ...report, outcome });
    } catch (error) {
      // The value cannot be copied: a function, say.
      const found = error instanceof Error ? error.message : String(error);
      fail(
        new TypeError(
          `Cannot return result of "${name}": ${found}, expected plain values`,
        ),
      );
    }
  });
}
