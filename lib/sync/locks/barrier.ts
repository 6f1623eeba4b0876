/**
 * A barrier: nobody goes on until all have come.
 * @module
 */
import { checkOptions, checkWhole } from "../../base/mod.ts";
import { awaitCall, blockCall, checkSlot, join } from "../memory/calls.ts";
import type { Gate } from "../memory/gate.ts";
import * as at from "../memory/layout.ts";
import {
  DEFAULT_WAITERS,
  formOf,
  openGate,
  type SyncOptions,
  WAITERS,
} from "../memory/open.ts";
import { SHARE, type Shareable, type SharedForm } from "../share.ts";
import {
  BLOCKING,
  type BlockingOptions,
  checkMayBlock,
  checkWait,
  type WaitOptions,
} from "../memory/waiting.ts";

/** How one came through a barrier. */
export interface Arrival {
  /** Order of arriving, from 0; exactly one party gets each, and the last opens. */
  readonly order: number;
  /** How often the barrier had opened before. */
  readonly generation: number;
}

/**
 * A point that a number of tasks or threads have to reach before any goes on.
 *
 * It closes again behind them, for the next round. Who stops waiting, by abort
 * or timeout, has not arrived: the others go on waiting for one more.
 *
 * @example Nobody begins the second step before all have done the first
 * ```ts
 * import assert from "node:assert/strict";
 * const barrier = new Barrier(2);
 * const steps: string[] = [];
 * async function party(name: string) {
 *   steps.push(`${name}1`);
 *   await barrier.wait();
 *   steps.push(`${name}2`);
 * }
 * await Promise.all([party("a"), party("b")]);
 * assert.deepEqual(steps.slice(0, 2), ["a1", "b1"]);
 * ```
 */
export class Barrier implements Shareable {
  readonly #gate: Gate;

  /**
   * Makes a barrier.
   *
   * @param parties How many have to come.
   * @param options Its name.
   * @throws {TypeError} If something has the wrong type, or there is no such option.
   * @throws {RangeError} If `parties` is not an integer from 1 to `maxWaiters`.
   */
  constructor(parties: number, options: SyncOptions = {}) {
    const making = "make a Barrier";
    checkOptions(making, options);
    const { maxWaiters = DEFAULT_WAITERS } = options;
    checkWhole([making, "maxWaiters"], maxWaiters, WAITERS);
    // What came from another thread was checked there, and says no more than how many.
    const most = "memory" in options ? WAITERS.most : maxWaiters;
    checkWhole([making, "parties"], parties, { least: 1, most });
    this.#gate = openGate(options, {
      kind: "Barrier",
      capacity: parties,
    });
  }

  /** What it is called. */
  get name(): string {
    return this.#gate.name;
  }

  /** How many have to come. */
  get parties(): number {
    return this.#gate.words[at.CAPACITY]!;
  }

  /**
   * Arrives, and awaits the others.
   *
   * @param options What ends waiting early, and as whom to wait.
   * @returns How one came through.
   * @throws {DOMException | TypeError} As {@link WaitOptions} says.
   */
  async wait(options: WaitOptions = {}): Promise<Arrival> {
    const verb = this.#verb();
    checkWait(verb, options);
    const { wait, arrival } = this.#arrive(verb, options.lane);
    if (wait !== null) await awaitCall(wait, options);
    return arrival;
  }

  /**
   * Arrives, and blocks the thread until the others have. For Workers.
   *
   * @param options How long to wait, and as whom.
   * @returns How one came through.
   * @throws {TypeError} On the main thread; else as {@link BlockingOptions} says.
   */
  waitSync(options: BlockingOptions = {}): Arrival {
    const verb = this.#verb();
    checkMayBlock(verb, "wait()");
    checkWait(verb, options, BLOCKING);
    const { wait, arrival } = this.#arrive(verb, options.lane);
    if (wait !== null) blockCall(wait, options);
    return arrival;
  }

  /** Gives the form in which it travels to another thread. */
  [SHARE](): SharedForm {
    return formOf(this.#gate, { parties: this.parties });
  }

  #verb(): string {
    return `wait at "${this.name}"`;
  }

  #arrive(verb: string, lane: string | undefined) {
    const gate = this.#gate;
    const { words } = gate;
    gate.enter();
    const arrival: Arrival = {
      order: words[at.QUEUE + 2]!,
      generation: words[at.GENERATION]!,
    };
    const isLast = arrival.order + 1 === words[at.CAPACITY];
    const wait = isLast ? null : join(gate, verb, at.QUEUE, lane);
    if (isLast) open(gate, lane);
    gate.leave();
    return { wait: wait && checkSlot(wait), arrival };
  }
}

/** Inside: calls all who wait, and closes again. */
function open(gate: Gate, lane: string | undefined): void {
  const { words } = gate;
  words[at.GENERATION] = (words[at.GENERATION]! + 1) | 0;
  gate.noteLane("release", gate.placeOf(lane));
  while (words[at.QUEUE] !== 0) gate.call(words[at.QUEUE]!, at.CALLED);
}
