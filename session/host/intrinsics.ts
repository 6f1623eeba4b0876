/**
 * The host's own copies of what it uses of the language, taken before any cell
 * can replace it: a cell that breaks `Set.prototype.has` or `Symbol.iterator`
 * of arrays breaks its own code, never the line to the kernel.
 *
 * A method is a function here, whose first parameter is what it is called on.
 * Beside them, four habits keep the host out of reach: lists are walked by
 * index; what may lack a property has no prototype ({@link bare}); a promise is
 * awaited as {@link own}; and nothing is looked up on a value that a cell made
 * without expecting that it throws. `tests/hostile/replaced_builtins_test.ts` holds us to it.
 * @module
 */

type Method<This, Args extends unknown[], Result> = (
  self: This,
  ...args: Args
) => Result;

const { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } =
  Reflect;
const { bind, call } = Function.prototype;
export const free = bind.bind(call) as <This, Args extends unknown[], Result>(
  // deno-lint-ignore no-explicit-any -- A method does not say what it is called on.
  method: (this: any, ...args: any[]) => any,
) => Method<This, Args, Result>;

/** Functions of `Reflect`, which call nothing of a cell's but what it was asked to. */
export { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf };

/** Global functions and classes as they were at the start. */
export const { queueMicrotask, setInterval, setTimeout, clearTimeout } =
  globalThis;
export const TheAbortController = AbortController;
export const TheDataView = DataView;
export const TheError = Error;
export const TheObject = Object;
export const ThePromise = Promise;
export const TheRangeError = RangeError;
export const TheReadableStream = ReadableStream;
export const TheString = String;
export const TheSyntaxError = SyntaxError;
export const TheTextDecoder = TextDecoder;
export const TheTextEncoder = TextEncoder;
export const TheTypeError = TypeError;
export const TheUint8Array = Uint8Array;
export const TheURL = URL;
export const TheWritableStream = WritableStream;
export const { isArray } = Array;
export const { keys: keysOf } = Object;
const { setPrototypeOf } = Object;
export const { parseInt } = Number;
export const { ceil, floor, max, min } = Math;
export const now: () => number = performance.now.bind(performance);
export const toNumber: (value: unknown) => number = Number;
export const waitFor: typeof Atomics.wait = Atomics.wait;

/** Whether a value is an error of any realm; a proxy of one is none. */
export const isErrorObject: (value: unknown) => value is Error =
  (Error as unknown as { isError(value: unknown): value is Error }).isError;

/** From a value to JSON; calls the `toJSON` of what it meets. */
export const toJson: (value: unknown) => string | undefined = JSON.stringify;

/** From JSON to a value. */
export const fromJson: (json: string) => unknown = JSON.parse;

/** Sorts a list of ours, in place. */
export const sortList = free<
  number[],
  [(a: number, b: number) => number],
  number[]
>(Array.prototype.sort);

// Strings.
const text = String.prototype;
export const charCodeAt = free<string, [number], number>(text.charCodeAt);
export const textIndexOf = free<string, [string, number?], number>(
  text.indexOf,
);
export const textLastIndexOf = free<string, [string, number?], number>(
  text.lastIndexOf,
);
export const textSlice = free<string, [number, number?], string>(text.slice);
export const textStartsWith = free<string, [string, number?], boolean>(
  text.startsWith,
);
export const textTrim = free<string, [], string>(text.trim);

/** Finds a pattern. Its own `exec`: `test` and `replace` would ask the prototype. */
export const findPattern = free<RegExp, [string], RegExpExecArray | null>(
  RegExp.prototype.exec,
);

// Lists, functions, objects.
export const joinList = free<readonly unknown[], [string], string>(
  Array.prototype.join,
);
export const kindOfObject = free<unknown, [], string>(
  Object.prototype.toString,
);
export const isPrototypeOf = free<object, [unknown], boolean>(
  Object.prototype.isPrototypeOf,
);

// Bytes.
const { prototype: bytesPrototype } = Object.getPrototypeOf(Uint8Array) as {
  prototype: Uint8Array;
};
const getter = <T>(holder: object, name: PropertyKey) =>
  free<unknown, [], T>(getOwnPropertyDescriptor(holder, name)!.get!);
export const bufferOf = getter<ArrayBufferLike>(bytesPrototype, "buffer");
const offsetOf = getter<number>(bytesPrototype, "byteOffset");
export const lengthOf = getter<number>(bytesPrototype, "byteLength");
export const kindOfBytes = getter<string | undefined>(
  bytesPrototype,
  Symbol.toStringTag,
);
export const setBytes = free<Uint8Array, [Uint8Array, number?], void>(
  bytesPrototype.set,
);
export const toBase64 = free<Uint8Array, [], string>(
  Uint8Array.prototype.toBase64,
);
export const fromBase64 = Uint8Array.fromBase64;
export const getUint32 = free<DataView, [number], number>(
  DataView.prototype.getUint32,
);
export const encodeText = free<
  TextEncoder,
  [string],
  Uint8Array<ArrayBuffer>
