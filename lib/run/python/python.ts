/**
 * Python from a cell: the names that `mod.ts` gives, with what does the work
 * loaded when one of them is first called.
 * @module
 */
import type { PythonInterpreter } from "./interpreter.ts";
import type { PythonOptions, PythonRun, PythonSession } from "./run.ts";

/**
 * Runs Python code in CPython 3.9 or newer, as a cell of a notebook does.
 *
 * The code may use `await` outside of functions, threads, asyncio and
 * processes. What it prints shows as it is printed. As in any script, code that
 * starts processes by `spawn` or `forkserver` must do so below
 * `if __name__ == "__main__":`, since each process runs the cell once more.
 * Needs the permission to run the interpreter, and no other.
 *
 * Values become plain: `None` is `null`, integers beyond
 * `Number.MAX_SAFE_INTEGER` are `bigint`, bytes `Uint8Array`, tuples arrays.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(await python("import math\nmath.comb(n, 2)", { args: { n: 5 } }), 10);
 * ```
 *
 * @example An exception
 * ```ts
 * import assert from "node:assert/strict";
 * await assert.rejects(python("1 / 0"), { name: "ZeroDivisionError", line: 1 });
 * ```
 *
 * @param code The code.
 * @param options Variables, interpreter, limits.
 * @returns The value of the last expression.
 * @throws {PythonError} If the code raises.
 * @throws {TypeError} If a variable has no form in Python, an option has the wrong type, or there
 * is no such option.
 * @throws {RangeError} If `timeoutMs` is out of range.
 * @throws {Error} If there is no Python, it ends early, or the time is over.
 */
export async function python(
  code: string,
  options: PythonOptions = {},
): Promise<unknown> {
  return (await runPython(code, options)).value;
}

/**
 * Runs Python code as {@link python} does, and tells how long which part took.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { value, startMs, runMs } = await runPython("sum(range(10))");
 * assert.equal(value, 45);
 * assert.ok(startMs > 0 && runMs > 0);
 * ```
 *
 * @param code The code.
 * @param options Variables, interpreter, limits.
 * @returns The value of the last expression, and times.
 * @throws {PythonError} If the code raises.
 * @throws {TypeError} If a variable has no form in Python, an option has the wrong type, or there
 * is no such option.
 * @throws {RangeError} If `timeoutMs` is out of range.
 * @throws {Error} If there is no Python, it ends early, or the time is over.
 */
export async function runPython(
  code: string,
  options: PythonOptions = {},
): Promise<PythonRun> {
  const { runPython } = await import("./run.ts");
  return await runPython(code, options);
}

/**
 * Starts an interpreter that runs pieces of Python one after another.
 *
 * A limit of time is that of the whole session.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * await using py = await startPython();
 * await py.run("def double(n): return 2 * n");
 * assert.equal(await py.run("double(21)"), 42);
 * ```
 *
 * @param options Which interpreter, where, and limits.
 * @returns The session; dispose of it.
 * @throws {TypeError} If an option has the wrong type, or there is no such option.
 * @throws {RangeError} If `timeoutMs` is out of range.
 * @throws {Error} If there is no Python, or it cannot be started.
 */
export async function startPython(
  options: Omit<PythonOptions, "args"> = {},
): Promise<PythonSession> {
  const { startPython } = await import("./run.ts");
  return await startPython(options);
}

/**
 * Lists the Python interpreters that can be started here by one of the usual names.
 *
 * Of several names of one interpreter, the first counts. Needs `--allow-run`.
 *
 * @example What is here
 * ```ts
 * for (const { version, gil, subinterpreters } of await pythons()) {
 *   console.log(version, gil ? "one thread at a time" : "free-threaded", subinterpreters);
 * }
 * ```
 *
 * @returns What each is, those included that are too old to run cells; none where there is none.
 */
export async function pythons(): Promise<readonly PythonInterpreter[]> {
  const { pythons } = await import("./interpreter.ts");
  return await pythons();
}
