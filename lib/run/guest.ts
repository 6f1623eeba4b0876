/**
 * What runs beside a task, wherever the task runs: watching it and its errors.
 *
 * These functions are shipped by their own text, so each uses nothing from
 * outside but globals and its arguments (a test holds them to it). On the main
 * thread `main_thread.ts` calls them, elsewhere `pool/serve_guest.ts`.
 * @module
 */

/** From when to when code ran. Units: milliseconds of `performance.now()` there. */
export type Interval = [startMs: number, endMs: number];

/** Makes a task's function, given what its awaits call; see `instrument.ts`. */
export type MakeTask = (
  wait: (value: unknown) => Promise<unknown>,
  each: (iterable: unknown) => unknown,
) => (...args: unknown[]) => unknown;

/** An error as plain values. */
export interface ErrorReport {
  /** Name of its class, such as `RangeError`. */
  readonly name: string;
  readonly message: string;
  /** Where it was made, as text; absent if that is unknown. */
  readonly stack?: string;
  readonly cause?: ErrorReport;
}

/** How a job went. Units: milliseconds of `performance.now()` where it ran. */
export interface JobReport {
  /** What it returned or threw. */
  readonly outcome:
    | { readonly type: "value"; readonly value: unknown }
    | { readonly type: "error"; readonly error: unknown };
  /** When it was called. */
  readonly startMs: number;
  /** When its promise settled. */
  readonly endMs: number;
  /** When its code ran in between; it waited the rest of the time. */
  readonly running: readonly Interval[];
}

export interface JobWatch {
  /** Notes that the job's code runs from now on, until the thread is free again. */
  enter(): void;
  /** Notes that the job awaits a value, and gives what to await instead. */
  wait(value: unknown): Promise<unknown>;
  /** Gives what `for await` is to loop over instead, so that it is noted too. */
  each(iterable: unknown): unknown;
  /** Notes that the job's code is about to give the thread back. */
  leaveSoon(): void;
  finish(): { readonly endMs: number; readonly running: readonly Interval[] };
}

/**
 * Watches the jobs of one thread: at any time, at most one of them runs.
 *
 * A job enters the thread when it is called, or when a promise it awaits has
 * settled. It has left when a microtask queued on entering gets its turn (no
 * code is on the stack then), or, if another job enters before that, at its
 * last `await`. So a job that could go on while another computes is waiting.
 */
export function watchThread(): () => JobWatch {
  // Gaps below this are no waiting that could be seen; without it, a million
  // `await null` would be a million intervals.
  const mergeMs = 0.05;
  const noticeMs = 0.2;
  const maxIntervals = 5000;
  interface State {
    running: Interval[];
    leftMs: number;
    idleAtLeaveMs: number;
  }
  let onThread: State | null = null;
  let latest: State | null = null;
  let freeSinceMs = performance.now();
  let idleMs = 0;

  function leave(endMs: number): void {
    const interval = onThread?.running.at(-1);
    if (!onThread || !interval) return;
    interval[1] = endMs;
    onThread.idleAtLeaveMs = idleMs;
    onThread = null;
    freeSinceMs = endMs;
  }

  return () => {
    const job: State = { running: [], leftMs: 0, idleAtLeaveMs: 0 };

    function enter(): void {
      if (onThread === job) return;
      const nowMs = performance.now();
      if (onThread === null) {
        idleMs += nowMs - freeSinceMs;
      } else {
        const enteredMs = onThread.running.at(-1)?.[0] ?? nowMs;
        leave(onThread.leftMs >= enteredMs ? onThread.leftMs : nowMs);
      }
      const previous = job.running.at(-1);
      const isGap = previous === undefined || latest !== job ||
        nowMs - previous[1] > mergeMs;
      if (isGap && job.running.length < maxIntervals) {
        job.running.push([nowMs, nowMs]);
      }
      onThread = job;
      latest = job;
      queueMicrotask(() => leave(performance.now()));
    }

    function wait(value: unknown): Promise<unknown> {
      const promise = Promise.resolve(value);
      leaveSoon();
      // Reacts just before the `await` does, as it asked just before.
      promise.then(enter, enter);
      return promise;
    }

    function each(iterable: unknown): unknown {
      const source = iterable as AsyncIterable<unknown> & Iterable<unknown>;
      const open = source[Symbol.asyncIterator];
      // Values of a plain iterable are awaited by the loop itself, unseen.
      if (open === undefined) return iterable;
      const iterator = open.call(source);
      const watched: AsyncIterator<unknown> = {
        next: () => wait(iterator.next()) as Promise<IteratorResult<unknown>>,
      };
      if (iterator.return) {
        watched.return = (value) =>
          wait(iterator.return?.(value)) as Promise<IteratorResult<unknown>>;
      }
      return { [Symbol.asyncIterator]: () => watched };
    }

    function leaveSoon(): void {
      job.leftMs = performance.now();
    }

    function finish() {
      const nowMs = performance.now();
      if (onThread === job) leave(nowMs);
      if (onThread === null) {
        idleMs += nowMs - freeSinceMs;
        freeSinceMs = nowMs;
      }
      // If the thread was never free since the job left it, the job was done then,
      // and only we hear of it late: it waited for nothing.
      const isDone = idleMs - job.idleAtLeaveMs <= noticeMs;
      const endMs = isDone ? job.running.at(-1)?.[1] ?? nowMs : nowMs;
      return { endMs, running: job.running };
    }

    return { enter, wait, each, leaveSoon, finish };
  };
}

export async function runJob(
  makeTask: MakeTask,
  args: readonly unknown[],
  watch: JobWatch,
): Promise<JobReport> {
  let outcome: JobReport["outcome"];
  watch.enter();
  const startMs = performance.now();
  try {
    const returned = makeTask(watch.wait, watch.each)(...args);
    watch.leaveSoon();
    outcome = { type: "value", value: await returned };
  } catch (error) {
    outcome = { type: "error", error };
  }
  return { outcome, startMs, ...watch.finish() };
}

/** Turns anything thrown into plain values. */
export function describeError(thrown: unknown, depth: number): ErrorReport {
  if (!(thrown instanceof Error)) {
    return {
      name: "Error",
      message: `Thrown was no error but ${String(thrown)}`,
    };
  }
  // A class of its own that sets no `name` still has one as a class.
  const { name } = thrown.name === "Error" ? thrown.constructor : thrown;
  return {
    name,
    message: thrown.message,
    stack: shortenStack(thrown.stack ?? ""),
    ...(thrown.cause !== undefined && depth > 0
      ? { cause: describeError(thrown.cause, depth - 1) }
      : {}),
  };

  /** Ends at the task's own frames, and names the task, as its address is its whole text. */
  function shortenStack(stack: string): string {
    const lines = stack.split("\n");
    const end = lines.findIndex((line) => /^ +at (async )?runJob /.test(line));
    return lines.slice(0, end === -1 ? lines.length : end)
      .map((line) =>
        line.replace(/data:text\/javascript,.*?(:\d+:\d+\)?)$/, "task$1")
      )
      .join("\n");
  }
}
