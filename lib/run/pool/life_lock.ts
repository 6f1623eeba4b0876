/**
 * The lock that a thread holds as long as it lives.
 *
 * It is what makes a computing thread end when told to: Deno (2.9.4 and later)
 * ends the code of a thread of `node:worker_threads` at once if it holds a Web
 * Lock, and else lets it run on. And as the lock is free when the thread is
 * gone, it tells when that is.
 * @module
 */

import { nodeStandIn } from "../../platform/system.ts";

/** The part of `navigator.locks` that is used. */
export interface Locks {
  /** Calls back with the lock, and holds it until what that returns has settled. */
  request(
    name: string,
    options: { readonly signal?: AbortSignal },
    use: () => void | Promise<void>,
  ): Promise<void>;
}

/** Makes a name that no other thread's lock has. */
export function nameLifeLock(): string {
  return `Skein thread ${crypto.randomUUID()}`;
}

/**
 * Waits until a thread that was stopped is gone, but not for ever; tells whether
 * it is known to be gone. In Node, what `terminate()` gave settles then.
 */
export async function waitForEnd(
  lockName: string,
  terminated: Promise<unknown>,
): Promise<boolean> {
  if (nodeStandIn() !== null) {
    await terminated;
    return true;
  }
  const { locks } = navigator as unknown as { readonly locks?: Locks };
  if (locks === undefined) return false;
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), MAX_WAIT_MS);
  try {
    await locks.request(lockName, { signal: over.signal }, () => {});
    return true;
  } catch (error) {
    // V8 does not let go of it, and nothing more can be done from here.
    if (!over.signal.aborted) throw error;
    return false;
  } finally {
    clearTimeout(timer);
  }
}

const MAX_WAIT_MS = 2000;