>(TextEncoder.prototype.encode);
export const decodeText = free<TextDecoder, [Uint8Array, object?], string>(
  TextDecoder.prototype.decode,
);

/** A part of bytes, without a copy: `subarray` would ask the cell's classes. */
export function partOf(
  bytes: Uint8Array,
  from: number,
  to = lengthOf(bytes),
): Uint8Array<ArrayBuffer> {
  return new TheUint8Array(
    bufferOf(bytes) as ArrayBuffer,
    offsetOf(bytes) + from,
    to - from,
  );
}

// Events.
export const preventDefault = free<Event, [], void>(
  Event.prototype.preventDefault,
);
export const listenTo = free<
  EventTarget,
  [string, (event: never) => void],
  void
>(EventTarget.prototype.addEventListener);
/** The whole text of an address. */
export const hrefOf: (url: URL) => string = getter<string>(
  URL.prototype,
  "href",
) as (url: URL) => string;
export const errorOfEvent = getter<unknown>(ErrorEvent.prototype, "error");
export const messageOfEvent = getter<string>(ErrorEvent.prototype, "message");
export const reasonOfEvent = getter<unknown>(
  PromiseRejectionEvent.prototype,
  "reason",
);

/** An object that has what it was given, and nothing of a cell's `Object.prototype`. */
export function bare<T extends object>(value: T): T {
  return setPrototypeOf(value, null);
}

/** Adds to a list, past the setters that a cell may have given to all lists. */
export function append<T>(list: T[], value: T): void {
  defineProperty(
    list,
    list.length,
    bare({ value, writable: true, enumerable: true, configurable: true }),
  );
}

/**
 * Makes a promise of our own, or of Deno's, safe to await: `await` asks it for
 * its constructor, which would else be whatever a cell put on the prototype.
 *
 * @param promise A promise that no cell has.
 * @returns The same.
 */
export function own<T>(promise: Promise<T>): Promise<T> {
  defineProperty(promise, "constructor", bare({ value: ThePromise }));
  return promise;
}

const then = free<
  Promise<void>,
  [() => unknown],
  Promise<unknown>
>(Promise.prototype.then);

/**
 * Calls a function from a microtask, with nothing of ours above it.
 *
 * @param run What is called; a promise that it gives must be in an object.
 */
export function inMicrotask<T extends object>(run: () => T): Promise<T> {
  const ready = new ThePromise<void>((resolve) => resolve());
  // `then` asks for the constructor as well; without one it takes the true one.
  defineProperty(ready, "constructor", bare({ value: undefined }));
  return own(then(ready, run) as Promise<T>);
}

/** Waits until what has arrived for us has been read. */
export function turnOfLoop(): Promise<void> {
  return new ThePromise((resolve) =>
    setTimeout(() => setTimeout(resolve, 0), 0)
  );
}

/** A map that no cell can reach. */
export class OwnMap<K, V> {
  readonly #map = new TheMap<K, V>();

  /** The value of a key. */
  get(key: K): V | undefined {
    return mapGet(this.#map, key) as V | undefined;
  }

  /** Whether a key is there. */
  has(key: K): boolean {
    return mapHas(this.#map, key);
  }

  /** Sets the value of a key. */
  set(key: K, value: V): void {
    mapSet(this.#map, key, value);
  }

  /** Removes a key; tells whether it was there. */
  delete(key: K): boolean {
    return mapDelete(this.#map, key);
  }

  /** The keys as they are now, in the order they were set in. */
  keys(): K[] {
    const keys: K[] = [];
    mapForEach(this.#map, (_, key) => append(keys, key as K));
    return keys;
  }
}

const TheMap = Map;
type AnyMap = Map<unknown, unknown>;
const mapGet = free<AnyMap, [unknown], unknown>(Map.prototype.get);
const mapHas = free<AnyMap, [unknown], boolean>(Map.prototype.has);
const mapSet = free<AnyMap, [unknown, unknown], void>(Map.prototype.set);
const mapDelete = free<AnyMap, [unknown], boolean>(Map.prototype.delete);
const mapForEach = free<
  AnyMap,
  [(value: unknown, key: unknown) => void],
  void
>(Map.prototype.forEach);

/** Whether a value can have properties. */
export function isObject(
  value: unknown,
): value is Record<PropertyKey, unknown> {
  return (typeof value === "object" && value !== null) ||
    typeof value === "function";
}

/**
 * Gives Node's `process`, also when a cell has imported or declared one of its
 * own. Its value is not taken at the start: the first touch of it takes 20 ms.
 */
export function nodeProcess(): unknown {
  return apply(getProcess, globalThis, []);
}

const { get: getProcess } = getOwnPropertyDescriptor(
  globalThis,
  "process",
) as { get: () => unknown };
