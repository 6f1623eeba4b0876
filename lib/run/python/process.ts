/**
 * A Python process to talk with: orders in, reports out, and a certain end.
 *
 * What runs inside is in `guest_cell.ts`; how it is ended is in `end.ts`. What
 * Python prints passes through, line by line, to where this process prints.
 *
 * The process leads a group of its own. It holds the other end of our pipe, so
 * that it ends its group by itself should this process vanish.
 * @module
 */

import { readReports } from "../process/child.ts";
import { system } from "../../platform/mod.ts";
import { endPython } from "./end.ts";
import type { ExceptionReport } from "./error.ts";
import { BOOT, CELL_FILE, GUEST_MODULE } from "./guest_cell.ts";
import { VALUES_MODULE } from "./guest_values.ts";
import type { PythonInterpreter } from "./interpreter.ts";

/** What Python is asked to do. Values are in the form of `values.ts`. */
export type PythonOrder =
  | { readonly type: "run"; readonly code: string; readonly args: unknown }
  | {
    readonly type: "prepare";
    readonly code: string;
    readonly args: unknown;
    readonly name: string;
  }
  | {
    readonly type: "measure";
    readonly model: string;
    readonly inputs: readonly unknown[];
  }
  | { readonly type: "processor_time" };

/** What it answers: a value in the form of `values.ts`, or an exception. */
export interface PythonReport {
  readonly value?: unknown;
  readonly error?: ExceptionReport;
  /** When the code began, on Python's clock; of orders to run only. */
  readonly startMs?: number;
  /** When the code had ended, on Python's clock; of orders to run only. */
  readonly endMs?: number;
  /** Processor time that the code and its ended children took; of orders to run only. */
  readonly cpuMs?: number;
}

export interface PythonStart {
  /** Ends it; waiting for a report then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly modules?: Readonly<Record<string, string>>;
}

/** A Python process; disposing of it kills it and all processes it started. */
export interface PythonProcess extends AsyncDisposable {
  /** How long it took to start, milliseconds. */
  readonly startMs: number;
  ask(order: PythonOrder): Promise<PythonReport>;
  /** Lets it end as a script does: when its threads and processes have. */
  finish(): Promise<void>;
}

/** Starts an interpreter that takes orders. */
export async function startPython(
  python: PythonInterpreter,
  options: PythonStart,
): Promise<PythonProcess> {
  const { signal, cwd, env, modules = {} } = options;
  signal.throwIfAborted();
  const [program = "", ...args] = python.command;
  const id = crypto.randomUUID();
  const folder = `${python.temporaryFolder}/skein-python-${id}`;
  const marker = `\u001e${id} `;
  const askedMs = performance.now();
  // The global constructor, looked up now: a host may have put its own there.
  const process = new (system().Command)(program, {
    args: [...args, "-c", BOOT],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
    detached: true,
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
  }).spawn();
  const input = process.stdin.getWriter();
  const output = process.stdout.getReader();
  const read = async () => (await output.read()).value ?? null;
  const reports = joinReports(readReports(read, marker));
  let isOver = false;
  const end = async () => {
    if (isOver) return;
    isOver = true;
    await endPython(process, { python, folder, output });
  };
  const onAbort = () => void end();
  signal.addEventListener("abort", onAbort, { once: true });

  const send = async (message: unknown) => {
    const line = new TextEncoder().encode(`${JSON.stringify(message)}\n`);
    // Fails if Python is gone; then `hear()` tells how it ended.
    await input.write(line).catch(() => {});
  };
  const hear = async (): Promise<PythonReport> => {
    const { done, value } = await reports.next();
    signal.throwIfAborted();
    if (!done) return value;
    const { code, signal: killer } = await process.status;
    const how = killer ? `was ended by ${killer}` : `ended with code ${code}`;
    throw new Error(
      `Cannot finish Python code: the interpreter ${how}, expected a result`,
    );
  };
  const dispose = async () => {
    signal.removeEventListener("abort", onAbort);
    await end();
    await reports.return(undefined);
    await output.cancel().catch(() => {});
    // Fails if Python has closed the pipe first, which ends it as well.
    await input.close().catch(() => {});
    await process.status;
  };

  try {
    const files = {
      "_skein_values.py": VALUES_MODULE,
      "_skein_guest.py": GUEST_MODULE,
      "cell.py": CELL_FILE,
      ...modules,
    };
    await send({ folder, marker, files });
    await hear();
  } catch (error) {
    await dispose();
    throw error;
  }
  const startMs = performance.now() - askedMs;
  return {
    startMs,
    async ask(order) {
      await send(order);
      return await hear();
    },
    async finish() {
      await send({ type: "end" });
      // Passes on what is still printed, until nobody holds the pipe any more.
      const drained = reports.next();
      await Promise.race([process.status, aborted(signal)]);
      await end();
      await drained;
      signal.throwIfAborted();
    },
    [Symbol.asyncDispose]: dispose,
  };
}

/** A report comes in parts, so that no process can print into the middle of one. */
async function* joinReports(
  parts: AsyncGenerator<string, undefined>,
): AsyncGenerator<PythonReport, undefined> {
  let text = "";
  for await (const part of parts) {
    text += part.slice(1);
    if (part.startsWith("+")) continue;
    const report = JSON.parse(text) as PythonReport;
    text = "";
    yield report;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
