/**
 * A condition: waiting, under a mutex, for what another one does under it.
 * @module
 */
import { checkFunction, checkWhole, refuse } from "../../base/mod.ts";
import { awaitCall, blockCall, checkSlot, join } from "../memory/calls.ts";
import type { Gate } from "../memory/gate.ts";
import { checkGuard, type LockGuard, replaceHold, slotOf } from "./guard.ts";
import { laneOf } from "../memory/lane_table.ts";
import * as at from "../memory/layout.ts";
import { Mutex } from "./mutex.ts";
import { formOf, openGate, type SyncOptions } from "../memory/open.ts";
import { acquire, acquireSync } from "./permits.ts";
import { SHARE, type Shareable, type SharedForm } from "../share.ts";
import {
  AWAITING,
  BLOCKING,
  type BlockingOptions,
  checkMayBlock,
  checkWait,
  type WaitOptions,
} from "../memory/waiting.ts";

/**
 * Lets tasks and threads that hold a mutex wait until another one notifies them.
 *
 * Waiting gives the mutex back and takes it again afterwards, and does so even
 * if it ends by abort or timeout: the guard holds the mutex all the same. Who
 * notifies under the mutex can not be missed. Those who wait are called in the
 * order in which they came; look again at what was waited for, or use
 * {@link waitUntil}, as others may have had the mutex first.
 *
 * @example One waits for what another one adds
 * ```ts
 * import assert from "node:assert/strict";
 * import { Mutex } from "./mutex.ts";
 * const mutex = new Mutex();
 * const added = new Condition(mutex);
 * const items: number[] = [];
 * async function take() {
 *   using guard = await mutex.lock();
 *   await added.waitUntil(guard, () => items.length > 0);
 *   return items.pop();
 * }
 * async function add(item: number) {
 *   using _guard = await mutex.lock();
 *   items.push(item);
 *   added.notify();
 * }
 * const [taken] = await Promise.all([take(), add(7)]);
 * assert.equal(taken, 7);
 * ```
 */
export class Condition implements Shareable {
  /** The mutex under which one waits. */
  readonly mutex: Mutex;
  readonly #gate: Gate;

