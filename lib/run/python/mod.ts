/**
 * CPython: found, started, talked with. What cells call is in `python.ts`, which
 * loads this late.
 * @module
 */
export { type ExceptionReport, PythonError } from "./error.ts";
export {
  describePython,
  findPython,
  type PythonInterpreter,
} from "./interpreter.ts";
export {
  type PythonProcess,
  startPython as startPythonProcess,
} from "./process.ts";
export { type PythonOptions, type PythonSession, startPython } from "./run.ts";
export { decodeValue, encodeValue } from "./values.ts";
