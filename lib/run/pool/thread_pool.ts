/**
 * Gives jobs to threads: who is next, who is free, and what happens when
 * either is no more.
 *
 * What users see is in `pool.ts`, one thread in `thread.ts`. Which jobs go in
 * one message is decided in `batching.ts`.
 * @module
 */
import { currentTap } from "../../base/record/mod.ts";
import { queueIsFull, tookTooLong, wasStopped } from "./endings.ts";
import { hostSignal, startTimer } from "../../platform/mod.ts";
import { freeLane, takeLane } from "../../trace/mod.ts";
import type { Job } from "./job.ts";
import { takeBatch } from "./batching.ts";
import { Queue } from "./queue.ts";
import { Signals, Waiters } from "./signals.ts";
import type { PoolSettings, PoolStats, ThreadOwner } from "./stats.ts";
import { Thread } from "./thread.ts";
import { type JobMoments, toTiming } from "./stamps.ts";
import {
  traceBusy,
  traceCut,
  traceJobs,
  traceQueue,
  traceStart,
} from "./tracing.ts";

export class ThreadPool implements ThreadOwner, AsyncDisposable {
  readonly settings: PoolSettings;
  readonly #queue = new Queue<Job>();
  readonly #threads = new Set<Thread>();
  readonly #idle: Thread[] = [];
  readonly #leaving = new Set<Promise<void>>();
  readonly #signals = new Signals((jobs, reason) => this.#end(jobs, reason));
  readonly #waiters = new Waiters();
  // Once it is over: gives what jobs fail with.
  #toEnd: ((job: Job) => unknown) | null = null;
  #running = 0;
  #finished = 0;
  #failed = 0;
  #startedCount = 0;
  readonly #abort = () => this.#close(() => this.settings.signal?.reason);

