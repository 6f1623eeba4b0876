/**
 * The inside of a thread that runs jobs one after another.
 *
 * Shipped by its own text, as `lib/parallel/guest.ts`. The outside is
 * `thread.ts`; what the two say to each other is in `messages.ts`.
 * @module
 */
import type {
  describeError,
  Interval,
  MakeTask,
  runJob,
  watchThread,
} from "../parallel/guest.ts";
import type { readThreadId } from "../trace/thread_name.ts";
import type { Locks } from "./life_lock.ts";
import type { ThreadSetup } from "./messages.ts";
import type * as SyncModule from "../sync/mod.ts";

/** The functions that come with it, as it can import nothing of ours. */
export interface ThreadGuest {
  /** See `lib/parallel/guest.ts`. */
  readonly describeError: typeof describeError;
  /** See `lib/parallel/guest.ts`. */
  readonly runJob: typeof runJob;
  /** See `lib/parallel/guest.ts`. */
  readonly watchThread: typeof watchThread;
  /** Of `node:worker_threads`. */
  readonly receiveMessageOnPort: (
    port: MessagePort,
  ) => { readonly message: unknown } | undefined;
  /** See `lib/trace/thread_name.ts`. */
  readonly readThreadId: typeof readThreadId;
  /** Of `node:v8`. */
  readonly readHeapLimit: () => number;
}

/**
 * Serves jobs until the thread ends.
 *
 * @param guest What it needs.
 * @param setup What the thread was told when it was made.
 */
