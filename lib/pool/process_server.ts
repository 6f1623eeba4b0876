/**
 * The inside of a subprocess that answers calls of one function.
 *
 * Shipped by its own text, as `lib/parallel/guest.ts`. The outside is
 * `remote_process.ts`.
 * @module
 */
import type { ErrorReport, Interval } from "../parallel/guest.ts";
import type { ProcessOrder } from "../parallel/process_guest.ts";
import type { createStructuredText } from "../parallel/structured_text.ts";
import type { Guest } from "../parallel/worker_guest.ts";
import type { watchCpu } from "../trace/cpu_guest.ts";
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
 *
 * @param guest What it needs.
 * @param createCoder Makes the coder of arguments and reports.
 */
export async function serveCalls(
  guest: Omit<Guest, "readCpuTimes"> & { readonly watchCpu: typeof watchCpu },
  createCoder: typeof createStructuredText,
): Promise<void> {
  const { describeError, runJob, watchThread, watchCpu } = guest;
  const cpu = watchCpu();
  const { encode, decode } = createCoder();
  const chunks = Deno.stdin.readable.pipeThrough(new TextDecoderStream())
    .getReader();
  const startWatch = watchThread();
  const parts: string[] = [];

  async function readLine(): Promise<string> {
    // In parts, as a long line comes in many chunks.
    for (;;) {
      const last = parts.at(-1) ?? "";
      const end = last.indexOf("\n");
      if (end !== -1) {
        const line = parts.slice(0, -1).join("") + last.slice(0, end);
        parts.splice(0, parts.length, last.slice(end + 1));
        return line;
      }
      const { done, value } = await chunks.read();
      if (done) {
        // The one who asked is gone. A timer of the function's must not keep us.
        close();
        return await new Promise(() => {});
      }
      parts.push(value);
    }
  }

  const order: ProcessOrder = JSON.parse(await readLine());
  function report(message: string): void {
    let bytes = new TextEncoder().encode(`${order.marker}${message}\n`);
    while (bytes.length > 0) {
      bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
    }
  }

  function write(outcome: CallOutcome): string {
    try {
      return encode(outcome);
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error);
      const message = `Cannot return result of "${order.name}": ${found}`;
      const refused = describeError(new TypeError(message), 0);
      return encode({ type: "error", error: refused });
    }
  }

  const { default: makeTask } = await import(order.module);
  report("ready");
  for (;;) {
    const line = await readLine();
    const heardMs = performance.now();
    const args = decode(line) as unknown[];
    const readMs = performance.now() - heardMs;
    cpu.begin();
    const { outcome, ...times } = await runJob(makeTask, args, startWatch());
    const onCore = cpu.end(times.endMs, times.running);
    const writingMs = performance.now();
    report(write(
      outcome.type === "value"
        ? outcome
        : { type: "error", error: describeError(outcome.error, 5) },
    ));
    const writeMs = performance.now() - writingMs;
    report(encode({ readMs, ...times, cpu: onCore, writeMs }));
  }
}
