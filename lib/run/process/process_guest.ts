/**
 * The inside of a subprocess that runs one job.
 *
 * Shipped by its own text, see `guest.ts`. The outside is `process.ts`.
 * @module
 */

import type { ErrorReport, Interval } from "../guest.ts";
import type { openLink as open } from "../link.ts";
import type { createStructuredText } from "../structured_text.ts";
import type { CpuTimes } from "../../trace/cpu_guest.ts";
import type { Guest } from "../worker/worker_guest.ts";

/** First line to the child. */
export interface ProcessOrder {
  /** What the child puts before its reports. */
  readonly marker: string;
  /** Address of the module that makes the task's function. */
  readonly module: string;
  /** What errors call the task. */
  readonly name: string;
}

/** A child's first report. Units: milliseconds of `performance.now()` in the child. */
export interface ReadyReport {
  /** When it was written: the task's code is loaded. */
  readonly sentMs: number;
}

/** A child's second and last report. Units: as above. */
export interface DoneReport {
  /** The job's value, or what it threw. */
  readonly outcome:
    | { readonly type: "value"; readonly value: unknown }
    | { readonly type: "error"; readonly error: ErrorReport };
  /** When the empty line before the arguments had arrived. */
  readonly askedMs: number;
  /** When the job was called. */
  readonly startMs: number;
  /** When the job had settled. */
  readonly endMs: number;
  /** When the job's code ran. */
  readonly running: readonly Interval[];
  /** Times on cores before it was called, and after it had settled. */
  readonly onCore: readonly [before: CpuTimes, after: CpuTimes];
  /** When this report was written. */
  readonly sentMs: number;
}

/** Reads order and arguments, runs the job, and reports. */
export async function serveProcess(
  guest: Guest,
  createCoder: typeof createStructuredText,
  openLink: typeof open,
): Promise<void> {
  const { describeError, runJob, watchThread, readCpuTimes } = guest;
  const { encode, decode } = createCoder();
  const link = openLink();
  async function readLine(): Promise<string> {
    const line = await link.readLine();
    // The one who asked is gone: nobody waits for an answer.
    if (line === null) Deno.exit(1);
    return line;
  }

  const order: ProcessOrder = JSON.parse(await readLine());
  const report = (message: unknown) =>
    link.write(`${order.marker}${encode(message)}\n`);

  const { default: makeTask } = await import(order.module);
  await report({ sentMs: performance.now() });
  await readLine();
  const askedMs = performance.now();
  const args = decode(await readLine()) as unknown[];
  const before = readCpuTimes();
  const { outcome, ...times } = await runJob(makeTask, args, watchThread()());
  const onCore = [before, readCpuTimes()] as const;
  const send = (outcome: unknown) =>
    report({ outcome, askedMs, ...times, onCore, sentMs: performance.now() });
  if (outcome.type === "error") {
    return await send({
      type: "error",
      error: describeError(outcome.error, 5),
    });
  }
  try {
    await send(outcome);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const message = `Cannot return result of "${order.name}": ${found}`;
    await send({
      type: "error",
      error: describeError(new TypeError(message), 0),
    });
  }
}
