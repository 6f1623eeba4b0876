/**
 * What a thread is called in snapshots and traces, and whether it may block.
 *
 * The names of all threads that use a lock stand in the lock's own memory, see
 * `lane_table.ts`; here is only what this thread says of itself.
 * @module
 */
import { findBuiltin } from "../../platform/mod.ts";

/**
 * Names this thread, as locks show it to other threads.
 *
 * Pools call it in their threads. Without it the main thread is `main`, a Web
 * Worker has the `name` that it was made with, and other Workers have their
 * number. Locks that are held already keep the name they were locked under.
 */
export function setLaneName(name: string): void {
  if (name === "") {
    throw new RangeError(
      "Cannot name lane: the name is empty, expected at least one character",
    );
  }
  current = name;
}

/** Tells what this thread is called. */
export function laneName(): string {
  return current ??= chooseName();
}

/**
 * Tells whether a name is one that threads have by themselves.
 *
 * On such a lane several tasks may take turns, so that one of them waits for a
 * lock that another one holds: nothing is wrong with that.
 */
export function isThreadName(lane: string): boolean {
  return lane === MAIN || lane.startsWith("worker ");
}

/**
 * Tells whether this thread may be blocked: a Worker may, the main thread of a
 * notebook may not, as it has to answer and to draw.
 */
export function mayBlock(): boolean {
  return blocks ??= isWorker();
}

/** Gives the number by which memory knows this thread. */
export function threadTag(): number {
  return tag ||= 1 + Math.floor(Math.random() * (2 ** 30 - 2));
}

function chooseName(): string {
  if (!mayBlock()) return MAIN;
  const given = (globalThis as { name?: unknown }).name;
  // Deno names Workers of `node:worker_threads` by what they run: no name to show.
  const hasName = typeof given === "string" && /^[^[]/.test(given);
  if (hasName && "WorkerGlobalScope" in globalThis) return given;
  // Web Workers have no number that other threads know too.
  const number = "WorkerGlobalScope" in globalThis ? 0 : threads()?.threadId;
  return `worker ${number || threadTag().toString(36)}`;
}

function isWorker(): boolean {
  const tag = Object.prototype.toString.call(globalThis);
  // Also a Worker of `node:worker_threads` in Deno. Such a one has no `WorkerGlobalScope`.
  if (tag === "[object DedicatedWorkerGlobalScope]") return true;
  // The main thread of Deno; asking `node:worker_threads` would take 30 ms there.
  if (tag === "[object Window]") return false;
  return threads()?.isMainThread === false;
}

function threads() {
  return findBuiltin<{ isMainThread: boolean; threadId: number }>(
    "node:worker_threads",
  );
}

const MAIN = "main";

let current: string | null = null;
let blocks: boolean | null = null;
let tag = 0;
