/**
 * The inside of a subprocess that answers calls of one function.
 *
 * Shipped by its own text, as `lib/run/guest.ts`. The outside is
 * `remote_process.ts`.
 * @module
 */
import type { ErrorReport, Interval } from "../guest.ts";
import type { openLink as open } from "../link.ts";
import type { ProcessOrder } from "../process/process_guest.ts";
import type { createStructuredText } from "../structured_text.ts";
import type { Guest } from "../worker/worker_guest.ts";
import type { watchCpu } from "../../trace/cpu_guest.ts";
import type { CpuNote } from "./stamps.ts";

/** How a call went. */
export type CallOutcome =
  | { readonly type: "value"; readonly value: unknown }
  | { readonly type: "error"; readonly error: ErrorReport };

/** Where the time of a call went in the child. Units: milliseconds, by its own clock. */
export interface CallTimes {
  /** Reading the arguments. */
  readonly readMs: number;
  /** When the function was called. */
  readonly startMs: number;
  /** When it had settled. */
  readonly endMs: number;
  /** When its code ran. */
  readonly running: readonly Interval[];
  /** From when to when its time on a core was asked, and what it was in between. */
  readonly cpu: CpuNote | null;
  /** Writing the result. */
  readonly writeMs: number;
}

/**
 * Reads the order, loads the function, and answers calls until nobody asks.
 *
 * Each call is a line of arguments; its answer is two reports: the outcome,
 * and then the times, which include the outcome's own writing.
 */
export async function serveCalls(
  guest: Omit<Guest, "readCpuTimes"> & { readonly watchCpu: typeof watchCpu },
  createCoder: typeof createStructuredText,
  openLink: typeof open,
): Promise<void> {
  const { describeError, runJob, watchThread, watchCpu } = guest;
  const cpu = watchCpu();
  const { encode, decode } = createCoder();
  const link = openLink();
  const startWatch = watchThread();
  async function readLine(): Promise<string> {
    const line = await link.readLine();
    if (line !== null) return line;
    // The one who asked is gone. A timer of the function's must not keep us.
    close();
    return await new Promise(() => {});
  }

  const order: ProcessOrder = JSON.parse(await readLine());
  const report = (message: string) => link.write(`${order.marker}${message}\n`);

  function write(outcome: CallOutcome): string {
    try {
      return encode(outcome);
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error);
      const message = `Cannot return result of "${order.name}": ${
        found.replace("Cannot copy value: ", "")
      }`;
      const refused = describeError(new TypeError(message), 0);
      return encode({ type: "error", error: refused });
    }
  }

  const { default: makeTask } = await import(order.module);
  await report("ready");
  for (;;) {
    const line = await readLine();
    const heardMs = performance.now();
    const args = decode(line) as unknown[];
    const readMs = performance.now() - heardMs;
    cpu.begin();
    const { outcome, ...times } = await runJob(makeTask, args, startWatch());
    const onCore = cpu.end(times.endMs, times.running);
    const writingMs = performance.now();
    await report(write(
      outcome.type === "value"
        ? outcome
        : { type: "error", error: describeError(outcome.error, 5) },
    ));
    const writeMs = performance.now() - writingMs;
    await report(encode({ readMs, ...times, cpu: onCore, writeMs }));
  }
}
