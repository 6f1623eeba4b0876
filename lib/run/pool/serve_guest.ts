/**
 * The inside of a thread, Worker or process that runs jobs one after another.
 *
 * Shipped by its own text, as `lib/run/guest.ts`. The outside is
 * `thread.ts`; what the two say to each other is in `messages.ts`.
 * @module
 */
import type { AsyncLocalStorage } from "node:async_hooks";
import type { MakeTask, runJob, watchThread } from "../guest.ts";
import type { readCpuTimes, readThreadId, watchCpu } from "../../trace/mod.ts";
import type { Locks } from "./line.ts";
import type { Setup } from "./messages.ts";
import type { followJobs } from "./job_owner_guest.ts";
import type { openOutbox, OutboxGuest } from "./outbox_guest.ts";
import type * as SyncModule from "../../sync/mod.ts";

export interface GuestWire {
  post(message: unknown): void;
  listen(hear: (order: readonly unknown[]) => void): void;
}

/** The functions that come with it, as it can import nothing of ours. */
export interface ServeGuest extends OutboxGuest {
  readonly runJob: typeof runJob;
  readonly watchThread: typeof watchThread;
  readonly followJobs: typeof followJobs;
  /** Of `node:async_hooks`; `null` where loading it would cost more than it is worth. */
  readonly AsyncLocalStorage: typeof AsyncLocalStorage | null;
  readonly openOutbox: typeof openOutbox;
  readonly watchCpu: typeof watchCpu;
  readonly readCpuTimes: typeof readCpuTimes;
  readonly readThreadId: typeof readThreadId;
  readonly readHeapLimit: () => number;
}

