/**
 * The inside of a subprocess that answers calls of one function.
 *
 * Shipped by its own text, see `guest.ts`. How it is started is in `serving.ts`.
 * @module
 */
import type {
  describeError,
  ErrorReport,
  Interval,
  runJob,
  watchThread,
} from "../guest.ts";
import type { openLink as open } from "../link.ts";
import type { createStructuredText } from "../structured_text.ts";
import type { CpuTimes, readCpuTimes } from "../../trace/mod.ts";

/** First line to the child. */
export interface ProcessOrder {
  /** What the child puts before its reports. */
  readonly marker: string;
  /** Address of the module that makes the task's function. */
  readonly module: string;
  readonly name: string;
}

/** How a call went. */
export type CallOutcome =
  | { readonly type: "value"; readonly value: unknown }
  | { readonly type: "error"; readonly error: ErrorReport };

/** A child's first report. Units: milliseconds by its own clock. */
export interface ReadyReport {
  /** When it was written: the task's code is loaded. */
  readonly sentMs: number;
}

/** Where the time of a call went in the child. Units: as above. */
export interface CallTimes {
  /** When the empty line before the arguments came, if one did: it sets the clock. */
  readonly askedMs: number | null;
  /** Reading the arguments. */
  readonly readMs: number;
  /** When the function was called. */
  readonly startMs: number;
  readonly endMs: number;
  /** When its code ran. */
  readonly running: readonly Interval[];
  /** Times on cores before it was called, and after it had settled. */
  readonly onCore: readonly [before: CpuTimes, after: CpuTimes];
  /** Writing the result. */
  readonly writeMs: number;
  /** When this was written. */
  readonly sentMs: number;
}

/** The functions that come with it, as it can import nothing; see where they are from. */
export interface ServerGuest {
  readonly describeError: typeof describeError;
  readonly runJob: typeof runJob;
  readonly watchThread: typeof watchThread;
  readonly readCpuTimes: typeof readCpuTimes;
}

/**
 * Reads the order, loads the function, and answers calls until nobody asks.
 *
 * Each call is a line of arguments; its answer is two reports: the outcome,
 * and then the times, which include the outcome's own writing.
 */
export async function serveCalls(
  guest: ServerGuest,
  createCoder: typeof createStructuredText,
  openLink: typeof open,
): Promise<void> {
  const { describeError, runJob, watchThread, readCpuTimes } = guest;
  const { encode, decode } = createCoder();
  const link = openLink();
  const startWatch = watchThread();
  async function readLine(): Promise<string> {
    const line = await link.readLine();
    if (line !== null) return line;
    // The one who asked is gone. A timer of the function's must not keep us.
    globalThis.close();
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
  await report(encode({ sentMs: performance.now() }));
  let askedMs: number | null = null;
  for (;;) {
    const line = await readLine();
    const heardMs = performance.now();
    if (line === "") {
      askedMs = heardMs;
      continue;
    }
    const args = decode(line) as unknown[];
    const readMs = performance.now() - heardMs;
    const before = readCpuTimes();
    const { outcome, ...times } = await runJob(makeTask, args, startWatch());
    const onCore = [before, readCpuTimes()];
    const writingMs = performance.now();
    await report(write(
      outcome.type === "value"
        ? outcome
        : { type: "error", error: describeError(outcome.error, 5) },
    ));
    const sentMs = performance.now();
    const writeMs = sentMs - writingMs;
    await report(
      encode({ askedMs, readMs, ...times, onCore, writeMs, sentMs }),
    );
  }
}
