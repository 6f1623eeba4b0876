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
  const [[tag, content] = ["", null], ...others] = Object.entries(form);
  const decodePairs = () =>
    (content as [unknown, unknown][])
      .map(([key, item]) => [decodeValue(key), decodeValue(item)] as const);
  switch (others.length > 0 ? "" : tag) {
    case "o":
      // Not by assignment, which the key "__proto__" would lead astray.
      return Object.fromEntries(
        Object.entries(content).map(([key, one]) => [key, decodeValue(one)]),
      );
    case "m":
      return new Map(decodePairs());
    case "s":
      return new Set((content as unknown[]).map(decodeValue));
    case "b":
      return Uint8Array.fromBase64(content);
    case "i":
      return content.startsWith("-")
        ? -BigInt(content.slice(1))
        : BigInt(content);
    case "f":
      return FLOATS[content] ?? NaN;
  }
  throw new TypeError(
    `Cannot read value from Python: ${JSON.stringify(form)} found, ` +
      `expected a value, an array, or a tag with its content`,
  );
}

function encode(
  value: unknown,
  name: string,
  outer: readonly object[],
): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (Number.isFinite(value) && !Object.is(value, -0)) return value;
    const [f] = Object.entries(FLOATS).find(([, one]) =>
      Object.is(one, value)
    )!;
    return { f };
  }
  if (typeof value === "bigint") {
    return {
      i: value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`,
    };
  }
  if (typeof value !== "object") throw refuse(name, `it is a ${typeof value}`);
  if (outer.includes(value)) throw refuse(name, "it contains itself");
  const within = [...outer, value];
  const inner = (item: unknown, key: unknown) =>
    encode(item, `${name}[${JSON.stringify(key)}]`, within);
  if (value instanceof ArrayBuffer) value = new Uint8Array(value);
  if (value instanceof Uint8Array) return { b: value.toBase64() };
  if (
    Array.isArray(value) ||
    ArrayBuffer.isView(value) && Symbol.iterator in value
  ) {
    return Array.from(value as Iterable<unknown>, inner);
  }
  if (value instanceof Map) {
    const pairs = [...value].map((
      [key, item],
    ) => [inner(key, "key"), inner(item, String(key))]);
    return { m: pairs };
  }
  if (value instanceof Set) return { s: Array.from(value, inner) };
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    const { name: className = "?" } = (value as object).constructor ?? {};
    throw refuse(name, `it is of class ${className}`);
  }
  const entries = Object.entries(value as object);
  return {
    o: Object.fromEntries(entries.map(([key, one]) => [key, inner(one, key)])),
  };
}

function refuse(name: string, found: string): TypeError {
  return new TypeError(
    `Cannot hand ${name} to Python: ${found}, expected null, booleans, ` +
      `numbers, text, bytes, arrays, sets, maps or plain objects`,
  );
}

const FLOATS: Readonly<Record<string, number>> = {
  nan: NaN,
  inf: Infinity,
  "-inf": -Infinity,
  "-0.0": -0,
};
