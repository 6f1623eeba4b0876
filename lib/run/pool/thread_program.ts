/**
 * The program of a thread, its start, and how its end is known.
 *
 * Put together from the texts of functions, so that it needs no file and no
 * permission.
 * @module
 */
import { describeError, runJob, watchThread } from "../guest.ts";
import { toModuleAddress } from "../here/main_thread.ts";
import { loadWorkerThreads, nodeStandIn } from "../../platform/mod.ts";
import { readThreadId, toLane, watchCpu } from "../../trace/mod.ts";
import type { Worker } from "node:worker_threads";
import { ORDERS, REPLIES, type ThreadSetup } from "./messages.ts";
import { SYNC_URL } from "./sharing.ts";
import type { ThreadOptions } from "./thread_owner.ts";
import { openOutbox } from "./outbox_guest.ts";
import { followJobs } from "./job_owner_guest.ts";
import { mayBeLarge } from "./stamps.ts";
import { serveThread } from "./thread_guest.ts";

/** Starts a thread with it; this blocks for 20 to 30 ms. */
export function startThreadProgram(
  lockName: string,
  { number, name, memoryMb }: ThreadOptions,
): Worker {
  const { Worker } = loadWorkerThreads();
  const setup: ThreadSetup = {
    lockName,
    lane: toLane(number),
    syncUrl: SYNC_URL,
    orders: ORDERS,
    replies: REPLIES,
  };
  return new Worker(writeThreadProgram(), {
    name,
    workerData: setup,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
}

function writeThreadProgram(): URL {
  const prelude = nodeStandIn()?.threadPrelude ?? "";
  address ??= new URL(toModuleAddress(`${prelude}
import { AsyncLocalStorage } from "node:async_hooks";
import { workerData } from "node:worker_threads";
import { getHeapStatistics } from "node:v8";
await (${serveThread})({
  followJobs: ${followJobs},
  AsyncLocalStorage,
  describeError: ${describeError},
  runJob: ${runJob},
  watchThread: ${watchThread},
  mayBeLarge: ${mayBeLarge},
  openOutbox: ${openOutbox},
  watchCpu: ${watchCpu},
  readThreadId: ${readThreadId},
  readHeapLimit: () => getHeapStatistics().heap_size_limit,
}, workerData);
`));
  return address;
}

let address: URL | undefined;

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