export async function serveJobs(
  guest: ServeGuest,
  setup: Setup,
  wire: GuestWire,
): Promise<void> {
  type Fn = (...args: unknown[]) => unknown;
  interface Code {
    readonly name: string;
    readonly makeTask: MakeTask;
    readonly fn: Fn;
    /** Whether it says when it awaits something. */
    readonly tells: boolean;
    /** Whether it may leave something running. */
    mayStray: boolean;
  }
  const scope = globalThis as unknown as {
    self?: unknown;
    close: (code?: number) => void;
    process: { exit: (code?: number) => void };
    Deno?: { exit: (code?: number) => void }; // None in Node.
    addEventListener?(
      type: string,
      listener: (event: ErrorEvent & PromiseRejectionEvent) => void,
    ): void;
  };
  const { describeError, runJob: runWatched, watchThread } = guest;
  const { READY, CRASHED, LEFT, NO_MEMORY } = setup.replies;
  const { CODE, RUN_PLAIN, RUN_SHARED, KNOCK, TIMED } = setup.orders;
  const { post } = wire;
  const [isThread, isProcess] = ["thread", "process"].map((kind) =>
    kind === setup.kind
  );
  const results = guest.openOutbox(guest, setup.replies, post);
  const cpu = guest.watchCpu(guest.readCpuTimes, !isThread);
  const owners = guest.followJobs(guest.AsyncLocalStorage, crash);
  const STRAYS =
    /\b(async|await|Promise|then|fetch|import|set(Timeout|Interval|Immediate)|queueMicrotask)\b/;
  const codes: (Code | Promise<Code>)[] = [];
  const pass = (value: unknown) => value;
  const [flushMs, memoryCheckMs] = [1, 500];
  const startWatch = watchThread();
  let knockMs = 0;
  let flushedMs = 0;
  let sync: typeof SyncModule | null = null;

  async function revive(args: unknown): Promise<unknown[]> {
    if (sync === null) {
      sync = await import(setup.syncUrl) as typeof SyncModule;
      results.toShared = sync.toShared;
      sync.setLaneName(setup.lane);
    }
    return sync.reviveShared(args) as unknown[];
  }

  async function load(name: string, source: string): Promise<Code> {
    const address = `data:text/javascript,${encodeURIComponent(source)}`;
    const { default: makeTask } = await import(address);
    // Marked awaits; see `lib/run/instrument.ts`.
    const tells = /__skein_(wait|each)\(/.test(source);
    const mayStray = STRAYS.test(source);
    return { name, makeTask, fn: makeTask(pass, pass), tells, mayStray };
  }

  // Its name is where `describeError()` cuts the stack: above are the job's own frames.
  function runJob(fn: Fn, args: unknown[]): unknown {
    return fn(...args);
  }

  function isThenable(value: unknown): boolean {
    return typeof (value as PromiseLike<unknown> | null)?.then === "function";
  }

  /** Posts what is there if the rest of a message takes long: others wait for it. */
  function flushSometimes(order: readonly unknown[], index: number): void {
    if (index === order.length - 1 || performance.now() - flushedMs < flushMs) {
      return;
    }
    results.flush();
    flushedMs = performance.now();
  }

  /** Jobs that leave nothing behind: nothing is awaited, and nobody followed. */
  function runPlain(order: readonly unknown[], code: Code): void {
    const isBatch = order.length > 3;
    if (isBatch) flushedMs = performance.now();
    results.begin(code.name, null);
    cpu.skip();
    for (let index = 2; index < order.length; index++) {
      owners.pass();
      try {
        const value = runJob(code.fn, order[index] as unknown[]);
        // From an argument, such as a Blob.
        if (isThenable(value)) {
          return owners.message(runJobs, order, index, { value });
        }
        results.succeed(value);
      } catch (error) {
        results.fail(error);
      }
      if (isBatch) flushSometimes(order, index);
    }
    results.flush();
  }

  /**
   * Jobs of one message, from one of them on, which may have been called already.
   * Does not give the thread back before the end if no job awaits anything.
   */
  async function runJobs(
    order: readonly unknown[],
    first: number,
    begun: { readonly value: unknown } | null,
  ): Promise<void> {
    const isTimed = order[0] === TIMED;
    const isShared = isTimed ? order[2] as boolean : order[0] === RUN_SHARED;
    const isWatched = isTimed && order[3] as boolean;
    const readMs = flushedMs = performance.now();
    const head: [number, number, number] = [knockMs || readMs, readMs, readMs];
    knockMs = 0;
    let code = codes[order[1] as number]!;
    const isLoading = code instanceof Promise || isShared && sync === null;
    if (isTimed) cpu.begin();
    else cpu.skip();
    for (let index = first; index < order.length; index++) {
      if (begun === null) owners.next();
      let startMs = readMs;
      try {
        if (code instanceof Promise) code = await code;
        results.begin(code.name, isTimed ? head : null);
        let args = order[index] as unknown[];
        if (isShared) args = await revive(args);
        if (isTimed) startMs = performance.now();
        if (isLoading && index === first) head[2] = startMs;
        if (isWatched && code.tells) {
          const report = await runWatched(code.makeTask, args, startWatch());
          const { outcome, startMs, endMs, running } = report;
          results.note(startMs, endMs, running, cpu.end(endMs, running));
          if (outcome.type === "error") results.fail(outcome.error);
          else results.succeed(outcome.value);
        } else {
          let { value } = begun ??
            { value: owners.run(code.mayStray, runJob, code.fn, args) };
          begun = null;
          let endMs = isTimed ? performance.now() : 0;
          const ran: [number, number][] = [[startMs, endMs]];
          const waits = isThenable(value);
          if (waits) {
            value = await value;
            if (isTimed) endMs = performance.now();
          }
          if (isTimed) {
            const onCore = cpu.end(endMs, ran);
            results.note(startMs, endMs, waits ? ran : null, onCore);
          }
          results.succeed(value);
        }
      } catch (error) {
        begun = null;
        if (isTimed) {
          const endMs = performance.now();
          const onCore = cpu.end(endMs, [[startMs, endMs]]);
          // It may be its result that cannot be sent: then it is noted already.
          results.note(startMs, endMs, null, onCore);
        }
        results.fail(error);
      }
      flushSometimes(order, index);
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

  const { locks } = navigator as unknown as { readonly locks?: Locks };
  if (isThread && locks !== undefined) {
    // Only a thread that holds a lock can be ended while it computes; see `line.ts`.
    await new Promise<void>((held) => {
      locks.request(setup.secret, {}, () => {
        held();
        return new Promise(() => {});
      });
    });
  }

  // What tasks know from Web Workers.
  scope.self ??= scope;
  // How a process has ended, the system tells.
  if (!isProcess) {
    scope.close = leaveBy(scope.close.bind(scope));
    const deno = scope.Deno ?? { exit() {} };
    const value = leaveBy(deno.exit);
    Object.defineProperty(deno, "exit", { value, configurable: true });
  }
  if (isThread) {
    scope.process.exit = leaveBy(scope.process.exit.bind(scope.process));
  }

  // A process of Node has none: it ends, which the system tells.
  scope.addEventListener?.("error", (event) => {
    event.preventDefault();
    crash(event.error ?? new Error(event.message));
  });
  scope.addEventListener?.("unhandledrejection", (event) => {
    event.preventDefault();
    crash(event.reason);
  });

  // V8 ends the code that fills its memory, tells nobody, and raises the limit a little
  // so that the rest can go on: that is how it shows.
  const heapLimit = guest.readHeapLimit();
  if (isThread) {
    setInterval(() => {
      if (guest.readHeapLimit() <= heapLimit) return;
      results.flush();
      post([NO_MEMORY]);
    }, memoryCheckMs);
  }

  wire.listen((order) => {
    const kind = order[0];
    if (kind === KNOCK) {
      knockMs = performance.now();
      return;
    }
    if (kind === CODE) {
      const [, id, name, source] = order as [number, number, string, string];
      const loading = load(name, source);
      codes[id] = loading;
      loading.then((code) => codes[id] = code, () => {});
      return;
    }
    const code = codes[order[1] as number]!;
    if (kind === RUN_PLAIN && !(code instanceof Promise)) runPlain(order, code);
    else owners.message(runJobs, order, kind === TIMED ? 4 : 2, null);
  });
  const readyMs = performance.now();
  post([READY, performance.timeOrigin, readyMs, guest.readThreadId()]);
}
