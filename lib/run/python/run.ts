/**
 * `python`: runs a piece of Python, and gives back what its last line is worth.
 *
 * Talks with the interpreter through `process.ts`; which one that is is decided
 * in `find.ts`; a conversation of several pieces is in `session.ts`.
 * @module
 */
import { startTimer } from "../../platform/mod.ts";
import { PythonError } from "./error.ts";
import { findPython } from "./find.ts";
import type { PythonInterpreter } from "./interpreter.ts";
import { type PythonProcess, startPython } from "./process.ts";
import { decodeValue, encodeValue } from "./values.ts";
import {
  checkMs,
  checkName,
  checkObject,
  checkOptions,
  checkSignal,
  checkText,
  checkTexts,
} from "../../base/mod.ts";

/** How Python code is run. */
export interface PythonOptions {
  /**
   * Variables that the code finds, by name.
   * @default {}
   */
  readonly args?: Readonly<Record<string, unknown>>;
  /**
   * Name or path of the interpreter, such as `python3.13t`.
   * @default the first of `python3`, `python` and names with a version that is CPython 3.9 or newer
   */
  readonly python?: string;
  /** Folder that it works in. @default this process's own */
  readonly cwd?: string;
  /** Variables of its environment, besides those of this process. @default {} */
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the code, and all processes it started. */
  readonly signal?: AbortSignal;
  /**
   * How long all may take, the start of the interpreter included, in milliseconds.
   * @default no limit
   */
  readonly timeoutMs?: number;
}

/** What running Python code gave. Units: milliseconds. */
export interface PythonRun {
  /** The value of the last expression; `null` if the code ends with a statement. */
  readonly value: unknown;
  /** From asking for the interpreter until it took the code. */
  readonly startMs: number;
  /** How long the code itself ran, by Python's own clock. */
  readonly runMs: number;
  /** Processor time of the code, and of processes it started that have ended. */
  readonly cpuMs: number;
  /** From asking for the interpreter until it was gone. */
  readonly totalMs: number;
  /** What ran it. */
  readonly python: PythonInterpreter;
}

/** Runs Python code, and gives the value of its last expression; see `python()` of `mod.ts`. */
export async function python(
  code: string,
  options: PythonOptions = {},
): Promise<unknown> {
  return (await runPython(code, options)).value;
}

/** Runs Python code, and tells how long which part took; see `runPython()` of `mod.ts`. */
export async function runPython(
  code: string,
  options: PythonOptions = {},
): Promise<PythonRun> {
  checkPythonOptions(options, true);
  const { args: variables = {} } = options;
  checkCode(code, variables);
  const args = encodeArgs(variables);
  const found = await findPython(options.python);
  if (found.type === "missing") throw new Error(found.reason);
  using limit = startLimit(options);
  const askedMs = performance.now();
  const { signal } = limit;
  await using process = await startPython(found.python, { ...options, signal });
  const run = await runCode(process, code, args);
  // Threads that go on, go on: as at the end of a script.
  await process.finish();
  return {
    ...run,
    startMs: process.startMs,
    totalMs: performance.now() - askedMs,
    python: found.python,
  };
}

export async function runCode(
  process: PythonProcess,
  code: string,
  args: unknown,
): Promise<Pick<PythonRun, "value" | "runMs" | "cpuMs">> {
  const report = await process.ask({ type: "run", code, args });
  if (report.error) throw new PythonError(report.error);
  const { startMs = 0, endMs = 0, cpuMs = 0 } = report;
  return { value: decodeValue(report.value), runMs: endMs - startMs, cpuMs };
}

export function encodeArgs(args: Readonly<Record<string, unknown>>): unknown {
  const entries = Object.entries(args).map(([name, value]) => {
    if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name)) {
      throw new TypeError(
        `Cannot hand "${name}" to Python: it is no name there, ` +
          `expected letters, digits and underscores`,
      );
    }
    return [name, encodeValue(value, `"${name}"`)];
  });
  return { o: Object.fromEntries(entries) };
}

interface Limit extends Disposable {
  readonly signal: AbortSignal;
}

/** Joins the caller's signal with a limit of time. */
export function startLimit(
  { signal, timeoutMs }: Pick<PythonOptions, "signal" | "timeoutMs">,
): Limit {
  const over = new AbortController();
  const timer = startTimer(timeoutMs, () => {
    over.abort(
      new DOMException(
        `Cannot finish Python code: still running after ${timeoutMs} ms (timeoutMs)`,
        "TimeoutError",
      ),
    );
  });
  return {
    signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

export function checkCode(code: string, args: PythonOptions["args"]): void {
  checkText([RUNNING, "code"], code);
  checkObject([RUNNING, "args"], args, "variables by name");
}

export function checkPythonOptions(
  options: PythonOptions,
  takesArgs: boolean,
): void {
  const what = takesArgs ? RUNNING : "start Python";
  checkOptions(what, options, takesArgs ? ["args", ...NAMES] : NAMES);
  const { python = "python3", cwd = "", env = {}, signal, timeoutMs } = options;
  checkName([what, "python"], python);
  checkText([what, "cwd"], cwd);
  checkTexts([what, "env"], env);
  checkSignal(what, signal);
  checkMs([what, "timeoutMs"], timeoutMs);
  signal?.throwIfAborted();
}

const RUNNING = "run Python code";
const NAMES = ["python", "cwd", "env", "signal", "timeoutMs"];
