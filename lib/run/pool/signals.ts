/**
 * Which jobs a signal ends, and who waits until something is true of a pool.
 *
 * One listener a signal, however many jobs share it: a hundred thousand
 * listeners would cost more than the jobs.
 * @module
 */
import type { Job } from "./job.ts";

/** Keeps the jobs of each signal. */
export class Signals {
  readonly #end: (jobs: Iterable<Job>, reason: unknown) => void;
  readonly #watched = new Map<AbortSignal, Watched>();

  constructor(end: (jobs: Iterable<Job>, reason: unknown) => void) {
    this.#end = end;
  }

  add(signal: AbortSignal, job: Job): void {
    let watched = this.#watched.get(signal);
    if (watched === undefined) {
      const jobs = new Set<Job>();
      const abort = () => {
        this.#watched.delete(signal);
        this.#end(jobs, signal.reason);
      };
      watched = { jobs, abort };
      this.#watched.set(signal, watched);
      signal.addEventListener("abort", abort, { once: true });
    }
    watched.jobs.add(job);
  }

  /** Forgets a job that has settled. */
  remove(signal: AbortSignal, job: Job): void {
    const watched = this.#watched.get(signal);
    if (watched === undefined) return;
    watched.jobs.delete(job);
    if (watched.jobs.size > 0) return;
    signal.removeEventListener("abort", watched.abort);
    this.#watched.delete(signal);
  }
}

interface Watched {
  readonly jobs: Set<Job>;
  readonly abort: () => void;
}

/** Wakes those who wait each time that something has changed. */
export class Waiters {
  #waiting: (() => void)[] = [];

  /** Waits until it is true; it is asked now, and after each change. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  notify(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
