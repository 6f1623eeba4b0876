/**
 * A mutex: one holder at a time, across tasks and threads.
 *
 * How turns are given is in `permits.ts`.
 * @module
 */
import type { Gate } from "../memory/gate.ts";
import { checkGuard, type LockGuard, slotOf } from "./guard.ts";
import { formOf, openGate, type SyncOptions } from "../memory/open.ts";
import {
  acquire,
  acquireSync,
  breakHolders,
  countFree,
  letIn,
  tryAcquire,
} from "./permits.ts";
import { SHARE, type Shareable, type SharedForm } from "../share.ts";
import type { BlockingOptions, WaitOptions } from "../memory/waiting.ts";

/**
 * A lock that one task of one thread holds at a time.
 *
 * First come, first served: on unlocking, the lock is handed to whoever has
 * waited longest. Such fairness costs: a lock that nobody waits for is taken and
 * given back in 0.2 to 0.5 µs, but handing it to a thread that sleeps takes as
 * long as waking it, 20 to 60 µs, and to a task of the same thread 3 to 4 µs
 * (measured on 2 cores; `navigator.locks` alone: 7 to 12 µs). It is not re-entrant: who holds it and locks it again waits
 * for itself. A Worker that ends while it holds the lock leaves it locked, until
 * `releaseAllOf()` or {@link breakLock} frees it.
 *
 * @example Two tasks take turns
 * ```ts
 * import assert from "node:assert/strict";
 * const mutex = new Mutex();
 * let balance = 100;
 * async function withdraw(amount: number) {
 *   using _guard = await mutex.lock();
 *   const seen = balance;
 *   await Promise.resolve();
 *   balance = seen - amount;
 * }
 * await Promise.all([withdraw(30), withdraw(50)]);
 * assert.equal(balance, 20);
 * ```
 *
 * @example By hand into a Web Worker
 * ```ts
 * import { toShared } from "../share.ts";
 * const mutex = new Mutex({ name: "results" });
 * const script = `import { reviveShared } from "${import.meta.resolve("../mod.ts")}";
 *   onmessage = ({ data }) => {
 *     const mutex = reviveShared(data);
 *     using guard = mutex.lockSync();
 *     postMessage("locked");
 *   };`;
 * const worker = new Worker(`data:text/javascript,${encodeURIComponent(script)}`, { type: "module" });
 * const { promise, resolve } = Promise.withResolvers();
 * worker.onmessage = resolve;
 * worker.postMessage(toShared(mutex));
 * await promise;
 * worker.terminate();
 * ```
 */
export class Mutex implements Shareable {
  readonly #gate: Gate;

  /**
   * Makes an unlocked mutex.
   *
   * @param options Its name, and how many may wait.
   * @throws {TypeError} If an option has the wrong type, or there is no such option.
   * @throws {RangeError} If `maxWaiters` is not an integer from 1 to a million.
   */
  constructor(options: SyncOptions = {}) {
    this.#gate = openGate(options, {
      kind: "Mutex",
      capacity: 1,
      advance: letIn,
    });
  }

  /** What it is called. */
  get name(): string {
    return this.#gate.name;
  }

  /** Whether somebody holds it at this moment. */
  get isLocked(): boolean {
    return countFree(this.#gate) === 0;
  }

  /**
   * Locks it, awaiting its turn.
   *
   * @param options What ends waiting early, and as whom to wait.
   * @returns What unlocks it again: `using guard = await mutex.lock()`.
   * @throws {DOMException | TypeError} As {@link WaitOptions} says.
   * @throws {RangeError} If as many wait as `maxWaiters` allows.
   */
  lock(options?: WaitOptions): Promise<LockGuard> {
    return acquire(this.#request(), options);
  }

  /**
   * Locks it, blocking the thread until its turn. For Workers.
   *
   * @param options How long to wait, and as whom.
   * @returns What unlocks it again.
   * @throws {TypeError} On the main thread; else as {@link BlockingOptions} says.
   * @throws {Error} If a task of this thread holds it or waits for it.
   */
  lockSync(options?: BlockingOptions): LockGuard {
    return acquireSync(this.#request(), options);
  }

  /**
   * Locks it if nobody holds it or waits for it.
   *
   * @param options As whom to hold it.
   * @returns What unlocks it again, or `null`.
   */
  tryLock(options?: Pick<BlockingOptions, "lane">): LockGuard | null {
    return tryAcquire(this.#request(), options);
  }

  /**
   * Takes the lock from its holder, for when that has died.
   *
   * The next holder's guard has `abandoned` set; the old guard unlocks nothing
   * any more.
   *
   * @returns Whether somebody held it.
   */
  breakLock(): boolean {
    return breakHolders(this.#gate);
  }

  /**
   * Tells whether a guard holds this mutex.
   *
   * @param guard Any guard.
   * @returns Whether it is of this mutex, and not yet unlocked.
   * @throws {TypeError} If it is no guard.
   */
  isHeldBy(guard: LockGuard): boolean {
    checkGuard(`look at "${this.name}"`, guard);
    return slotOf(guard)?.gate === this.#gate;
  }

  /** Gives the form in which it travels to another thread. */
  [SHARE](): SharedForm {
    return formOf(this.#gate);
  }

  #request() {
    return { gate: this.#gate, weight: 1, verb: `lock "${this.name}"` };
  }
}
