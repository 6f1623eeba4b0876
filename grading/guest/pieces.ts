/**
 * The parts of values that cross: symbols, bytes, errors, and what is refused.
 *
 * It runs in sessions, so it imports nothing but what stands beside it.
 * @module
 */
import {
  base64,
  fromBase64,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isArray,
  isErrorValue,
  isView,
  keyFor,
  Shared,
  symbolFor,
  TheArrayBuffer,
  TheBigInt,
  TheDOMException,
  TheError,
  ThePromise,
  TheUint8Array,
} from "./built_ins.ts";

export type Node =
  | null
  | boolean
  | number
  | string
  | readonly [string, ...unknown[]];

/** A value that can not cross, or a text that is no value. */
export class CrossingError extends Error {
  /** Class name, as errors carry it. */
  override readonly name = "CrossingError";
}

export function writeSymbol(symbol: symbol): Node {
  const known = WELL_KNOWN.find(([, one]) => one === symbol);
  if (known !== undefined) return ["y", `@${known[0]}`];
  const key = keyFor(symbol);
  if (key !== undefined) return ["y", key];
  return refuse("it holds a symbol of its own");
}

export function readSymbol(text: string): symbol {
  if (!text.startsWith("@")) return symbolFor(text);
  const known = WELL_KNOWN.find(([name]) => `@${name}` === text);
  return known?.[1] ?? refuse("it names a symbol that is not there");
}

export function writeBytes(value: object): Node | null {
  if (isView(value)) {
    if (!(value.buffer instanceof TheArrayBuffer)) {
      return refuse("it is shared memory, which no other process can see");
    }
    const name = VIEWS.find((one) => getPrototypeOf(value) === one.prototype)
      ?.name;
    return name === undefined ? null : ["b", name, base64(bytesOf(value))];
  }
  if (value instanceof TheArrayBuffer) {
    return ["b", "ArrayBuffer", base64(new TheUint8Array(value))];
  }
  if (typeof Shared === "function" && value instanceof Shared) {
    return refuse("it is shared memory, which no other process can see");
  }
  return null;
}

export function readBytes(name: string, text: string): object {
  const bytes = fromBase64(text);
  if (name === "ArrayBuffer") return bytes.buffer;
  const View = VIEWS.find((one) => one.name === name) ??
    refuse(`it is a ${name}`);
  return new View(bytes.buffer as ArrayBuffer);
}

export function bytesOf(view: ArrayBufferView): Uint8Array {
  return new TheUint8Array(view.buffer, view.byteOffset, view.byteLength);
}

export function makeError(name: string, message: string): Error {
  const Class = ERRORS.find((one) => one.name === name);
  if (Class !== undefined) return new Class(message);
  if (DOM_ERRORS.includes(name)) return new TheDOMException(message, name);
  return new TheError(message);
}

export function isError(value: object): value is Error {
  return isErrorValue?.(value) ?? value instanceof TheError;
}

export function isBuiltIn(prototype: object): boolean {
  return prototype === TheDOMException.prototype ||
    ERRORS.some((one) => one.prototype === prototype);
}

export function isPromise(value: object): boolean {
  return value instanceof ThePromise;
}

/** Whoever has a `then` decides itself what it is when it is looked at. */
export function isRevocable(value: object): boolean {
  const then = getOwnPropertyDescriptor(value, "then");
  return then !== undefined &&
    (then.get !== undefined || typeof then.value === "function");
}

export function check(value: unknown, type: "string"): string;
export function check(value: unknown, type: "number"): number;
export function check(value: unknown, type: string): unknown {
  const found: string = typeof value;
  return found === type ? value : refuse("it is no value");
}

/** Writes an integer of any size, within a bound. */
export function writeBigInt(value: bigint): Node {
  if (value > LARGEST || value < -LARGEST) {
    refuse(`it holds an integer of more than ${MAX_DIGITS} digits`);
  }
  return ["i", `${value}`];
}

export function readBigInt(text: string): bigint {
  if (text.length > MAX_DIGITS + 1) {
    refuse(`it holds an integer of more than ${MAX_DIGITS} digits`);
  }
  return TheBigInt(text);
}

export function list(value: unknown): unknown[] {
  return isArray(value) ? value : refuse("it is no value");
}

export function pairs(value: unknown): [unknown, unknown][] {
  return list(value).map((one) => {
    const pair = list(one);
    return [pair[0], pair[1]];
  });
}

export function refuse(reason: string): never {
  throw new CrossingError(
    `the value can not be passed between check and submission: ${reason}`,
  );
}

/** Enough for any test, and quick to read. */
export const MAX_NODES = 100_000;
export const MAX_DEPTH = 200;
/** In characters: one line on the way is read in pieces. */
export const MAX_TEXT = 2 * 1024 * 1024;
export const MAX_NAME = 200;
/** In digits: to read and to write more of them takes long. */
export const MAX_DIGITS = 10_000;
export const MAX_MESSAGE = 10_000;
export const VISIBLE = { writable: true, enumerable: true, configurable: true };
export const HIDDEN = { writable: true, enumerable: false, configurable: true };

const LARGEST = 10n ** BigInt(MAX_DIGITS) - 1n;
const VIEWS: readonly (new (buffer: ArrayBuffer) => ArrayBufferView)[] = [
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
];
const ERRORS: readonly ErrorConstructor[] = [
  Error,
  TypeError,
  RangeError,
  SyntaxError,
  ReferenceError,
  URIError,
  EvalError,
];
const DOM_ERRORS: readonly string[] = [
  "AbortError",
  "TimeoutError",
  "DataCloneError",
  "NotSupportedError",
  "InvalidStateError",
];
const WELL_KNOWN: readonly (readonly [string, symbol])[] = [
  "iterator",
  "asyncIterator",
  "dispose",
  "asyncDispose",
  "hasInstance",
  "toPrimitive",
  "toStringTag",
].map((name) =>
  [name, (Symbol as unknown as Record<string, symbol>)[name]!] as const
);
