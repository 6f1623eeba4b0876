/**
 * `startPython`: one interpreter for several pieces of code, which share their names.
 *
 * A single piece is run by `run.ts`.
 * @module
 */

import {
  checkCode,
  checkPythonOptions,
  encodeArgs,
  type PythonOptions,
  type PythonRun,
  runCode,
  startLimit,
} from "./run.ts";
import { findPython } from "./find.ts";
import type { PythonInterpreter } from "./interpreter.ts";
import { startPython as startProcess } from "./process.ts";

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

/** Starts an interpreter for several pieces of code; see `startPython()` of `mod.ts`. */
export async function startPython(
  options: Omit<PythonOptions, "args"> = {},
): Promise<PythonSession> {
  checkPythonOptions(options, false);
  const found = await findPython(options.python);
  if (found.type === "missing") throw new Error(found.reason);
  const limit = startLimit(options);
  const { signal } = limit;
  try {
    const process = await startProcess(found.python, { ...options, signal });
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
      python: found.python,
      startMs: process.startMs,
      measure,
      run: async (code, args) => (await measure(code, args)).value,
      async [Symbol.asyncDispose]() {
        limit[Symbol.dispose]();
        await process[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    limit[Symbol.dispose]();
    throw error;
  }
}
