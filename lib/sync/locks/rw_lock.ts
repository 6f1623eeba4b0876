/**
 * A read-write lock: many readers or one writer.
 *
 * A reader takes one permit and a writer takes all, see `permits.ts`.
 * @module
 */
import type { Gate } from "../memory/gate.ts";
import type { LockGuard } from "./guard.ts";
import { formOf, openGate, type SyncOptions } from "../memory/open.ts";
import {
  acquire,
  acquireSync,
  breakHolders,
  letIn,
  tryAcquire,
} from "./permits.ts";
import { SHARE, type Shareable, type SharedForm } from "../share.ts";
import type { BlockingOptions, WaitOptions } from "../memory/waiting.ts";

/**
 * A lock that readers hold together and a writer holds alone.
 *
 * First come, first served: a reader that comes after a waiting writer waits
 * behind it, so that neither side starves. A reader can not become a writer
 * without unlocking first.
 *
 * @example Two readers at once
 * ```ts
 * import assert from "node:assert/strict";
 * const lock = new RwLock();
 * {
 *   using one = await lock.read();
 *   using other = await lock.read();
 *   assert.equal(lock.tryWrite(), null);
 *   assert.ok(one.isHeld && other.isHeld);
 * }
 * using writer = await lock.write();
 * assert.ok(writer.isHeld);
 * ```
 */
export class RwLock implements Shareable {
  readonly #gate: Gate;

  /**
   * Makes an unlocked lock.
   *
   * @param options Its name, and how many may hold it and wait.
   * @throws {TypeError} If an option has the wrong type, or there is no such option.
   * @throws {RangeError} If `maxWaiters` is not an integer from 1 to a million.
   */
  constructor(options: SyncOptions = {}) {
    this.#gate = openGate(options, {
      kind: "RwLock",
      capacity: ALL,
      advance: letIn,
    });
  }

  /** What it is called. */
  get name(): string {
    return this.#gate.name;
  }

  /**
   * Locks it for reading, awaiting its turn.
   *
   * @param options What ends waiting early, and as whom to wait.
   * @returns What unlocks it again.
   * @throws {DOMException | TypeError} As {@link WaitOptions} says.
   */
  read(options?: WaitOptions): Promise<LockGuard> {
    return acquire(this.#request("read", 1), options);
  }

  /**
   * Locks it for writing, awaiting its turn.
   *
   * @param options What ends waiting early, and as whom to wait.
   * @returns What unlocks it again.
   * @throws {DOMException | TypeError} As {@link WaitOptions} says.
   */
  write(options?: WaitOptions): Promise<LockGuard> {
    return acquire(this.#request("write", ALL), options);
  }

  /**
   * Locks it for reading, blocking the thread. For Workers.
   *
   * @param options How long to wait, and as whom.
   * @returns What unlocks it again.
   * @throws {TypeError} On the main thread; else as {@link BlockingOptions} says.
   */
  readSync(options?: BlockingOptions): LockGuard {
    return acquireSync(this.#request("read", 1), options);
  }

  /**
   * Locks it for writing, blocking the thread. For Workers.
   *
   * @param options How long to wait, and as whom.
   * @returns What unlocks it again.
   * @throws {TypeError} On the main thread; else as {@link BlockingOptions} says.
   */
  writeSync(options?: BlockingOptions): LockGuard {
    return acquireSync(this.#request("write", ALL), options);
  }

  /**
   * Locks it for reading if nobody writes or waits.
   *
   * @param options As whom to hold it.
   * @returns What unlocks it again, or `null`.
   */
  tryRead(options?: Pick<BlockingOptions, "lane">): LockGuard | null {
    return tryAcquire(this.#request("read", 1), options);
  }

  /**
   * Locks it for writing if nobody holds it or waits.
   *
   * @param options As whom to hold it.
   * @returns What unlocks it again, or `null`.
   */
  tryWrite(options?: Pick<BlockingOptions, "lane">): LockGuard | null {
    return tryAcquire(this.#request("write", ALL), options);
  }

  /**
   * Takes the lock from all its holders, for when they have died.
   *
   * @returns Whether somebody held it.
   */
  breakLock(): boolean {
    return breakHolders(this.#gate);
  }

  /** Gives the form in which it travels to another thread. */
  [SHARE](): SharedForm {
    return formOf(this.#gate);
  }

  #request(verb: "read" | "write", weight: number) {
    return { gate: this.#gate, weight, verb: `${verb} under "${this.name}"` };
  }
}

/** More than there can ever be readers. */
const ALL = 2 ** 30;
