/**
 * Starts a Web Worker: the runtime's own, or what stands in for it in Node.
 *
 * Threads of a pool are no Web Workers; they are started by `lib/run/pool/thread.ts`.
 * @module
 */
import { nodeStandIn } from "./system.ts";

/** Tells whether there are any. */
export function hasWorkers(): boolean {
  return nodeStandIn() !== null || typeof Worker !== "undefined";
}

/** Starts a Worker; `options` are for whoever has put a constructor of its own in place. */
export function openWorker(
  address: string,
  name: string,
  options: object = {},
): Worker {
  const node = nodeStandIn();
  if (node !== null) return node.openWorker(address, name);
  // The global constructor, looked up now: a host may have put its own there.
  return new Worker(address, { type: "module", name, ...options });
}
