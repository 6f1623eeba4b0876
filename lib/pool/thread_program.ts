/**
 * The program of a thread, as the address of a module.
 *
 * Put together from the texts of functions, so that it needs no file and no
 * permission.
 * @module
 */
import { describeError, runJob, watchThread } from "../parallel/guest.ts";
import { toModuleAddress } from "../parallel/main_thread.ts";
import { nodeStandIn } from "../platform/system.ts";
import { readThreadId } from "../trace/thread_name.ts";
import { serveThread } from "./thread_guest.ts";

/** Gives the address. */
export function writeThreadProgram(): URL {
  const prelude = nodeStandIn()?.threadPrelude ?? "";
  address ??= new URL(toModuleAddress(`${prelude}
import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { getHeapStatistics } from "node:v8";
await (${serveThread})({
  describeError: ${describeError},
  runJob: ${runJob},
  watchThread: ${watchThread},
  receiveMessageOnPort,
  readThreadId: ${readThreadId},
  readHeapLimit: () => getHeapStatistics().heap_size_limit,
}, workerData);
`));
  return address;
}

let address: URL | undefined;
