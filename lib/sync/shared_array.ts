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
  readonly #cells: Cells;
  readonly #isFloat: boolean;
  /** One number, to see what the type makes of a value. */
  readonly #one: Int32Array;

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
    this.type = type;
    this.view = new (View as SharedViewMaker)(bytes);
    this.#one = new View(1);
    this.#isFloat = type.startsWith("float");
    this.#cells = this.#isFloat
      ? type === "float64" ? new BigInt64Array(bytes) : new Int32Array(bytes)
      : this.view as Cells;
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
    const cells = this.#cells as Int32Array;
    return this.#toNumber(Atomics.load(cells, this.#check(index)));
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
    const cells = this.#cells as Int32Array;
    Atomics.store(cells, this.#check(index), this.#toBits(value));
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
    const cells = this.#cells as Int32Array;
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

  /** Bits of 64 are a bigint; the cast hides it, as all of one array are. */
  #toBits(value: number): number {
    checkValue("value", value);
    if (!this.#isFloat) {
      this.#one[0] = value;
      return this.#one[0]!;
    }
    if (this.type === "float32") {
      float32[0] = value;
      return bits32[0]!;
    }
    float64[0] = value;
    return bits64[0] as unknown as number;
  }

  #toNumber(bits: number): number {
    if (!this.#isFloat) return bits;
    if (this.type === "float32") {
      bits32[0] = bits;
      return float32[0]!;
    }
    bits64[0] = bits as unknown as bigint;
    return float64[0]!;
  }
}

/** Not in the way of `NaN`, which floats hold. */
function checkValue(field: string, value: unknown): void {
  if (typeof value === "number") return;
  throw outside(["use shared array", field], value, "a number");
}

type SharedViewMaker = new (memory: SharedArrayBuffer) => SharedView;

type Cells =
  | Int8Array<SharedArrayBuffer>
  | Int32Array<SharedArrayBuffer>
  | BigInt64Array<SharedArrayBuffer>;

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

const float64 = new Float64Array(1);
const bits64 = new BigInt64Array(float64.buffer);
const float32 = new Float32Array(1);
const bits32 = new Int32Array(float32.buffer);
const LENGTHS = { least: 1, most: 2 ** 30 };
