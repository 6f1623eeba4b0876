/**
 * The parts of the runtime that threads are made of, loaded when first needed.
 *
 * Deno's own `Worker` cannot be stopped while it computes (2.7 to 2.9.6); a
 * Worker of `node:worker_threads` can, if it holds a Web Lock. That is an
 * accident of Deno's, so a test watches over it.
 * @module
 */
import type * as WorkerThreads from "node:worker_threads";
import type * as V8 from "node:v8";

/** Gives `node:worker_threads`; the first time costs 8 ms. */
export function loadWorkerThreads(): typeof WorkerThreads {
  return getBuiltin("node:worker_threads") as typeof WorkerThreads;
}

/** Tells how much memory V8 gives an isolate by default. Units: MiB. */
export function readDefaultMemoryMb(): number {
  const v8 = getBuiltin("node:v8") as typeof V8;
  return Math.round(v8.getHeapStatistics().heap_size_limit / 2 ** 20);
}

function getBuiltin(name: string): unknown {
  // Synchronous: a thread starts when it is asked for, not a turn later.
  const { process } = globalThis as unknown as {
    process: { getBuiltinModule(name: string): unknown };
  };
  return process.getBuiltinModule(name);
}

/**
 * Tells a host that a thread has started, if there is one that wants to know.
 *
 * @param thread What it is called, and what ends it.
 * @returns What to call when it has ended.
 */
export function trackThread(
  thread: { readonly name: string; readonly stop: () => void },
): () => void {
  const track = (globalThis as Record<symbol, unknown>)[TRACK];
  if (typeof track !== "function") return () => {};
  const ended: unknown = track({ what: "worker", ...thread });
  return typeof ended === "function" ? () => void ended() : () => {};
}

const TRACK = Symbol.for("Skein.track");
