/**
 * A function on a thread of its own.
 *
 * It is a pool of one, so all that `pool.ts` promises holds here too.
 * @module
 */
import { checkOptions } from "../../base/mod.ts";
import { toCode, type Work } from "./code.ts";
import { openPool } from "./pool.ts";
import { type RemoteFunction, toFunction } from "./remote_function.ts";

/** How a function gets a thread. */
export interface WorkerOptions {
  /** Ends the thread, whatever it does; calls then reject with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * What errors and hosts call it.
   * @default the function's name
   */
  readonly name?: string;
  /**
   * How much memory its objects may take, in MiB.
   * @default as much as V8 gives this thread
   */
  readonly memoryMb?: number;
}

/**
 * Gives a function a thread of its own.
 *
 * The thread starts now, which blocks this one for 20 to 30 ms. It ends when the
 * worker is disposed of; forgotten, it does not keep the process alive. A call
 * that is aborted or takes too long ends the thread, and the next call gets a
 * new one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * await using add = worker((a: number, b: number) => a + b);
 * assert.equal(await add(1, 2), 3);
 * ```
 *
 * @typeParam Args What the function is called with.
 * @typeParam R What it returns, awaited.
 * @param work A task, or a function that `task()` accepts.
 * @param options Signal, name and memory.
 * @returns The function, to be called and to be disposed of.
 * @throws {TypeError} If the function cannot be shipped, or an option has the wrong type or is
 * unknown.
 * @throws {RangeError} If an option is out of range.
 * @throws {Error} The reason of the signal, if it is aborted already.
 */
export function worker<Args extends unknown[], R>(
  work: Work<Args, R>,
  options: WorkerOptions = {},
): RemoteFunction<Args, R> {
  const code = toCode(work);
  checkOptions(`start worker of "${code.name}"`, options, NAMES);
  const { name = `worker of ${code.name}`, ...others } = options;
  const threads = openPool({ ...others, size: 1, name });
  void threads.ready();
  return toFunction(work, threads);
}

const NAMES = ["signal", "name", "memoryMb"];