  /**
   * Makes a condition.
   *
   * @param mutex The mutex that guards what is waited for.
   * @param options Its name, and how many may wait.
   * @throws {TypeError} If something has the wrong type, or there is no such option.
   * @throws {RangeError} If `maxWaiters` is not an integer from 1 to a million.
   */
  constructor(mutex: Mutex, options: SyncOptions = {}) {
    if (!(mutex instanceof Mutex)) {
      const place = ["make a Condition", "mutex"] as const;
      throw new TypeError(refuse(place, mutex, "a Mutex"));
    }
    this.mutex = mutex;
    this.#gate = openGate(options, {
      kind: "Condition",
      capacity: 1,
    });
  }

  /** What it is called. */
  get name(): string {
    return this.#gate.name;
  }

  /**
   * Gives the mutex back, awaits a notification, and takes the mutex again.
   *
   * @param guard The guard by which the mutex is held; it holds it afterwards too.
   * @param options What ends waiting early. Taking the mutex again always waits.
   * @throws {Error} If the guard does not hold the condition's mutex.
   * @throws {DOMException | TypeError} As {@link WaitOptions} says.
   */
  async wait(guard: LockGuard, options: WaitOptions = {}): Promise<void> {
    const { call, request, lane } = this.#begin(guard, options, AWAITING);
    try {
      await awaitCall(call, options);
    } finally {
      replaceHold(guard, await acquire(request, { lane }));
    }
  }

  /**
   * The same, blocking the thread. For Workers.
   *
   * @param guard The guard by which the mutex is held; it holds it afterwards too.
   * @param options How long to wait. Taking the mutex again always waits.
   * @throws {TypeError} On the main thread; else as {@link BlockingOptions} says.
   * @throws {Error} If the guard does not hold the condition's mutex.
   */
  waitSync(guard: LockGuard, options: BlockingOptions = {}): void {
    checkMayBlock(this.#verb(), "wait()");
    const { call, request, lane } = this.#begin(guard, options, BLOCKING);
    try {
      blockCall(call, options);
    } finally {
      replaceHold(guard, acquireSync(request, { lane }));
    }
  }

  /**
   * Waits until something is so: looks, and waits again if it is not.
   *
   * @param guard The guard by which the mutex is held; it holds it afterwards too.
   * @param isSo Looks, under the mutex.
   * @param options What ends waiting early; `timeoutMs` counts from the last look.
   * @throws {DOMException | TypeError} As {@link WaitOptions} says.
   */
  async waitUntil(
    guard: LockGuard,
    isSo: () => boolean,
    options: WaitOptions = {},
  ): Promise<void> {
    checkFunction([this.#verb(), "isSo"], isSo);
    while (!isSo()) await this.wait(guard, options);
  }

  /**
   * The same, blocking the thread. For Workers.
   *
   * @param guard The guard by which the mutex is held; it holds it afterwards too.
   * @param isSo Looks, under the mutex.
   * @param options How long to wait; `timeoutMs` counts from the last look.
   * @throws {TypeError} On the main thread; else as {@link BlockingOptions} says.
   */
  waitUntilSync(
    guard: LockGuard,
    isSo: () => boolean,
    options: BlockingOptions = {},
  ): void {
    checkFunction([this.#verb(), "isSo"], isSo);
    while (!isSo()) this.waitSync(guard, options);
  }

  /**
   * Notifies those who have waited longest.
   *
   * @param count How many.
   * @returns How many there were to notify.
   * @throws {TypeError} If the count is no number.
   * @throws {RangeError} If it is not whole, or negative.
   */
  notify(count = 1): number {
    checkWhole([`notify "${this.name}"`, "count"], count, COUNTS);
    const gate = this.#gate;
    let called = 0;
    gate.enter();
    const isHeard = gate.words[at.QUEUE] !== 0;
    const what = isHeard ? "release" : "unheard";
    // Of others than the one that records, nobody asks for a place.
    if (isHeard || gate.isRecorded) gate.noteLane(what, gate.placeOf());
    for (; called < count && gate.words[at.QUEUE] !== 0; called++) {
      gate.call(gate.words[at.QUEUE]!, at.CALLED);
    }
    gate.leave();
    return called;
  }

  /**
   * Notifies all who wait.
   *
   * @returns How many there were.
   */
  notifyAll(): number {
    return this.notify(Infinity);
  }

  /** Gives the form in which it travels to another thread, its mutex included. */
  [SHARE](): SharedForm {
    return formOf(this.#gate, { mutex: this.mutex[SHARE]() });
  }

  #verb(): string {
    return `wait for "${this.name}"`;
  }

  /** Waits from here on: queued before the mutex is free, so no notification is missed. */
  #begin(guard: LockGuard, options: WaitOptions, names: readonly string[]) {
    const gate = this.#gate;
    const verb = this.#verb();
    checkGuard(verb, guard);
    checkWait(verb, options, names);
    const held = slotOf(guard);
    if (held === null || !this.mutex.isHeldBy(guard)) {
      throw new Error(
        `Cannot ${verb}: the guard holds no lock of "${this.mutex.name}", ` +
          `expected the guard of the condition's own mutex, still held`,
      );
    }
    const { lane = laneOf(held.gate.words, held.slot) } = options;
    gate.enter();
    const call = join(gate, verb, at.QUEUE, lane);
    gate.leave();
    checkSlot(call);
    guard.unlock();
    const lockVerb = `lock "${this.mutex.name}"`;
    return {
      call,
      request: { gate: held.gate, weight: 1, verb: lockVerb },
      lane,
    };
  }
}

const COUNTS = { least: 0, most: Infinity };
