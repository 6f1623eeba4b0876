/**
 * The program of a thread, as the address of a module, and its start.
 *
 * Put together from the texts of functions, so that it needs no file and no
 * permission.
 * @module
 */
import { describeError, runJob, watchThread } from "../guest.ts";
import { toModuleAddress } from "../here/main_thread.ts";
import { nodeStandIn } from "../../platform/system.ts";
import { watchCpu } from "../../trace/cpu_guest.ts";
import { readThreadId } from "../../trace/thread_name.ts";
import type { Worker } from "node:worker_threads";
import { toLane } from "../../trace/lane_numbers.ts";
import { ORDERS, REPLIES, type ThreadSetup } from "./messages.ts";
import { loadWorkerThreads } from "./platform.ts";
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
