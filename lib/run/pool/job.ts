/**
 * One run of a function that somebody waits for, and what is refused before it starts.
 *
 * Pure but for its promise. Jobs wait in a `queue.ts`, run on a `thread.ts`,
 * and are settled by `pool.ts`.
 * @module
 */
import type { Tap } from "../../base/record/mod.ts";
import type { Code } from "./code.ts";
import type { Queued } from "./queue.ts";
import type { Thread } from "./thread.ts";
import type { JobMoments, JobTiming } from "./stamps.ts";
import {
  checkList,
  checkMs,
  checkOptions,
  checkSignal,
} from "../../base/mod.ts";

/** How a job runs. */
export interface RunOptions {
  /** Ends the job: waiting, it never starts; running, its thread is stopped at once. */
  readonly signal?: AbortSignal;
  /**
   * How long it may run, in milliseconds, from when a thread takes it up; then
   * its thread is stopped. Waiting for a thread does not count: for that there
   * is `signal: AbortSignal.timeout(ms)`.
   * @default unlimited
   */
  readonly timeoutMs?: number;
  /**
   * Buffers and ports among the arguments that are moved and not copied; they
   * are empty here afterwards.
   * @default none
   */
  readonly transfer?: readonly Transferable[];
}

/**
 * A result, and where the time went.
 *
 * @typeParam R What the job returned.
 */
export interface JobReport<R> {
  /** What the job returned. */
  readonly value: R;
  /** Where the time went. */
  readonly timing: JobTiming;
  /** Number of the thread it ran on; lane `worker 2` of a trace is thread 2. */
  readonly thread: number;
}

export class Job implements Queued<Job> {
  previous: Job | null = null;
  next: Job | null = null;
  /** Where it runs; `null` while it waits, and when it has settled. */
  thread: Thread | null = null;
  isSettled = false;
  /** Aborts when the cell that asked for it is interrupted, in a notebook. */
  hostSignal: AbortSignal | undefined = undefined;
  queuedMs = 0;
  /** When a thread took it up. */
  takenMs = 0;
  /** The trace in which it was sent; `null` if none ran. */
  tap: Tap | null = null;
  /** When what happened to it, if it was measured. */
  moments: JobMoments | null = null;
  /** Whether it is noted when its code runs, also while no trace does. */
  isWatched = false;
  /** Stops the clock of `timeoutMs`. */
  timer: ReturnType<typeof setTimeout> | undefined = undefined;

  constructor(
    readonly code: Code,
    readonly args: readonly unknown[],
    readonly options: RunOptions,
    readonly isReported: boolean,
    readonly resolve: (value: unknown) => void,
    readonly reject: (error: unknown) => void,
  ) {}

  /** Whether it may be in one message with others: nothing but all of them can end it. */
  get isSociable(): boolean {
    return !this.isReported && this.options.timeoutMs === undefined &&
      this.options.transfer === undefined;
  }
}

/** Tells whether two jobs may be in one message: what ends one ends both. */
export function mayShareMessage(first: Job, other: Job): boolean {
  return other.code === first.code && other.isSociable &&
    other.options.signal === first.options.signal &&
    other.hostSignal === first.hostSignal;
}

export function checkArgs(what: string, args: unknown): void {
  checkList([what, "args"], args, "the function's arguments");
}

export function checkRunOptions(
  what: string,
  options: RunOptions,
  names: readonly string[] = RUN_NAMES,
): void {
  checkOptions(what, options, names);
  const { signal, timeoutMs, transfer = [] } = options;
  checkSignal(what, signal);
  checkMs([what, "timeoutMs"], timeoutMs);
  checkList([what, "transfer"], transfer, "buffers and ports");
}

const RUN_NAMES = ["signal", "timeoutMs", "transfer"];
