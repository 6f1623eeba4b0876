/**
 * A counter that threads count on together without losing a count.
 * @module
 */
import { checkOptions, outside } from "../base/mod.ts";
import { SHARE, type Shareable, type SharedForm } from "./share.ts";

/** How a counter begins. */
export interface CounterOptions {
  /**
   * Its first value, an integer.
   * @default 0
   */
  readonly value?: number;
}

/**
 * An integer in shared memory.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const done = new SharedCounter();
 * assert.equal(done.add(2), 2);
 * assert.equal(done.add(), 3);
 * assert.equal(done.value, 3);
 * ```
 */
export class SharedCounter implements Shareable {
  readonly #cell: BigInt64Array<SharedArrayBuffer>;

  /**
   * Makes a counter.
   *
   * @param options Its first value.
   * @throws {TypeError} If something has the wrong type, or there is no such option.
   * @throws {RangeError} If the value is not an integer within ±2⁵³.
   */
  constructor(options: CounterOptions = {}) {
    checkOptions("make a SharedCounter", options);
    const memory = (options as CounterFields).memory;
    this.#cell = new BigInt64Array(memory ?? new SharedArrayBuffer(8));
    if (memory !== undefined) return;
    checkOptions("make a SharedCounter", options, ["value"]);
    const { value = 0 } = options;
    Atomics.store(this.#cell, 0, toWhole(value, "make a SharedCounter"));
  }

  /** Its value at this moment. */
  get value(): number {
    return Number(Atomics.load(this.#cell, 0));
  }

  /** Gives it a value, whatever it was. */
  set value(value: number) {
    Atomics.store(this.#cell, 0, toWhole(value, "set counter"));
  }

  /**
   * Adds to it in one step that no other thread can come between.
   *
   * @param amount How much, negative too.
   * @returns The new value.
   * @throws {TypeError} If the amount is no number.
   * @throws {RangeError} If the amount is not an integer within ±2⁵³.
   */
  add(amount = 1): number {
    const by = toWhole(amount, "add to counter", "amount");
    return Number(Atomics.add(this.#cell, 0, by) + by);
  }

  /**
   * Gives it a value if it still has the one that was seen last.
   *
   * @param expected What it should have.
   * @param next What it gets then.
   * @returns Whether it had it.
   * @throws {TypeError} If something is no number.
   * @throws {RangeError} If a number is not an integer within ±2⁵³.
   */
  replace(expected: number, next: number): boolean {
    const before = toWhole(expected, "replace counter", "expected");
    return Atomics.compareExchange(
      this.#cell,
      0,
      before,
      toWhole(next, "replace counter", "next"),
    ) ===
      before;
  }

  /** Gives the form in which it travels to another thread. */
  [SHARE](): SharedForm {
    const fields: CounterFields = { memory: this.#cell.buffer };
    return { skeinShared: "SharedCounter", fields };
  }
}

interface CounterFields {
  readonly memory?: SharedArrayBuffer;
}

function toWhole(value: number, what: string, field = "value"): bigint {
  if (Number.isSafeInteger(value)) return BigInt(value);
  throw outside([what, field], value, "an integer within ±2⁵³");
}
