/**
 * Which execution the running code belongs to.
 *
 * The id travels with promises, timers and callbacks, so that late output goes
 * to the cell that caused it, whatever runs meanwhile.
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { free } from "./intrinsics.ts";

const storage = new AsyncLocalStorage<string>();
const run = free<
  AsyncLocalStorage<string>,
  [string, () => unknown],
  unknown
>(AsyncLocalStorage.prototype.run);
const getStore = free<AsyncLocalStorage<string>, [], string | undefined>(
  AsyncLocalStorage.prototype.getStore,
);

/** The execution started last: the owner of code that has lost its context. */
let latest = "";

/**
 * Runs a function, and all it starts, in the name of an execution.
 *
 * @param executionId The execution that owns what happens.
 * @param act What to do.
 * @returns What `act` returns.
 */
export function runAs<T>(executionId: string, act: () => T): T {
  latest = executionId;
  return run(storage, executionId, act) as T;
}

/**
 * Runs a function in the name of an execution, such as a callback that Node
 * makes in nobody's.
 *
 * @param executionId The execution.
 * @param act What to do.
 */
export function inNameOf(executionId: string, act: () => void): void {
  run(storage, executionId, act);
}

/** The execution that the calling code belongs to. */
export function currentExecution(): string {
  return getStore(storage) ?? latest;
}

/**
 * Makes all code of this thread belong to one execution.
 *
 * @param executionId The cell that has started the thread.
 */
export function belongTo(executionId: string): void {
  latest = executionId;
}
