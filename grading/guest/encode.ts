/**
 * Values as text, for the way from one session to the other.
 *
 * Plain data is copied; what is no plain data, such as a function or an instance
 * of a class, is kept where it is and named by a number. A message has bounds:
 * what comes from the other side may say anything. Pure, but for the tables
 * that name what was kept. Reading is in `decode.ts`.
 *
 * It runs in sessions, so it imports nothing but what stands beside it.
 * @module
 */
import {
  apply,
  DatePrototype,
  from,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  getTime,
  is,
  isArray,
  isFinite,
  mapEntries,
  MapPrototype,
  ObjectPrototype,
  ownKeys,
  RegExpPrototype,
  SetPrototype,
  setValues,
  stringify,
  TheMap,
} from "./built_ins.ts";
import type { Keeper } from "./keeper.ts";
import {
  isBuiltIn,
  isError,
  isPromise,
  isRevocable,
  MAX_DEPTH,
  MAX_MESSAGE,
  MAX_NAME,
  MAX_NODES,
  MAX_TEXT,
  type Node,
  refuse,
  writeBigInt,
  writeBytes,
  writeSymbol,
} from "./pieces.ts";

/**
 * Writes a value.
 *
 * @param value Any value.
 * @param keeper Who keeps what can not be copied.
 * @throws {CrossingError} If it is too large, too deep, or shared memory.
 */
export function encode(value: unknown, keeper: Keeper): string {
  const seen = new TheMap<object, number>();
  let left = MAX_NODES;
  const write = (one: unknown, depth: number): Node => {
    if (--left < 0) refuse(`it has more than ${MAX_NODES} parts`);
    if (depth > MAX_DEPTH) refuse(`it is deeper than ${MAX_DEPTH} levels`);
    switch (typeof one) {
      case "string":
        left -= one.length / 64;
        return one;
      case "boolean":
        return one;
      case "undefined":
        return ["u"];
      case "number":
        return isFinite(one) && !is(one, -0) ? one : [
          "n",
          is(one, -0) ? "-0" : `${one}`,
        ];
      case "bigint":
        return writeBigInt(one);
      case "symbol":
        return writeSymbol(one);
    }
    if (one === null) return null;
    return writeObject(one as object, depth);
  };
  const writeObject = (one: object, depth: number): Node => {
    const foreign = keeper.foreign(one);
    if (foreign !== undefined) return ["k", foreign];
    if (typeof one === "function") return handle(one);
    const known = seen.get(one);
    if (known !== undefined) return ["r", known];
    if (isPromise(one)) return ["p", keeper.promise(one as Promise<unknown>)];
    const id = seen.size;
    seen.set(one, id);
    const deeper = depth + 1;
    if (isArray(one)) {
      return ["a", from(one, (item: unknown) => write(item, deeper))];
    }
    const prototype = getPrototypeOf(one);
    if (prototype === null || prototype === ObjectPrototype) {
      if (isRevocable(one)) return handle(one);
      return ["o", prototype === null, entriesOf(one, deeper)];
    }
    if (isError(one)) return writeError(one, deeper);
    if (prototype === MapPrototype) {
      const items = from(apply(mapEntries, one, []) as Iterable<unknown[]>);
      return ["m", items.map(([k, v]) => [write(k, deeper), write(v, deeper)])];
    }
    if (prototype === SetPrototype) {
      const items = from(apply(setValues, one, []) as Iterable<unknown>);
      return ["t", items.map((item) => write(item, deeper))];
    }
    if (prototype === DatePrototype) {
      return ["d", write(apply(getTime, one, []), deeper)];
    }
    if (prototype === RegExpPrototype) {
      const { source, flags } = one as RegExp;
      return ["x", `${source}`, `${flags}`];
    }
    const bytes = writeBytes(one);
    // It is named, not counted: the other side does not make one.
    if (bytes === null) seen.delete(one);
    return bytes ?? handle(one);
  };
  const entriesOf = (one: object, depth: number): Node[][] =>
    ownKeys(one).flatMap((key) => {
      const property = getOwnPropertyDescriptor(one, key);
      if (!property?.enumerable) return [];
      const name = typeof key === "symbol" ? writeSymbol(key) : key;
      return [[name, write((one as Record<PropertyKey, unknown>)[key], depth)]];
    });
  const writeError = (one: Error, depth: number): Node => {
    const { name, message } = one;
    const more = "cause" in one ? [["cause", write(one.cause, depth)]] : [];
    const own = entriesOf(one, depth).filter(([key]) =>
      !["name", "message", "stack"].includes(key as string)
    );
    return [
      "e",
      keeper.keep(one),
      `${name}`.slice(0, MAX_NAME),
      `${message}`.slice(0, MAX_MESSAGE),
      [...more, ...own],
      ...classOf(one),
    ];
  };
  /** A class of its own is kept here; what it is built upon is there as well. */
  const classOf = (one: Error): unknown[] => {
    const prototype = getPrototypeOf(one);
    if (prototype === null || isBuiltIn(prototype)) return [];
    let base: object | null = prototype;
    while (base !== null && !isBuiltIn(base)) base = getPrototypeOf(base);
    return base === null ? [] : [handle(prototype), `${base.constructor.name}`];
  };
  const handle = (one: object): Node => {
    const isFunction = typeof one === "function";
    const name = isFunction ? one.name : getPrototypeOf(one)?.constructor?.name;
    const length = isFunction ? Number(one.length) : 0;
    return [
      isFunction ? "f" : "h",
      keeper.keep(one),
      `${name ?? ""}`.slice(0, MAX_NAME),
      length,
    ];
  };
  const text = stringify(write(value, 0));
  if (text.length > MAX_TEXT) {
    refuse(`it takes ${text.length} characters, the limit is ${MAX_TEXT}`);
  }
  return text;
}
