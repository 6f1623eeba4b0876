/**
 * Built-ins, taken before any cell could replace them.
 *
 * It runs in sessions, so it imports nothing.
 * @module
 */
export const { parse, stringify } = JSON;
export const { isArray, from } = Array;
export const { is, create } = Object;
export const {
  apply,
  defineProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
} = Reflect;
export const { ownKeys, setPrototypeOf } = Reflect;
export const { isFinite } = Number;
export const { isView } = ArrayBuffer;
export const { keyFor, for: symbolFor } = Symbol;
export const ObjectPrototype = Object.prototype;
export const MapPrototype = Map.prototype;
export const SetPrototype = Set.prototype;
export const DatePrototype = Date.prototype;
export const RegExpPrototype = RegExp.prototype;
export const mapEntries = Map.prototype.entries;
export const setValues = Set.prototype.values;
export const getTime = Date.prototype.getTime;
export const TheMap = Map;
export const TheSet = Set;
export const TheDate = Date;
export const TheRegExp = RegExp;
export const TheBigInt = BigInt;
export const TheError = Error;
export const ThePromise = Promise;
export const TheArrayBuffer = ArrayBuffer;
export const TheUint8Array = Uint8Array;
export const TheDOMException = DOMException;
export const Shared = globalThis.SharedArrayBuffer;
export const isErrorValue = (Error as { isError?: (value: unknown) => boolean })
  .isError;
export const fromBase64 = Uint8Array.fromBase64.bind(Uint8Array);
export const toBase64 = Uint8Array.prototype.toBase64;
export const base64 = (bytes: Uint8Array): string =>
  apply(toBase64, bytes, []) as string;
