/**
 * Arrays of numbers in memory that threads share.
 * @module
 */
import {
  checkChoice,
  checkFunction,
  checkWhole,
  outside,
} from "../base/mod.ts";
import { SHARE, type Shareable, type SharedForm } from "./share.ts";

/** What the numbers of an array are. */
export type SharedArrayType =
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "float32"
  | "float64";

/** A typed array in shared memory. */
export type SharedView =
  | Int8Array<SharedArrayBuffer>
  | Uint8Array<SharedArrayBuffer>
  | Int16Array<SharedArrayBuffer>
  | Uint16Array<SharedArrayBuffer>
  | Int32Array<SharedArrayBuffer>
  | Uint32Array<SharedArrayBuffer>
  | Float32Array<SharedArrayBuffer>
  | Float64Array<SharedArrayBuffer>;

/**
 * Makes an array of zeros that threads share.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const totals = sharedArray("float64", 3);
 * totals.add(1, 0.5);
 * totals.add(1, 0.25);
 * assert.deepEqual([...totals.view], [0, 0.75, 0]);
 * ```
 *
 * @param type What its numbers are.
 * @param length How many there are.
 * @returns The array.
 * @throws {TypeError} If something has the wrong type.
 * @throws {RangeError} If there is no such type, or the length is not an integer from 1 to 2³⁰.
 */
export function sharedArray(
  type: SharedArrayType,
  length: number,
): SharedArray {
  return new SharedArray(type, length);
}

/**
 * Numbers in shared memory.
 *
 * Its methods change one number in one step that no other thread can come
 * between. The plain {@link view} is faster, and loses changes when two threads
 * change one number at a time: use it for parts that one thread has for itself,
 * or under a lock.
 */
export class SharedArray implements Shareable {
  /** What its numbers are. */
  readonly type: SharedArrayType;
  /** The memory as a typed array: fast, and unprotected. */
  readonly view: SharedView;
  /** Same memory: integers as they are, fractions as their bits. */
  readonly #cells: Int32Array<SharedArrayBuffer>;
  /** One number, and what stands for it in a cell. */
  readonly #one: Int32Array;
  readonly #bits: Int32Array;

  /** Makes an array; see {@link sharedArray}. */
  constructor(
    type: SharedArrayType,
    length: number,
    memory?: SharedArrayBuffer,
  ) {
    checkChoice(["make a SharedArray", "type"], type, Object.keys(VIEWS));
    checkWhole(["make a SharedArray", "length"], length, LENGTHS);
    const View = VIEWS[type] as typeof Int32Array;
    const bytes = memory ??
      new SharedArrayBuffer(length * View.BYTES_PER_ELEMENT);
    // Bits of 64 are a bigint; the cast hides it, as all of one array are.
    const Cells = type === "float64"
      ? BigInt64Array as unknown as typeof Int32Array
      : type === "float32"
      ? Int32Array
      : View;
    this.type = type;
    this.view = new View(bytes) as SharedView;
    this.#cells = new Cells(bytes);
    this.#one = new View(1);
    this.#bits = new Cells(this.#one.buffer);
  }

  /** How many numbers there are. */
  get length(): number {
    return this.view.length;
  }

  /**
   * Reads a number.
   *
   * @param index Which, from 0.
   * @throws {RangeError} If there is no such index.
   */
  get(index: number): number {
    return this.#toNumber(Atomics.load(this.#cells, this.#check(index)));
  }

  /**
   * Writes a number.
   *
   * @param index Which, from 0.
   * @param value The number; cut to what the type holds, as in a typed array.
   * @throws {TypeError} If it is no number.
   * @throws {RangeError} If there is no such index.
   */
  set(index: number, value: number): void {
    Atomics.store(this.#cells, this.#check(index), this.#toBits(value));
  }

  /**
   * Adds to a number.
   *
   * @param index Which, from 0.
   * @param amount How much.
   * @returns The new number.
   * @throws {TypeError} If the amount is no number.
   * @throws {RangeError} If there is no such index.
   */
  add(index: number, amount: number): number {
    checkValue("amount", amount);
    return this.update(index, (value) => value + amount);
  }

  /**
   * Changes a number by a function, which is called again if another thread was
   * faster: it has to be quick, and to do nothing else.
   *
   * @param index Which, from 0.
   * @param change Gives the new number for the old one.
   * @returns The new number.
   * @throws {TypeError} If the function is none, or gives no number.
   * @throws {RangeError} If there is no such index.
   */
  update(index: number, change: (value: number) => number): number {
    checkFunction(["use shared array", "change"], change);
    const cells = this.#cells;
    let before = Atomics.load(cells, this.#check(index));
    for (;;) {
      const next = this.#toBits(change(this.#toNumber(before)));
      const found = Atomics.compareExchange(cells, index, before, next);
      if (found === before) return this.#toNumber(next);
      before = found;
    }
  }

  /** Gives the form in which it travels to another thread. */
  [SHARE](): SharedForm {
    const { type, length, view } = this;
    const fields = { type, length, memory: view.buffer };
    return { skeinShared: "SharedArray", fields };
  }

  #check(index: number): number {
    if (Number.isInteger(index) && index >= 0 && index < this.length) {
      return index;
    }
    const expected = `an integer from 0 to ${this.length - 1}`;
    throw outside(["use shared array", "index"], index, expected);
  }

  #toBits(value: number): number {
    checkValue("value", value);
    this.#one[0] = value;
    return this.#bits[0]!;
  }

  #toNumber(bits: number): number {
    this.#bits[0] = bits;
    return this.#one[0]!;
  }
}

/** Not in the way of `NaN`, which floats hold. */
function checkValue(field: string, value: unknown): void {
  if (typeof value === "number") return;
  throw outside(["use shared array", field], value, "a number");
}

const VIEWS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
};
const LENGTHS = { least: 1, most: 2 ** 30 };
