/**
 * The parts of the runtime that threads are made of, loaded when first needed,
 * and at once: a thread starts when it is asked for, not a turn later.
 *
 * Deno's own `Worker` cannot be stopped while it computes (2.7 to 2.9.6); a
 * Worker of `node:worker_threads` can, if it holds a Web Lock. That is an
 * accident of Deno's, so a test watches over it.
 * @module
 */
import type * as WorkerThreads from "node:worker_threads";
import type * as V8 from "node:v8";
import { getBuiltin } from "../../platform/host.ts";

/** Gives `node:worker_threads`; the first time costs 8 ms. */
export function loadWorkerThreads(): typeof WorkerThreads {
  return getBuiltin("node:worker_threads") as typeof WorkerThreads;
}

/** Tells how much memory V8 gives an isolate by default. Units: MiB. */
export function readDefaultMemoryMb(): number {
  const v8 = getBuiltin("node:v8") as typeof V8;
  return Math.round(v8.getHeapStatistics().heap_size_limit / 2 ** 20);
}
