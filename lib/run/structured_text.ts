/**
 * Values as one line of text, for pipes: JSON that keeps what Workers keep.
 *
 * Pure, and shipped to subprocesses by its own text, so it uses nothing from
 * outside. (`node:v8` could do the same, but costs each process 5 ms to load.)
 * @module
 */

export interface StructuredText {
  encode(value: unknown): string;
  decode(text: string): unknown;
  /** The same without the last step: to plain JSON, and back. */
  pack(value: unknown): unknown;
  unpack(packed: unknown): unknown;
}

/**
 * Makes the coder.
 *
 * Shape: JSON, in which an array is `[tag, content]`: `["array", […]]`,
 * `["undefined"]`, `["bigint", "-0x7"]`, `["map", […]]`. Instances of classes
 * become plain objects, as in a structured clone. Python's twin is `guest_values.ts`.
 */
export function createStructuredText(): StructuredText {
  const share = Symbol.for("Skein.share");
  const arrays = [
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  ];

  function isShared(buffer: ArrayBufferLike): boolean {
    return Object.prototype.toString.call(buffer) ===
      "[object SharedArrayBuffer]";
  }

  /** A copy would look like the same and be another. */
  function refuseShared(found: string): never {
    throw new TypeError(
      `Cannot copy value: ${found} found, expected plain values: processes ` +
        "share no memory, threads of worker() and pool() do",
    );
  }

  function pack(value: unknown, parents: readonly unknown[] = []): unknown {
    if (value === undefined) return ["undefined"];
    if (typeof value === "bigint") {
      // Python refuses to read long decimals.
      const digits = value.toString(16).replace("-", "");
      return ["bigint", `${value < 0n ? "-" : ""}0x${digits}`];
    }
    if (typeof value === "number") {
      const isPlain = Number.isFinite(value) && !Object.is(value, -0);
      return isPlain
        ? value
        : ["number", Object.is(value, -0) ? "-0" : `${value}`];
    }
    if (typeof value === "function" || typeof value === "symbol") {
      throw new TypeError(
        `Cannot copy value: a ${typeof value} found, expected plain values`,
      );
    }
    if (typeof value !== "object" || value === null) return value;
    if (parents.includes(value)) {
      throw new TypeError(
        "Cannot copy value: it contains itself, expected no cycle",
      );
    }
    const inside = [...parents, value];
    const packAll = (values: Iterable<unknown>) =>
      Array.from(values, (one) => pack(one, inside));
    if (Array.isArray(value)) return ["array", packAll(value)];
    if (value instanceof Date) return ["date", pack(value.getTime(), inside)];
    if (value instanceof Map) return ["map", packAll([...value].flat(1))];
    if (value instanceof Set) return ["set", packAll(value)];
    if (value instanceof ArrayBuffer) {
      return ["ArrayBuffer", new Uint8Array(value).toBase64()];
    }
    const array = arrays.find((array) => value instanceof array);
    if (array) {
      const { buffer, byteOffset, byteLength } = value as Uint8Array;
      if (isShared(buffer)) refuseShared(`a shared ${array.name}`);
      return [
        array.name,
        new Uint8Array(buffer, byteOffset, byteLength).toBase64(),
      ];
    }
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    if (kind === "SharedArrayBuffer") refuseShared("a SharedArrayBuffer");
    // Locks, channels and counters; see `lib/sync/share.ts`.
    if (typeof (value as Record<symbol, unknown>)[share] === "function") {
      refuseShared(`a ${value.constructor.name}`);
    }
    if (kind !== "Object") {
      throw new TypeError(
        `Cannot copy value: a ${kind} found, expected plain values`,
      );
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, pack(one, inside)]),
    );
  }

  function unpack(packed: unknown): unknown {
    if (typeof packed !== "object" || packed === null) return packed;
    if (!Array.isArray(packed)) {
      return Object.fromEntries(
        Object.entries(packed).map(([key, one]) => [key, unpack(one)]),
      );
    }
    const [tag, content] = packed;
    switch (tag) {
      case "undefined":
        return undefined;
      case "bigint":
        return content.startsWith("-")
          ? -BigInt(content.slice(1))
          : BigInt(content);
      case "number":
        return Number(content);
      case "array":
        return content.map(unpack);
      case "date":
        return new Date(unpack(content) as number);
      case "set":
        return new Set(content.map(unpack));
      case "map": {
        const map = new Map<unknown, unknown>();
        for (let index = 0; index < content.length; index += 2) {
          map.set(unpack(content[index]), unpack(content[index + 1]));
        }
        return map;
      }
      default: {
        const { buffer } = Uint8Array.fromBase64(content);
        const array = arrays.find(({ name }) => name === tag);
        return array ? new array(buffer) : buffer;
      }
    }
  }

  return {
    encode: (value) => JSON.stringify(pack(value)),
    decode: (text) => unpack(JSON.parse(text)),
    pack: (value) => pack(value),
    unpack,
  };
}
