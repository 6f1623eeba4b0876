/**
 * A semaphore: a number of permits, for so many at a time.
 *
 * How turns are given is in `permits.ts`.
 * @module
 */
import { checkOptions, checkWhole } from "../../base/mod.ts";
import type { Gate } from "../memory/gate.ts";
import type { LockGuard } from "./guard.ts";
import * as at from "../memory/layout.ts";
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

/** How many permits to take. */
export interface PermitOptions {
  /**
   * How many; who asks for many is not overtaken by those who ask for few.
   * @default 1
   */
  readonly permits?: number;
}

/**
 * A number of permits; who finds none free waits.
 *
 * First come, first served, by tasks and threads alike.
 *
 * @example At most two downloads at a time
 * ```ts
 * import assert from "node:assert/strict";
 * const slots = new Semaphore(2);
 * let active = 0, most = 0;
 * async function download() {
 *   using _permit = await slots.acquire();
 *   most = Math.max(most, ++active);
 *   await Promise.resolve();
 *   active--;
 * }
 * await Promise.all([download(), download(), download()]);
 * assert.equal(most, 2);
 * ```
 */
export class Semaphore implements Shareable {
  readonly #gate: Gate;

  /**
   * Makes a semaphore with all its permits free.
   *
   * @param permits How many there are.
   * @param options Its name, and how many may hold and wait.
   * @throws {TypeError} If something has the wrong type, or there is no such option.
   * @throws {RangeError} If a number is outside its limits.
   */
  constructor(permits: number, options: SyncOptions = {}) {
    checkWhole(["make a Semaphore", "permits"], permits, PERMITS);
    this.#gate = openGate(options, {
      kind: "Semaphore",
      capacity: permits,
      advance: letIn,
    });
  }

  /** What it is called. */
  get name(): string {
    return this.#gate.name;
  }

  /** How many permits there are. */
  get permits(): number {
    return this.#gate.words[at.CAPACITY]!;
  }

  /** How many of them are free at this moment. */
  get free(): number {
    return countFree(this.#gate);
  }

  /**
   * Takes permits, awaiting its turn.
   *
   * @param options How many, what ends waiting early, and as whom to wait.
   * @returns What gives them back: `using permit = await semaphore.acquire()`.
   * @throws {RangeError} If more are asked for than there are.
   * @throws {DOMException | TypeError} As {@link WaitOptions} says.
   */
  // Asynchronous, so that a wrong number is a rejection too.
  async acquire(options: WaitOptions & PermitOptions = {}): Promise<LockGuard> {
    return await acquire(this.#request(options), options);
  }

  /**
   * Takes permits, blocking the thread. For Workers.
   *
   * @param options How many, how long to wait, and as whom.
   * @returns What gives them back.
   * @throws {TypeError} On the main thread; else as {@link BlockingOptions} says.
   * @throws {RangeError} If more are asked for than there are.
   */
  acquireSync(options: BlockingOptions & PermitOptions = {}): LockGuard {
    return acquireSync(this.#request(options), options);
  }

  /**
   * Takes permits if they are free and nobody waits.
   *
   * @param options How many, and as whom to hold them.
   * @returns What gives them back, or `null`.
   * @throws {RangeError} If more are asked for than there are.
   */
  tryAcquire(
    options: Pick<BlockingOptions, "lane"> & PermitOptions = {},
  ): LockGuard | null {
    return tryAcquire(this.#request(options), options);
  }

  /**
   * Takes the permits from all holders, for when they have died.
   *
   * @returns Whether somebody held one.
   */
  breakLock(): boolean {
    return breakHolders(this.#gate);
  }

  /** Gives the form in which it travels to another thread. */
  [SHARE](): SharedForm {
    return formOf(this.#gate, { permits: this.permits });
  }

  #request(options: PermitOptions) {
    const verb = `acquire "${this.name}"`;
    checkOptions(verb, options);
    const { permits = 1 } = options;
    checkWhole([verb, "permits"], permits, { least: 1, most: this.permits });
    return { gate: this.#gate, weight: permits, verb };
  }
}

const PERMITS = { least: 1, most: 2 ** 30 };
