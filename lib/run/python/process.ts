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

import { tieProcess } from "../process/child.ts";
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
  const child = tieProcess(
    process,
    { marker, signal },
    (output) => endPython(process, { python, folder, output }),
  );
  /** A report comes in parts, so that no process can print into the middle of one. */
  const hear = async (): Promise<PythonReport> => {
    for (let text = "";;) {
      const part = await child.receive();
      if (part === null) {
        throw new Error(
          `Cannot finish Python code: the interpreter ${await child
            .explainEnd()}, expected a result`,
        );
      }
      text += part.slice(1);
      if (part.startsWith(".")) return JSON.parse(text);
    }
  };

  try {
    const files = {
      "_skein_values.py": VALUES_MODULE,
      "_skein_guest.py": GUEST_MODULE,
      "cell.py": CELL_FILE,
      ...modules,
    };
    await child.send(JSON.stringify({ folder, marker, files }));
    await hear();
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
  return {
    startMs: performance.now() - askedMs,
    async ask(order) {
      await child.send(JSON.stringify(order));
      return await hear();
    },
    async finish() {
      await child.send(JSON.stringify({ type: "end" }));
      // Passes on what is still printed, until nobody holds the pipe any more.
      const drained = child.receive().catch(() => {});
      await Promise.race([process.status, aborted(signal)]);
      await child.end();
      await drained;
      signal.throwIfAborted();
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
