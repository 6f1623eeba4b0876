/**
 * The inside of a thread that runs jobs one after another.
 *
 * Shipped by its own text, as `lib/run/guest.ts`. The outside is
 * `thread.ts`; what the two say to each other is in `messages.ts`.
 * @module
 */
import type { AsyncLocalStorage } from "node:async_hooks";
import type { MakeTask, runJob, watchThread } from "../guest.ts";
import type { watchCpu } from "../../trace/cpu_guest.ts";
import type { readThreadId } from "../../trace/thread_name.ts";
import type { Locks } from "./life_lock.ts";
import type { ThreadSetup } from "./messages.ts";
import type { followJobs } from "./job_owner_guest.ts";
import type { openOutbox, OutboxGuest } from "./outbox_guest.ts";
import type * as SyncModule from "../../sync/mod.ts";

/** The functions that come with it, as it can import nothing of ours. */
export interface ThreadGuest extends OutboxGuest {
  /** See `lib/run/guest.ts`. */
  readonly runJob: typeof runJob;
  /** See `lib/run/guest.ts`. */
  readonly watchThread: typeof watchThread;
  /** See `job_owner_guest.ts`. */
  readonly followJobs: typeof followJobs;
  /** Of `node:async_hooks`. */
  readonly AsyncLocalStorage: typeof AsyncLocalStorage;
  /** See `outbox_guest.ts`. */
  readonly openOutbox: typeof openOutbox;
  /** See `lib/trace/cpu_guest.ts`. */
  readonly watchCpu: typeof watchCpu;
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
    /** Whether it says when it awaits something. */
    readonly tells: boolean;
    /** Whether it may leave something running. */
    readonly mayStray: boolean;
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
  const { READY, CRASHED, LEFT, NO_MEMORY } = setup.replies;
  const { CODE, RUN_SHARED, KNOCK, TIMED } = setup.orders;
  const post = scope.postMessage.bind(scope);
  const results = guest.openOutbox(guest, setup.replies, post);
  const cpu = guest.watchCpu();
  const owners = guest.followJobs(guest.AsyncLocalStorage, crash);
  const STRAYS =
    /\b(async|await|Promise|then|fetch|import|set(Timeout|Interval|Immediate)|queueMicrotask)\b/;
  const codes = new Map<number, Code | Promise<Code>>();
  const pass = (value: unknown) => value;
  const [flushMs, memoryCheckMs] = [1, 500];
  const startWatch = watchThread();
  let knockMs = 0;
  let sync: typeof SyncModule | null = null;

  async function revive(args: unknown): Promise<unknown[]> {
    if (sync === null) {
      sync = await import(setup.syncUrl) as typeof SyncModule;
      results.toShared = sync.toShared;
      sync.setLaneName(setup.lane);
    }
    return sync.reviveShared(args) as unknown[];
  }

  async function load(source: string): Promise<Code> {
    const address = `data:text/javascript,${encodeURIComponent(source)}`;
    const { default: makeTask } = await import(address);
    // Marked awaits; see `lib/run/instrument.ts`.
    const tells = /__skein_(wait|each)\(/.test(source);
    const mayStray = STRAYS.test(source);
    return { makeTask, fn: makeTask(pass, pass), tells, mayStray };
  }

  // Its name is where `describeError()` cuts the stack: above are the job's own frames.
  function runJob(fn: Fn, args: unknown[]): unknown {
    return fn(...args);
  }

  // Does not give the thread back before the end if no job awaits anything.
  async function runBatch(order: readonly unknown[]): Promise<void> {
    const isBatch = order.length > 4;
    let flushedMs = isBatch ? performance.now() : 0;
    results.begin(order[2] as string, null);
    cpu.skip();
    for (let index = 3; index < order.length; index++) {
      owners.next();
      try {
        let code = codes.get(order[1] as number) as Code | Promise<Code>;
        if (code instanceof Promise) code = await code;
        let args = order[index] as unknown[];
        if (order[0] === RUN_SHARED) args = await revive(args);
        let value = owners.run(code.mayStray, runJob, code.fn, args);
        if (
          typeof (value as PromiseLike<unknown> | null)?.then === "function"
        ) {
          value = await value;
        }
        results.succeed(value);
      } catch (error) {
        results.fail(error);
      }
      if (isBatch && performance.now() - flushedMs > flushMs) {
        results.flush();
        flushedMs = performance.now();
      }
    }
    results.flush();
  }

  // The same, and each step is noted.
  async function runTimed(order: readonly unknown[]): Promise<void> {
    const readMs = performance.now();
    const heardMs = knockMs === 0 ? readMs : knockMs;
    knockMs = 0;
    const [, codeId, name, isShared, isWatched] = order;
    let code = codes.get(codeId as number) as Code | Promise<Code>;
    const isLoading = code instanceof Promise || isShared && sync === null;
    let flushedMs = readMs;
    const head: [number, number, number] = [heardMs, readMs, readMs];
    results.begin(name as string, head);
    cpu.begin();
    for (let index = 5; index < order.length; index++) {
      owners.next();
      let startMs = performance.now();
      try {
        if (code instanceof Promise) code = await code;
        let args = order[index] as unknown[];
        if (isShared) args = await revive(args);
        startMs = performance.now();
        if (isLoading && index === 5) head[2] = startMs;
        if (isWatched && code.tells) {
          const report = await runWatched(code.makeTask, args, startWatch());
          const { outcome, startMs, endMs, running } = report;
          results.note(startMs, endMs, running, cpu.end(endMs, running));
          if (outcome.type === "error") results.fail(outcome.error);
          else results.succeed(outcome.value);
        } else {
          let value = owners.run(code.mayStray, runJob, code.fn, args);
          let endMs = performance.now();
          const ran: [number, number][] = [[startMs, endMs]];
          let waits = false;
          if (
            typeof (value as PromiseLike<unknown> | null)?.then === "function"
          ) {
            value = await value;
            endMs = performance.now();
            waits = true;
          }
          results.note(startMs, endMs, waits ? ran : null, cpu.end(endMs, ran));
          results.succeed(value);
        }
      } catch (error) {
        const endMs = performance.now();
        // It may be its result that cannot be sent: then it is noted already.
        results.note(startMs, endMs, null, cpu.end(endMs, [[startMs, endMs]]));
        results.fail(error);
      }
      if (index < order.length - 1 && performance.now() - flushedMs > flushMs) {
        results.flush();
        flushedMs = performance.now();
      }
    }
    results.flush();
  }

  /** Ends the thread, but results that are there are told first. */
  function leaveBy(end: (code?: number) => void): (code?: number) => void {
    return (code) => {
      results.flush();
      post([LEFT, code ?? 0]);
      end(code);
    };
  }

  function crash(thrown: unknown): void {
    results.flush();
    post([CRASHED, describeError(thrown, 5), owners.current()]);
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
    results.flush();
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
      case KNOCK:
        knockMs = performance.now();
        break;
      case TIMED:
        owners.message(runTimed, order);
        break;
      default:
        owners.message(runBatch, order);
    }
  });
  const readyMs = performance.now();
  post([READY, performance.timeOrigin, readyMs, guest.readThreadId()]);
}
