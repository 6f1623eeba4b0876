/**
 * What is refused before a job starts.
 *
 * Pure. The checks that all of the library has are in `lib/base/checks.ts`.
 * @module
 */
import {
  checkList,
  checkMs,
  checkOptions,
  checkSignal,
} from "../../base/mod.ts";
import type { RunOptions } from "./job.ts";

/** @throws {TypeError} If arguments are no array. */
export function checkArgs(what: string, args: unknown): void {
  checkList([what, "args"], args, "the function's arguments");
}

/**
 * Checks how a job is to run.
 *
 * @param what What cannot be done.
 * @param options What was given.
 * @param names The options there are.
 * @throws {TypeError} If something has the wrong type, or there is no such option.
 * @throws {RangeError} If `timeoutMs` is out of range.
 */
export function checkRunOptions(
  what: string,
  options: RunOptions,
  names: readonly string[] = RUN_NAMES,
): void {
  checkOptions(what, options, names);
  const { signal, timeoutMs, transfer = [] } = options;
  checkSignal(what, signal);
  checkMs([what, "timeoutMs"], timeoutMs);
  checkList([what, "transfer"], transfer, "buffers and ports");
}

const RUN_NAMES = ["signal", "timeoutMs", "transfer"];