export async function serveThread(
  guest: ThreadGuest,
  setup: ThreadSetup,
): Promise<void> {
  type Fn = (...args: unknown[]) => unknown;
  interface Code {
    readonly makeTask: MakeTask;
    readonly fn: Fn;
  }
  const scope = globalThis as unknown as {
    self?: unknown;
    close: (code?: number) => void;
    process: { exit: (code?: number) => void };
    Deno?: { exit: (code?: number) => void }; // None in Node.
    postMessage(message: unknown): void;
    addEventListener(
      type: string,
      listener: (
        event: MessageEvent & ErrorEvent & PromiseRejectionEvent,
      ) => void,
    ): void;
  };
  const { describeError, runJob: runWatched, watchThread } = guest;
  const { OK, ERROR, SHARED, READY, MEASURED, CRASHED, LEFT, NO_MEMORY } =
    setup.replies;
  const { CODE, RUN_SHARED, PORT, MEASURE } = setup.orders;
  const share = Symbol.for("Skein.share");
  const post = scope.postMessage.bind(scope);
  const codes = new Map<number, Code | Promise<Code>>();
  const pass = (value: unknown) => value;
  const [flushMs, memoryCheckMs] = [1, 500];
  const startWatch = watchThread();
  let port: MessagePort | null = null;
  let results: unknown[] = [OK];
  let jobName = "";
  let sync: typeof SyncModule | null = null;

  /** Posts what has not been posted; the last one may be an error or shareable. */
  function flush(kind: number = OK): void {
    if (results.length === 1) return;
    const message = results;
    results = [OK];
    message[0] = kind;
    try {
      post(message);
    } catch (error) {
      if (message.length === 2) {
        post([ERROR, describeError(refuseResult(error), 5)]);
        return;
      }
      // One of them cannot be copied: each by itself, in the same order.
      for (let index = 1; index < message.length; index++) {
        results.push(message[index]);
        flush(index === message.length - 1 ? kind : OK);
      }
    }
  }

  function refuseResult(error: unknown): TypeError {
    const found = error instanceof Error ? error.message : String(error);
    return new TypeError(
      `Cannot return result of "${jobName}": ${found}, expected plain values`,
    );
  }

  /** Gives a lock or channel its form to travel in; inside of a value if it may be there. */
  function pack(value: unknown): unknown {
    if (sync !== null) return sync.toShared(value);
    if (typeof value !== "object" || value === null) return value;
    const toForm = (value as Record<symbol, unknown>)[share];
    return typeof toForm === "function" ? toForm.call(value) : value;
  }

  function succeed(value: unknown): void {
    const packed = pack(value);
    results.push(packed);
    if (packed !== value) flush(SHARED);
  }

  function fail(error: unknown): void {
    results.push(describeError(error, 5));
    flush(ERROR);
  }

  async function revive(args: unknown): Promise<unknown[]> {
    if (sync === null) {
      sync = await import(setup.syncUrl) as typeof SyncModule;
      sync.setLaneName(setup.lane);
    }
    return sync.reviveShared(args) as unknown[];
  }

  async function load(source: string): Promise<Code> {
    const address = `data:text/javascript,${encodeURIComponent(source)}`;
    const { default: makeTask } = await import(address);
    return { makeTask, fn: makeTask(pass, pass) };
  }

  // Its name is where `describeError()` cuts the stack: above are the job's own frames.
  function runJob(fn: Fn, args: unknown[]): unknown {
    return fn(...args);
  }

  // Does not give the thread back before the end if no job awaits anything.
  async function runBatch(order: readonly unknown[]): Promise<void> {
    const isBatch = order.length > 4;
    let flushedMs = isBatch ? performance.now() : 0;
    jobName = order[2] as string;
    for (let index = 3; index < order.length; index++) {
      try {
        let code = codes.get(order[1] as number) as Code | Promise<Code>;
        if (code instanceof Promise) code = await code;
        let args = order[index] as unknown[];
        if (order[0] === RUN_SHARED) args = await revive(args);
        let value = runJob(code.fn, args);
        if (
          typeof (value as PromiseLike<unknown> | null)?.then === "function"
        ) {
          value = await value;
        }
        succeed(value);
      } catch (error) {
        fail(error);
      }
      if (isBatch && performance.now() - flushedMs > flushMs) {
        flush();
        flushedMs = performance.now();
      }
    }
    flush();
  }

  // Arguments and result take the port, from which they are read when we say so: so
  // each step has its own time.
  async function measure(order: readonly unknown[]): Promise<void> {
    const [, codeId, name, isShared, isWatched] = order;
    const heardMs = performance.now();
    jobName = name as string;
    let readMs = heardMs;
    let startMs = heardMs;
    let endMs = heardMs;
    let running: readonly Interval[] | null = null;
    let outcome: [boolean, unknown];
    try {
      let args = guest.receiveMessageOnPort(port as MessagePort)
        ?.message as unknown[];
      if (isShared) args = await revive(args);
      readMs = startMs = endMs = performance.now();
      const code = await (codes.get(codeId as number) as Code | Promise<Code>);
      startMs = endMs = performance.now();
      if (isWatched) {
        const report = await runWatched(code.makeTask, args, startWatch());
        ({ startMs, endMs, running } = report);
        if (report.outcome.type === "error") throw report.outcome.error;
        outcome = [true, report.outcome.value];
      } else {
        const value = await runJob(code.fn, args);
        endMs = performance.now();
        outcome = [true, value];
      }
      outcome[1] = pack(outcome[1]);
    } catch (error) {
      if (running === null) endMs = performance.now();
      outcome = [false, describeError(error, 5)];
    }
    // Written after the job's end, even where the end was noticed late.
    const writingMs = performance.now();
    try {
      port?.postMessage(outcome);
    } catch (error) {
      port?.postMessage([false, describeError(refuseResult(error), 5)]);
    }
    const writtenMs = performance.now();
    post([
      MEASURED,
      heardMs,
      readMs,
      startMs,
      endMs,
      writingMs,
      writtenMs,
      running,
    ]);
  }
  /** Ends the thread, but results that are there are told first. */
  function leaveBy(end: (code?: number) => void): (code?: number) => void {
    return (code) => {
      flush();
      post([LEFT, code ?? 0]);
      end(code);
    };
  }

  function crash(thrown: unknown): void {
    flush();
    post([CRASHED, describeError(thrown, 5)]);
  }

  // Only a thread that holds a lock can be ended while it computes; see `thread.ts`.
  await new Promise<void>((held) => {
    const { locks } = navigator as unknown as { readonly locks?: Locks };
    if (locks === undefined) return held();
    locks.request(setup.lockName, {}, () => {
      held();
      return new Promise(() => {});
    });
  });

  // What tasks know from Web Workers.
  scope.self ??= scope;
  scope.close = leaveBy(scope.close.bind(scope));
  scope.process.exit = leaveBy(scope.process.exit.bind(scope.process));
  const deno = scope.Deno ?? { exit() {} };
  const value = leaveBy(deno.exit);
  Object.defineProperty(deno, "exit", { value, configurable: true });

  scope.addEventListener("error", (event) => {
    event.preventDefault();
    crash(event.error ?? new Error(event.message));
  });
  scope.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    crash(event.reason);
  });

  // V8 ends the code that fills its memory, tells nobody, and raises the limit a little
  // so that the rest can go on: that is how it shows.
  const heapLimit = guest.readHeapLimit();
  setInterval(() => {
    if (guest.readHeapLimit() <= heapLimit) return;
    flush();
    post([NO_MEMORY]);
  }, memoryCheckMs);

  scope.addEventListener("message", (event) => {
    const order = event.data as readonly unknown[];
    switch (order[0]) {
      case CODE: {
        const id = order[1] as number;
        const loading = load(order[2] as string);
        codes.set(id, loading);
        loading.then((code) => codes.set(id, code), () => {});
        break;
      }
      case PORT:
        port = order[1] as MessagePort;
        break;
      case MEASURE:
        measure(order);
        break;
      default:
        runBatch(order);
    }
  });
  const readyMs = performance.now();
  post([READY, performance.timeOrigin, readyMs, guest.readThreadId()]);
}
