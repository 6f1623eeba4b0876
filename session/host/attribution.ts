/**
 * Which execution the running code belongs to.
 *
 * The id travels with promises, timers and callbacks, so that late output goes
 * to the cell that caused it, whatever runs meanwhile.
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";

const storage = new AsyncLocalStorage<string>();

/** The execution started last: the owner of code that has lost its context. */
let latest = "";

/**
 * Runs a function, and all it starts, in the name of an execution.
 *
 * @param executionId The execution that owns what happens.
 * @param run What to do.
 * @returns What `run` returns.
 */
export function runAs<T>(executionId: string, run: () => T): T {
  latest = executionId;
  return storage.run(executionId, run);
}

/** The execution that the calling code belongs to. */
export function currentExecution(): string {
  return storage.getStore() ?? latest;
}
