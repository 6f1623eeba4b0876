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

export function checkArgs(what: string, args: unknown): void {
  checkList([what, "args"], args, "the function's arguments");
}

/** Checks how a job is to run. */
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
