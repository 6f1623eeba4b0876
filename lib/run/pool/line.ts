/**
 * The line to what runs jobs elsewhere, and what is at its other end: a thread
 * that really stops, a Web Worker, or a process. All speak as `messages.ts` says.
 *
 * The program of all is put together from the texts of functions, so that it
 * needs no file and no permission. That of processes is tied in `process_line.ts`.
 * @module
 */
import { describeError, runJob, watchThread } from "../guest.ts";
import { toModuleAddress } from "../here/main_thread.ts";
import {
  loadWorkerThreads,
  nodeStandIn,
  openWorker,
} from "../../platform/mod.ts";
import { readCpuTimes, readThreadId, watchCpu } from "../../trace/mod.ts";
import { UNWATCHED } from "../../base/record/mod.ts";
import { explain } from "./endings.ts";
import { type GuestKind, ORDERS, REPLIES, type Setup } from "./messages.ts";
import { SYNC_URL } from "./sharing.ts";
import { openOutbox } from "./outbox_guest.ts";
import { followJobs } from "./job_owner_guest.ts";
import { mayBeLarge } from "./stamps.ts";
import { serveJobs } from "./serve_guest.ts";

export interface Line {
  /** The process at its other end; `null` if that is this one. */
  readonly pid: number | null;
  /** Sends an order; throws if it cannot be copied. */
  post(order: unknown, transfer?: readonly Transferable[]): void;
  /** Says whether this process is to wait for what is at the other end. */
  keepAlive(isWanted: boolean): void;
  /** Ends what is there, whatever it does; settles when it is gone, and tells if that is known. */
  end(): Promise<boolean>;
}

export interface LineEvents {
  hear(message: unknown): void;
  /** It has ended by itself: how, or an error that says all. */
  lose(found: string | Error): void;
}

export interface LineOptions {
  readonly kind: GuestKind;
  readonly lane: string;
  readonly name: string;
  readonly memoryMb: number;
}

/** Makes what the other end is told first. */
export function makeSetup(
  { kind, lane }: Pick<LineOptions, "kind" | "lane">,
  secret: string,
): Setup {
  const constants = { orders: ORDERS, replies: REPLIES };
  return { kind, lane, secret, syncUrl: SYNC_URL, ...constants };
}

/** Writes the program of the other end: `wire` makes its line, `setup` what it is told. */
export function writeProgram(
  [wire, setup]: readonly [wire: string, setup: string],
  [Storage, heapLimit]: readonly [string, string] = ["null", "() => 0"],
): string {
  return `const wire = ${wire};
await (${serveJobs})({
  followJobs: ${followJobs},
  AsyncLocalStorage: ${Storage},
  describeError: ${describeError},
  runJob: ${runJob},
  watchThread: ${watchThread},
  mayBeLarge: ${mayBeLarge},
  openOutbox: ${openOutbox},
  watchCpu: ${watchCpu},
  readCpuTimes: ${readCpuTimes},
  readThreadId: ${readThreadId},
  readHeapLimit: ${heapLimit},
}, ${setup}, wire);
`;
}

/** Starts a thread of `node:worker_threads`, the only kind that can be ended while it computes; blocks for 20 to 30 ms. */
export function openThreadLine(options: LineOptions, events: LineEvents): Line {
  const { name, memoryMb } = options;
  const { Worker } = loadWorkerThreads();
  const lockName = `Skein thread ${crypto.randomUUID()}`;
  const worker = new Worker(writeThreadProgram(), {
    name,
    workerData: makeSetup(options, lockName),
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  worker.on("message", events.hear);
  worker.on("error", (error) => events.lose(explain(error)));
  worker.on("messageerror", () => events.lose(UNREADABLE));
  // What the thread said last may come after its end.
  worker.on(
    "exit",
    () => setTimeout(() => events.lose("its thread ended"), LAST_WORDS_MS),
  );
  return {
    pid: null,
    post: (order, transfer) =>
      worker.postMessage(order, transfer as never ?? []),
    keepAlive: (isWanted) => isWanted ? worker.ref() : worker.unref(),
    end: () => waitForEnd(lockName, worker.terminate()),
  };
}

/** Starts a Web Worker, which ends when it gives its thread back (Deno 2.7 to 2.9.6). */
export function openWorkerLine(options: LineOptions, events: LineEvents): Line {
  const setup = JSON.stringify(makeSetup(options, ""));
  const program = writeProgram([SCOPE_WIRE, setup]);
  const worker = openWorker(toModuleAddress(program), options.name, {
    [UNWATCHED]: true,
  });
  worker.addEventListener("message", ({ data }) => events.hear(data));
  worker.addEventListener("messageerror", () => events.lose(UNREADABLE));
  worker.addEventListener("error", (event) => {
    // Otherwise the error would end this process too.
    event.preventDefault();
    events.lose(event.message);
  });
  return {
    pid: null,
    post: (order, transfer) => worker.postMessage(order, [...transfer ?? []]),
    keepAlive() {},
    end() {
      worker.terminate();
      return Promise.resolve(true);
    },
  };
}

function writeThreadProgram(): URL {
  const prelude = nodeStandIn()?.threadPrelude ?? "";
  return threadProgram ??= new URL(toModuleAddress(`${prelude}
import { AsyncLocalStorage } from "node:async_hooks";
import { workerData } from "node:worker_threads";
import { getHeapStatistics } from "node:v8";
${
    writeProgram(
      [SCOPE_WIRE, "workerData"],
      ["AsyncLocalStorage", "() => getHeapStatistics().heap_size_limit"],
    )
  }`));
}

let threadProgram: URL | undefined;

const SCOPE_WIRE = `{
  post: globalThis.postMessage.bind(globalThis),
  listen: (hear) => addEventListener("message", ({ data }) => hear(data)),
}`;

/** The part of `navigator.locks` that is used. */
export interface Locks {
  /** Calls back with the lock, and holds it until what that returns has settled. */
  request(
    name: string,
    options: { readonly signal?: AbortSignal },
    use: () => void | Promise<void>,
  ): Promise<void>;
}

/**
 * Waits until a thread that was stopped is gone, but not for ever; tells whether
 * it is known to be gone. In Node, what `terminate()` gave settles then.
 */
async function waitForEnd(
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

const UNREADABLE = "a result is unreadable";
const LAST_WORDS_MS = 20;
const MAX_WAIT_MS = 2000;
