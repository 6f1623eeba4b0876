/**
 * What Python raised, as an error of this side.
 *
 * Pure. Python's half is `describe()` in `guest_cell.ts`.
 * @module
 */

import { checkObject, checkText } from "../../base/mod.ts";

/** An exception as plain values. */
export interface ExceptionReport {
  /** Name of its class, such as `ValueError`. */
  readonly name: string;
  /** What it says. */
  readonly message: string;
  /** Line of the code that was handed over, the innermost; `null` if it is in none. */
  readonly line: number | null;
  /** The traceback as Python prints it. */
  readonly traceback: string;
  /** What led to it. */
  readonly cause: ExceptionReport | null;
}

/**
 * An exception that Python code raised; its `name` is that of the Python class.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const error = new PythonError({
 *   name: "ValueError", message: "no", line: 2, traceback: "Traceback …\n", cause: null,
 * });
 * assert.equal(String(error), "ValueError: no");
 * assert.equal(error.line, 2);
 * ```
 */
export class PythonError extends Error {
  /** Python's traceback as text, from the code that was handed over on. */
  readonly traceback: string;
  /** Line of that code, counted from 1; `null` if the exception passed none. */
  readonly line: number | null;

  /**
   * Makes an error of what was told.
   *
   * @param report The exception.
   * @throws {TypeError} If name, message or traceback is not a string.
   */
  constructor(report: ExceptionReport) {
    checkObject(["make a PythonError", "report"], report);
    const { name, message, line, traceback, cause } = report;
    for (const [field, text] of Object.entries({ name, message, traceback })) {
      checkText(["make a PythonError", `report.${field}`], text);
    }
    super(message, cause ? { cause: new PythonError(cause) } : {});
    this.traceback = traceback;
    this.line = line;
    const here = (this.stack ?? "").split("\n").filter((text) =>
      text.startsWith("    at ")
    );
    const values = {
      name,
      stack: [`${name}: ${message}`, ...toFrames(traceback), ...here].join(
        "\n",
      ),
      traceback,
      line,
    };
    for (const [key, value] of Object.entries(values)) {
      // As of any error: there, but not listed once more beside the stack.
      Object.defineProperty(this, key, { value, enumerable: false });
    }
  }
}

/** Python's frames as engines of JavaScript write theirs, the innermost first. */
function toFrames(traceback: string): readonly string[] {
  const last = traceback.split("Traceback (most recent call last):").at(-1);
  return [...(last ?? "").matchAll(FRAME)].map(
    ([, file, line, name = "", source = ""]) => {
      const what = [name, source.trim()].filter((text) => text !== "");
      // A bracket after a space begins the place, where frames are read.
      const text = what.join(": ").replaceAll(" (", "\u00a0(");
      return `    at ${text} (Python ${file}:${line}:1)`;
    },
  ).toReversed();
}

const FRAME = /^ {2}File "(.*)", line (\d+)(?:, in (.*))?(?:\n {4}(.*))?/gm;