  constructor(settings: PoolSettings) {
    this.settings = settings;
    settings.signal?.addEventListener("abort", this.#abort);
  }

  /** Whether a job that is asked for now would be refused. */
  get isFull(): boolean {
    return this.#queue.length >= this.settings.maxQueue;
  }

  get stats(): PoolStats {
    const threads = this.#threads.size;
    return {
      size: this.settings.size,
      threads,
      busy: threads - this.#idle.length,
      queued: this.#queue.length,
      running: this.#running,
      finished: this.#finished,
      failed: this.#failed,
      started: this.#startedCount,
    };
  }

  /** Takes a job in: for a free thread, a new one, or the queue. */
  add(job: Job): void {
    const { signal } = job.options;
    if (signal?.aborted) return job.reject(signal.reason);
    if (this.#toEnd !== null) return job.reject(this.#toEnd(job));
    if (this.#idle.length === 0 && !this.#mayStart && this.isFull) {
      const { name, maxQueue } = this.settings;
      return job.reject(queueIsFull(name, maxQueue));
    }
    if (signal !== undefined) this.#signals.add(signal, job);
    job.hostSignal = hostSignal();
    if (job.hostSignal) this.#signals.add(job.hostSignal, job);
    if (job.isReported || currentTap() !== null) {
      job.queuedMs = performance.now();
    }
    this.#queue.push(job);
    this.#feedAny();
  }

  async ready(): Promise<void> {
    while (this.#mayStart) this.#idle.push(this.#start());
    await this.#until(() => [...this.#threads].every(({ isReady }) => isReady));
  }

  room(): Promise<void> {
    return this.#until(() => !this.isFull);
  }

  idle(): Promise<void> {
    return this.#until(() => this.#queue.length === 0 && this.#running === 0);
  }

  /** Ends all threads; jobs that wait or run fail. */
  close(): void {
    this.#close((job) =>
      wasStopped(job.code.name, `${this.settings.name} was disposed of`)
    );
  }

  /** As `close()`, and waits until the threads are gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    await Promise.all(this.#leaving);
  }

  finish(job: Job, value: unknown): void {
    if (job.isSettled) return;
    const { thread, moments } = job;
    this.#settle(job);
    this.#finished++;
    job.resolve(
      job.isReported && moments !== null
        ? { value, timing: toTiming(moments), thread: thread?.id }
        : value,
    );
  }

  fail(job: Job, error: unknown): void {
    if (job.isSettled) return;
    traceCut(job);
    this.#settle(job);
    this.#failed++;
    job.reject(error);
  }

  timed(jobs: readonly Job[], moments: readonly JobMoments[]): void {
    jobs.forEach((job, i) => job.moments = moments[i] ?? null);
    traceJobs(jobs, moments);
  }

  started(thread: Thread): void {
    traceStart(thread);
    for (const job of thread.jobs) this.#startClock(job);
    this.#waiters.notify();
  }

  free(thread: Thread): void {
    traceBusy(thread, null);
    this.#idle.push(thread);
    this.#feedAny();
    this.#waiters.notify();
  }

  ended(thread: Thread, unbegun: readonly Job[]): void {
    this.#retire(thread);
    // Back to where they stood.
    for (const job of unbegun.toReversed()) {
      job.thread = null;
      this.#running--;
      this.#queue.unshift(job);
    }
    this.#feedAny();
    this.#waiters.notify();
  }

  stopped(): void {
    this.#failAll((job) => wasStopped(job.code.name, "its thread was stopped"));
  }

  /** Gives the first jobs in the queue to a thread, if one is or can be had. */
  #feedAny(): void {
    while (this.#queue.length > 0) {
      let thread = this.#idle.pop();
      if (thread === undefined) {
        if (!this.#mayStart) break;
        thread = this.#start();
      }
      const jobs = takeBatch(this.#queue, this.settings);
      this.#running += jobs.length;
      traceBusy(thread, jobs[0] as Job);
      thread.run(jobs);
      if (thread.isReady) this.#startClock(jobs[0] as Job);
    }
    traceQueue(this.#queue.length);
  }

  get #mayStart(): boolean {
    return this.#toEnd === null && this.#threads.size < this.settings.size;
  }

  #start(): Thread {
    this.#startedCount++;
    const { kind, name, memoryMb } = this.settings;
    // Processes have numbers of their own.
    const number = kind === "process" ? 0 : takeLane();
    const thread = new Thread(this, {
      kind,
      number,
      name: `${name}, thread ${number}`,
      memoryMb,
    });
    this.#threads.add(thread);
    return thread;
  }

  /** Lets go of a thread that was stopped. */
  #retire(thread: Thread): void {
    if (!this.#threads.delete(thread)) return;
    traceBusy(thread, null);
    const index = this.#idle.indexOf(thread);
    if (index >= 0) this.#idle.splice(index, 1);
    const leaving = thread.leave().finally(() => {
      // Not before: its name is what its locks are known by.
      freeLane(thread.number);
      this.#leaving.delete(leaving);
    });
    this.#leaving.add(leaving);
  }

  /** Ends jobs wherever they are. */
  #end(jobs: Iterable<Job>, reason: unknown): void {
    const threads = new Set<Thread>();
    for (const job of jobs) {
      if (job.isSettled) continue;
      if (job.thread === null) this.#queue.remove(job);
      // Not if all that is left is to make a lock of its result.
      else if (job.thread.jobs.includes(job)) threads.add(job.thread);
      this.fail(job, reason);
    }
    for (const thread of threads) {
      thread.stop();
      this.#retire(thread);
    }
    this.#feedAny();
    this.#waiters.notify();
  }

  #failAll(toReason: (job: Job) => unknown): void {
    // One for each function: an error takes its time, and a million may wait.
    const reasons = new Map<string, unknown>();
    const fail = (job: Job) => {
      const { name } = job.code;
      if (!reasons.has(name)) reasons.set(name, toReason(job));
      this.fail(job, reasons.get(name));
    };
    for (const thread of [...this.#threads]) {
      thread.stop().forEach(fail);
      this.#retire(thread);
    }
    for (let job = this.#queue.shift(); job; job = this.#queue.shift()) {
      fail(job);
    }
    this.#waiters.notify();
  }

  #settle(job: Job): void {
    if (job.thread !== null) this.#running--;
    job.thread = null;
    job.isSettled = true;
    const { signal } = job.options;
    if (signal !== undefined) this.#signals.remove(signal, job);
    if (job.hostSignal) this.#signals.remove(job.hostSignal, job);
    if (job.timer !== undefined) clearTimeout(job.timer);
  }

  #startClock(job: Job): void {
    const { timeoutMs } = job.options;
    if (timeoutMs === undefined || job.isSettled || job.timer !== undefined) {
      return;
    }
    job.timer = startTimer(
      timeoutMs,
      () => this.#end([job], tookTooLong(job.code.name, timeoutMs)),
    );
  }

  #close(toReason: (job: Job) => unknown): void {
    if (this.#toEnd !== null) return;
    this.#toEnd = toReason;
    this.settings.signal?.removeEventListener("abort", this.#abort);
    this.#failAll(toReason);
  }

  #until(isTrue: () => boolean): Promise<void> {
    return this.#waiters.until(() => this.#toEnd !== null || isTrue());
  }
}
