/**
 * Values on their way to Python and back, as JSON.
 *
 * What JSON has a form for is written so, but for objects: each is a tag with
 * its content, so nothing a program holds can be taken for a tag. The tags:
 * `o` dict with text keys, `m` dict with any keys, `s` set, `b` bytes in Base64,
 * `i` long integer in hexadecimal, `f` float that is no number or infinite.
 * Pure. The twin in Python is in `guest_values.ts`.
 * @module
 */

/**
 * Writes a value for Python.
 *
 * `null` and `undefined` become `None`, integers `int`, other numbers `float`,
 * `bigint` `int`, `Uint8Array` and `ArrayBuffer` `bytes`, other typed arrays and
 * arrays `list`, `Map` and plain objects `dict`, `Set` `set`.
 */
export function encodeValue(value: unknown, name = "value"): unknown {
  return encode(value, name, []);
}

/**
 * Reads a value from Python.
 *
 * `None` becomes `null`; `int` a number, or a `bigint` beyond
 * `Number.MAX_SAFE_INTEGER`; `bytes` `Uint8Array`; `list` and `tuple` arrays;
 * `dict` an object, or a `Map` where a key is no text; `set` `Set`.
 */
export function decodeValue(form: unknown): unknown {
  if (Array.isArray(form)) return form.map(decodeValue);
  if (typeof form !== "object" || form === null) return form;
  const [entry, ...others] = Object.entries(form);
  if (entry === undefined || others.length > 0) throw unreadable(form);
  const [tag, content] = entry;
  switch (tag) {
    case "o":
      // Not by assignment, which the key "__proto__" would lead astray.
      return Object.fromEntries(
        Object.entries(content as object).map((
          [key, item],
        ) => [key, decodeValue(item)]),
      );
    case "m":
      return new Map(
        (content as [unknown, unknown][]).map((
          [key, item],
        ) => [decodeValue(key), decodeValue(item)]),
      );
    case "s":
      return new Set((content as unknown[]).map(decodeValue));
    case "b":
      return Uint8Array.from(
        atob(String(content)),
        (character) => character.charCodeAt(0),
      );
    case "i": {
      const text = String(content);
      return text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);
    }
    case "f":
      return FLOATS[String(content)] ?? NaN;
    default:
      throw unreadable(form);
  }
}

function encode(
  value: unknown,
  name: string,
  within: readonly object[],
): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "undefined":
      return null;
    case "number":
      return encodeNumber(value);
    case "bigint":
      return { i: `${value < 0n ? "-" : ""}0x${abs(value).toString(16)}` };
    case "object":
      return value === null ? null : encodeObject(value, name, within);
    default:
      throw refuse(name, `it is a ${typeof value}`);
  }
}

function encodeNumber(value: number): unknown {
  if (Number.isNaN(value)) return { f: "nan" };
  if (Object.is(value, -0)) return { f: "-0.0" };
  if (Number.isFinite(value)) return value;
  return { f: value > 0 ? "inf" : "-inf" };
}

function encodeObject(
  value: object,
  name: string,
  outer: readonly object[],
): unknown {
  if (outer.includes(value)) throw refuse(name, "it contains itself");
  const within = [...outer, value];
  const inner = (item: unknown, key: unknown) =>
    encode(item, `${name}[${JSON.stringify(key)}]`, within);
  if (Array.isArray(value)) return Array.from(value, inner);
  if (value instanceof ArrayBuffer) {
    return { b: toBase64(new Uint8Array(value)) };
  }
  if (value instanceof Uint8Array) return { b: toBase64(value) };
  if (ArrayBuffer.isView(value) && Symbol.iterator in value) {
    return Array.from(value as unknown as Iterable<unknown>, inner);
  }
  if (value instanceof Map) {
    return {
      m: Array.from(
        value,
        ([key, item]) => [inner(key, "key"), inner(item, String(key))],
      ),
    };
  }
  if (value instanceof Set) return { s: Array.from(value, inner) };
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw refuse(name, `it is of class ${value.constructor?.name ?? "?"}`);
  }
  return {
    o: Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, inner(item, key)]),
    ),
  };
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  // All at once would be more arguments than a call may have.
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES));
  }
  return btoa(text);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function refuse(name: string, found: string): TypeError {
  return new TypeError(
    `Cannot hand ${name} to Python: ${found}, expected null, booleans, ` +
      `numbers, text, bytes, arrays, sets, maps or plain objects`,
  );
}

function unreadable(form: unknown): TypeError {
  return new TypeError(
    `Cannot read value from Python: ${JSON.stringify(form)} found, ` +
      `expected a value, an array, or a tag with its content`,
  );
}

const FLOATS: Readonly<Record<string, number>> = {
  nan: NaN,
  inf: Infinity,
  "-inf": -Infinity,
};
const CHUNK_BYTES = 8192;
