/**
 * A pool of threads that really stop: functions run on other cores, and an
 * abort or a timeout ends even one that computes without end.
 *
 * What happens between a call and its result is in `thread_pool.ts`.
 * @module
 */
import {
  checkMs,
  checkName,
  checkOptions,
  checkSignal,
  checkWhole,
  refuse,
} from "../../base/mod.ts";
import type { Work } from "./code.ts";
import type { JobReport, RunOptions } from "./job.ts";
import { mapJobs, type MapOptions, type MapSource, runWork } from "./map.ts";
import { readDefaultMemoryMb } from "../../platform/mod.ts";
import type { PoolStats } from "./stats.ts";
import { ThreadPool } from "./thread_pool.ts";

/** How a pool is made. */
export interface PoolOptions {
  /**
   * How many threads it has at most, 1 to 1024.
   * @default navigator.hardwareConcurrency
   */
  readonly size?: number;
  /**
   * How many jobs may wait for a thread. When as many do, `run()` rejects with
   * a `RangeError`; `map()` never asks for more, and `room()` waits for room.
   * @default 1000000
   */
  readonly maxQueue?: number;
  /**
   * What errors and hosts call it.
   * @default "pool"
   */
  readonly name?: string;
  /**
   * How much memory the objects of one thread may take, in MiB. A job that
   * needs more gets an error; it ends neither the process nor the pool.
   * @default as much as V8 gives this thread
   */
  readonly memoryMb?: number;
  /**
   * How much work may go to a thread in one message, in milliseconds, as far as
   * can be foreseen. Jobs in one message have their results at about the same
   * time. 0: each job travels alone.
   * @default 1
   */
  readonly batchMs?: number;
  /** Ends the pool, as disposing of it does; its jobs then reject with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * A pool of threads.
 *
 * Threads start when jobs need them, and stay. While none has a job they do not
 * keep the process alive.
 */
export interface Pool extends AsyncDisposable, Disposable {
  /**
   * Runs a function on a thread.
   *
   * @param work A task, or a function that `task()` accepts.
   * @param args What it is called with: copied as by `structuredClone()`; shared memory is
   * shared, and so are Skein's locks and channels.
   * @param options Signal, timeout and what is moved.
   * @returns What it returned, awaited.
   * @throws {Error} What the function threw, with its class, message, stack and cause; or that
   * its thread ended, ran out of memory, or was stopped.
   * @throws {TypeError} If the function cannot be shipped, values cannot be copied, or an option
   * has the wrong type or is unknown.
   * @throws {RangeError} If the queue is full, or `timeoutMs` is out of range.
   */
  run<Args extends unknown[], R>(
    work: Work<Args, R>,
    ...rest: RunRest<Args>
  ): Promise<R>;
  /** Runs a function as `run()` does, and tells where the time went. */
  runReported<Args extends unknown[], R>(
    work: Work<Args, R>,
    ...rest: RunRest<Args>
  ): Promise<JobReport<R>>;
  /**
   * Runs a function once for each input, and gives the results in their order.
   *
   * Inputs are taken as there is room for them, so there may be any number. If
   * one fails, the others are ended.
   *
   * @param work A task, or a function that `task()` accepts.
   * @param inputs An array is the list of arguments; anything else is the only one.
   * @param options Signal and timeout.
   * @returns The results.
   */
  map<Args extends unknown[], R>(
    work: Work<Args, R>,
    inputs: MapSource<Args>,
    options?: MapOptions,
  ): Promise<R[]>;
  /** Starts all threads now, and waits until they have started: 20 to 30 ms each. */
  ready(): Promise<void>;
  /** Waits until the queue has room. */
  room(): Promise<void>;
  /** Waits until no job waits or runs. */
  idle(): Promise<void>;
  /** Tells what it is doing, and has done. */
  stats(): PoolStats;
}

/**
 * What follows the function: its arguments, and options.
 *
 * @typeParam Args What the function is called with.
 */
export type RunRest<Args extends unknown[]> = [] extends Args
  ? [args?: Args, options?: RunOptions]
  : [args: Args, options?: RunOptions];

/**
 * Makes a pool of threads.
 *
 * Making it is free. Its first threads start with its first jobs, and each
 * start blocks this thread for 20 to 30 ms; `ready()` starts them beforehand.
 * Disposing of it ends its threads, whatever they do, and what they do fails.
 * In a notebook, interrupting a cell ends the jobs that the cell has asked for.
 *
 * @example Square numbers on all cores
 * ```ts
 * import assert from "node:assert/strict";
 * await using threads = pool();
 * assert.deepEqual(await threads.map((n: number) => n * n, [1, 2, 3]), [1, 4, 9]);
 * ```
 *
 * @example A timeout that ends a loop without end
 * ```ts
 * import assert from "node:assert/strict";
 * await using threads = pool(1);
 * await assert.rejects(threads.run(() => { for (;;); }, [], { timeoutMs: 50 }), {
 *   name: "TimeoutError",
 * });
 * assert.equal(await threads.run(() => "goes on"), "goes on");
 * ```
 *
 * @param size How many threads, or options: size, limits and name.
 * @returns The pool.
 * @throws {TypeError} If an option has the wrong type or is unknown.
 * @throws {RangeError} If a size or limit is out of range.
 * @throws {Error} The reason of the signal, if it is aborted already.
 */
export function pool(size: number | PoolOptions = {}): Pool {
  const given = typeof size === "number" ? { size } : size;
  if (typeof given !== "object" || given === null) {
    const expected = "how many threads, or options such as { size: 2 }";
    throw new TypeError(refuse(["make pool", "size"], given, expected));
  }
  checkOptions("make pool", given, NAMES);
  const threads = openPool(given);
  return {
    run: (work, ...rest) => runWork(threads, work as never, rest, false),
    runReported: (work, ...rest) => runWork(threads, work as never, rest, true),
    map: (work, inputs, options = {}) =>
      mapJobs(threads, work as never, { inputs, options }) as never,
    ready: () => threads.ready(),
    room: () => threads.room(),
    idle: () => threads.idle(),
    stats: () => threads.stats,
    [Symbol.dispose]: () => threads.close(),
    [Symbol.asyncDispose]: () => threads[Symbol.asyncDispose](),
  };
}

/** Opens what a pool stands on. */
export function openPool(options: PoolOptions): ThreadPool {
  const { name = "pool", maxQueue = MAX_QUEUE, batchMs = BATCH_MS } = options;
  checkName(["make pool", "name"], name);
  const { size = navigator.hardwareConcurrency } = options;
  const { memoryMb = readDefaultMemoryMb() } = options;
  const making = `make ${name}`;
  checkWhole([making, "size"], size, { least: 1, most: MAX_SIZE });
  checkWhole([making, "maxQueue"], maxQueue, { least: 0, most: Infinity });
  checkWhole([making, "memoryMb"], memoryMb, MEMORY_MB);
  checkMs([making, "batchMs"], batchMs);
  const { signal } = options;
  checkSignal(making, signal);
  signal?.throwIfAborted();
  const limits = { size, maxQueue, memoryMb, batchMs };
  return new ThreadPool({ kind: "thread", name, signal, ...limits });
}

const NAMES = ["size", "maxQueue", "name", "memoryMb", "batchMs", "signal"];
const MAX_QUEUE = 1_000_000;
const BATCH_MS = 1;
// Each is a thread of the system, with a heap of its own.
const MAX_SIZE = 1024;
// With less, a thread cannot start.
const MEMORY_MB = { least: 8, most: 2 ** 20 };
