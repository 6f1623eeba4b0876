/**
 * Calls of one function in a subprocess, one after another.
 *
 * The process starts with the first call, stays for the next ones, and ends
 * with all that it has started. What runs inside is in `lib/run/process/server_guest.ts`.
 * @module
 */
import type { Child } from "../process/child.ts";
import type { TaskText } from "../here/main_thread.ts";
import { reviveError } from "../outcome.ts";
import {
  checkArgs,
  checkRunOptions,
  type JobReport,
  type RunOptions,
} from "./job.ts";
import { cannotSend, tookTooLong, wasStopped } from "./endings.ts";
import { hostSignal, startTimer } from "../../platform/mod.ts";
import {
  coder,
  hearAnswer,
  readOutcome,
  startServing,
} from "../process/serving.ts";
import { traceCall, traceProcessStart } from "./process_tracing.ts";
import type { Remote } from "./remote_function.ts";
import type { JobTiming } from "./stamps.ts";

/** A process that answers calls. */
export class RemoteProcess implements Remote {
  readonly #task: TaskText;
  readonly #signal: AbortSignal | undefined;
  #child: Child | null = null;
  /** Ends the process; each process has one of its own. */
  #end = new AbortController();
  #last: Promise<void> = Promise.resolve();
  #over: { readonly reason: unknown } | null = null;

  constructor(task: TaskText, signal: AbortSignal | undefined) {
    this.#task = task;
    this.#signal = signal;
    signal?.addEventListener("abort", this.#abort);
  }

  async run(args: unknown[], options: RunOptions): Promise<unknown> {
    const { value } = await this.runReported(args, options);
    return value;
  }

  async runReported(
    args: unknown[],
    options: RunOptions,
  ): Promise<JobReport<unknown>> {
    const queuedMs = performance.now();
    checkArgs(`run "${this.#task.name}"`, args);
    checkRunOptions(`run "${this.#task.name}"`, options);
    const signal = joinSignals([options.signal, hostSignal()]);
    return await this.#inTurn(signal, async () => {
      const writingMs = performance.now();
      const line = this.#write(args);
      const writeMs = performance.now() - writingMs;
      const { answer, pid, sentMs, heardMs } = await this.#exchange(
        line,
        { signal, timeoutMs: options.timeoutMs },
      );
      const outcome = readOutcome(answer);
      const readMs = performance.now() - heardMs;
      const { name } = this.#task;
      const { times } = answer;
      traceCall({ pid, name, sentMs, heardMs, times });
      if (outcome.type === "error") throw reviveError(outcome.error);
      const runMs = times.endMs - times.startMs;
      const timing: JobTiming = {
        queueMs: sentMs - queuedMs - writeMs,
        serialiseMs: writeMs + times.writeMs,
        wakeMs: heardMs - sentMs - times.readMs - runMs - times.writeMs,
        runMs,
        deserialiseMs: times.readMs + readMs,
        totalMs: heardMs + readMs - queuedMs,
      };
      return { value: outcome.value, timing, thread: pid };
    });
  }

  async ready(): Promise<void> {
    await this.#inTurn(undefined, async () => {
      const child = await this.#start();
      child.keepAlive(false);
    });
  }

  close(): void {
    this.#endAll(
      wasStopped(this.#task.name, "its process was disposed of"),
    );
  }

  async leave(): Promise<void> {
    this.close();
    await this.#last;
    await this.#drop();
  }

  readonly #abort = () => this.#endAll(this.#signal?.reason);

  #endAll(reason: unknown): void {
    this.#over ??= { reason };
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#end.abort(reason);
  }

  /** Does something when all that was asked for before is done. */
  async #inTurn<T>(
    signal: AbortSignal | undefined,
    act: () => Promise<T>,
  ): Promise<T> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = before.then(() => promise);
    // A notebook's interrupt may end our own code in the middle, for good: the
    // next call must not wait for that, nor find what it has left.
    let timer: ReturnType<typeof setTimeout> | undefined;
    let hasTurn = false;
    const abandon = () => {
      timer = setTimeout(() => {
        if (hasTurn) void this.#drop();
        resolve();
      }, ABANDONED_MS);
    };
    signal?.addEventListener("abort", abandon, { once: true });
    try {
      await orAborted(before, signal);
      hasTurn = true;
      signal?.throwIfAborted();
      if (this.#over !== null) throw this.#over.reason;
      return await act();
    } finally {
      signal?.removeEventListener("abort", abandon);
      clearTimeout(timer);
      resolve();
    }
  }

  #write(args: unknown[]): string {
    try {
      return coder.encode(args);
    } catch (error) {
      throw cannotSend(this.#task.name, error);
    }
  }

  async #exchange(line: string, { signal, timeoutMs }: Limits) {
    const stop = () => this.#end.abort(signal?.reason);
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const starting = this.#start();
      signal?.addEventListener("abort", stop, { once: true });
      const child = await starting;
      child.keepAlive(true);
      if (timeoutMs !== undefined) {
        const reason = tookTooLong(this.#task.name, timeoutMs);
        timer = startTimer(timeoutMs, () => this.#end.abort(reason));
      }
      const sentMs = performance.now();
      await child.send(line);
      const answer = await hearAnswer(child, this.#task);
      child.keepAlive(false);
      return { answer, pid: child.pid, sentMs, heardMs: performance.now() };
    } catch (error) {
      // Whatever it was, what the process says next would be no answer to the next call.
      await this.#drop();
      throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
      clearTimeout(timer);
    }
  }

  async #start(): Promise<Child> {
    if (this.#child !== null) return this.#child;
    this.#end = new AbortController();
    const { signal } = this.#end;
    const askedMs = performance.now();
    const { child } = await startServing(this.#task, signal, (child) => {
      this.#child = child;
    });
    traceProcessStart(child.pid, askedMs);
    return child;
  }

  async #drop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    child?.keepAlive(true);
    await child?.[Symbol.asyncDispose]();
  }
}

/** A call that was stopped is over much sooner. */
const ABANDONED_MS = 2000;

interface Limits {
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
}

function joinSignals(
  signals: readonly (AbortSignal | undefined)[],
): AbortSignal | undefined {
  const given = signals.filter((signal) => signal !== undefined);
  return given.length > 1 ? AbortSignal.any(given) : given[0];
}

async function orAborted(
  promise: Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (signal === undefined) return await promise;
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
