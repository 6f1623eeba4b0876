/**
 * Runs Python: one piece of code, or several in one interpreter, which share their
 * names.
 *
 * Talks with the interpreter through `process.ts`; which one that is is decided
 * in `interpreter.ts`.
 * @module
 */
import { startTimer } from "../../platform/mod.ts";
import { PythonError } from "./error.ts";
import { findPython, type PythonInterpreter } from "./interpreter.ts";
import { type PythonProcess, startPython as startProcess } from "./process.ts";
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

/** An interpreter that keeps what is defined; disposing of it ends it, and all it started. */
export interface PythonSession extends AsyncDisposable {
  /** What it is. */
  readonly python: PythonInterpreter;
  /** How long it took to start, milliseconds. */
  readonly startMs: number;
  /**
   * Runs a piece of code after those before it.
   *
   * @param code The code.
   * @param args Variables that it finds, by name; they stay.
   * @returns The value of the last expression.
   * @throws {PythonError} If the code raises; the session goes on.
   * @throws {TypeError} If the code is not a string, or a variable has no form in Python.
   * @throws {Error} If the session has ended, or the time is over.
   */
  run(code: string, args?: PythonOptions["args"]): Promise<unknown>;
  /**
   * Runs a piece of code, and tells how long it took.
   *
   * @param code The code.
   * @param args Variables that it finds, by name; they stay.
   * @returns The value, and times in milliseconds.
   * @throws {PythonError} As `run()` does; so with all else.
   */
  measure(
    code: string,
    args?: PythonOptions["args"],
  ): Promise<Pick<PythonRun, "value" | "runMs" | "cpuMs">>;
}

/** Runs Python code, and tells how long which part took; see `runPython()` of `python.ts`. */
export async function runPython(
  code: string,
  options: PythonOptions = {},
): Promise<PythonRun> {
  checkPythonOptions(options, true);
  const { args: variables = {} } = options;
  checkCode(code, variables);
  const args = encodeArgs(variables);
  const askedMs = performance.now();
  await using opened = await open(options);
  const run = await runCode(opened.process, code, args);
  // Threads that go on, go on: as at the end of a script.
  await opened.process.finish();
  return {
    ...run,
    startMs: opened.process.startMs,
    totalMs: performance.now() - askedMs,
    python: opened.python,
  };
}

/** Starts an interpreter for several pieces of code; see `startPython()` of `python.ts`. */
export async function startPython(
  options: Omit<PythonOptions, "args"> = {},
): Promise<PythonSession> {
  checkPythonOptions(options, false);
  const { process, python, ...opened } = await open(options);
  let turn: Promise<unknown> = Promise.resolve();
  const measure: PythonSession["measure"] = async (code, args = {}) => {
    checkCode(code, args);
    const form = encodeArgs(args);
    // One after another: which report is whose is told by their order.
    const run = turn.then(() => runCode(process, code, form));
    turn = run.catch(() => {});
    return await run;
  };
  return {
    ...opened,
    python,
    startMs: process.startMs,
    measure,
    run: async (code, args) => (await measure(code, args)).value,
  };
}

interface Opened extends AsyncDisposable {
  readonly process: PythonProcess;
  readonly python: PythonInterpreter;
}

/** Starts an interpreter, which ends with the caller's signal, and when time is over. */
async function open(options: Omit<PythonOptions, "args">): Promise<Opened> {
  const { signal, timeoutMs } = options;
  const found = await findPython(options.python);
  if (found.type === "missing") throw new Error(found.reason);
  const { python } = found;
  const over = new AbortController();
  const limits = [over.signal, ...signal === undefined ? [] : [signal]];
  const timer = startTimer(
    timeoutMs,
    () => over.abort(tookTooLong(timeoutMs!)),
  );
  try {
    const both = AbortSignal.any(limits);
    const process = await startProcess(python, { ...options, signal: both });
    return {
      process,
      python,
      async [Symbol.asyncDispose]() {
        clearTimeout(timer);
        await process[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    clearTimeout(timer);
    throw error;
  }
}

function tookTooLong(timeoutMs: number): DOMException {
  return new DOMException(
    `Cannot finish Python code: still running after ${timeoutMs} ms (timeoutMs)`,
    "TimeoutError",
  );
}

async function runCode(
  process: PythonProcess,
  code: string,
  args: unknown,
): Promise<Pick<PythonRun, "value" | "runMs" | "cpuMs">> {
  const report = await process.ask({ type: "run", code, args });
  if (report.error) throw new PythonError(report.error);
  const { startMs = 0, endMs = 0, cpuMs = 0 } = report;
  return { value: decodeValue(report.value), runMs: endMs - startMs, cpuMs };
}

function encodeArgs(args: Readonly<Record<string, unknown>>): unknown {
  const entries = Object.entries(args).map(([name, value]) => {
    if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name)) {
      throw new TypeError(
        `Cannot hand "${name}" to Python: it is no name there, ` +
          `expected letters, digits and underscores`,
      );
    }
    return [name, encodeValue(value, `"${name}"`)];
  });
  return Object.fromEntries(entries);
}

function checkCode(code: string, args: PythonOptions["args"]): void {
  checkText([RUNNING, "code"], code);
  checkObject([RUNNING, "args"], args, "variables by name");
}

function checkPythonOptions(
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
