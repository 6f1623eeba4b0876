/**
 * What is refused before anything starts: each error names the argument, says
 * what was found, and what is expected.
 *
 * Pure. `what` is what cannot be done, such as `run "sum"`.
 * @module
 */
import type { RunOptions } from "./job.ts";

/** @throws {TypeError} If options are no object. */
export function checkOptions(what: string, options: unknown): void {
  if (typeof options === "object" && options !== null) return;
  throw new TypeError(refuse(what, "options", options, "an object"));
}

/** @throws {TypeError} If arguments are no array. */
export function checkArgs(what: string, args: unknown): void {
  if (Array.isArray(args)) return;
  throw new TypeError(
    refuse(what, "args", args, "an array with the function's arguments"),
  );
}

/** @throws {TypeError} If a signal is given that is none, such as its controller. */
export function checkSignal(what: string, signal: unknown): void {
  if (signal === undefined || signal instanceof AbortSignal) return;
  throw new TypeError(refuse(what, "signal", signal, "an AbortSignal"));
}

/**
 * @throws {TypeError} If a time is no number.
 * @throws {RangeError} If it is negative, or not a number.
 */
export function checkMs(what: string, field: string, ms: unknown): void {
  if (ms === undefined) return;
  const message = refuse(what, field, ms, "milliseconds, 0 or more");
  if (typeof ms !== "number") throw new TypeError(message);
  if (!(ms >= 0)) throw new RangeError(message);
}

/** From where to where a whole number may be. */
export interface Range {
  /** The least. */
  readonly least: number;
  /** The most; `Infinity` allows infinity, too. */
  readonly most: number;
}

/**
 * @throws {TypeError} If it is no number.
 * @throws {RangeError} If it is not whole, or out of range.
 */
export function checkWhole(
  [what, field]: readonly [what: string, field: string],
  value: unknown,
  { least, most }: Range,
): void {
  const expected = most === Infinity
    ? `a whole number, ${least} or more`
    : `a whole number from ${least} to ${most}`;
  const message = refuse(what, field, value, expected);
  if (typeof value !== "number") throw new TypeError(message);
  const isWhole = Number.isInteger(value) || value === Infinity;
  if (!isWhole || value < least || value > most) throw new RangeError(message);
}

/**
 * Checks how a job is to run.
 *
 * @throws {TypeError} If something has the wrong type.
 * @throws {RangeError} If `timeoutMs` is out of range.
 */
export function checkRunOptions(what: string, options: RunOptions): void {
  checkOptions(what, options);
  const { signal, timeoutMs, transfer } = options;
  checkSignal(what, signal);
  checkMs(what, "timeoutMs", timeoutMs);
  if (transfer === undefined || Array.isArray(transfer)) return;
  throw new TypeError(
    refuse(what, "transfer", transfer, "an array of buffers and ports"),
  );
}

/** Gives the sentence for what is found where something else is expected. */
export function refuse(
  what: string,
  field: string,
  found: unknown,
  expected: string,
): string {
  return `Cannot ${what}: ${field} is ${show(found)}, expected ${expected}`;
}

/** Shows a value in a few words; calls nothing of its. */
function show(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(
        value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value,
      );
    case "function":
      return "a function";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value)
        ? `an array of ${value.length}`
        : `an object (${Object.prototype.toString.call(value).slice(8, -1)})`;
    case "bigint":
      return `${value}n`;
    default:
      return String(value);
  }
}

const MAX_SHOWN = 40;
