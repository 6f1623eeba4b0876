/**
 * What is refused before Python is looked for.
 *
 * Pure. Which values have a form in Python is decided in `values.ts`.
 * @module
 */
import {
  checkMs,
  checkName,
  checkObject,
  checkOptions,
  checkSignal,
  checkText,
  checkTexts,
} from "../../base/mod.ts";
import type { PythonOptions } from "./run.ts";

/** Checks a piece of code and its variables. */
export function checkCode(code: string, args: PythonOptions["args"]): void {
  checkText([RUNNING, "code"], code);
  checkObject([RUNNING, "args"], args, "variables by name");
}

/** Checks how Python is run. */
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
