/**
 * Values to bytes and back, for channels.
 *
 * What comes out is a copy, as by `structuredClone()`. Plain numbers, texts,
 * arrays and objects go the short way; the rest is left to V8's serializer,
 * which takes longer to ask than most values take to write.
 * @module
 */
import { findBuiltin } from "../../platform/mod.ts";
import { holdsShared, toShared } from "../share.ts";

/**
 * Writes a value.
 *
 * Shape: `tag (1 byte) | body`.
 */
export function encode(value: unknown): Uint8Array {
  if (value instanceof Uint8Array && value.constructor === Uint8Array) {
    return withBody(TAGS.bytes, value);
  }
  if (typeof value === "string" && value.isWellFormed()) {
    return withBody(TAGS.text, new TextEncoder().encode(value));
  }
  return isJson(value, [])
    ? withBody(TAGS.json, new TextEncoder().encode(JSON.stringify(value)))
    : withBody(TAGS.clone, serialize(value));
}

/** Reads a value. */
export function decode(bytes: Uint8Array): unknown {
  const body = bytes.subarray(1);
  if (bytes[0] === TAGS.text) return decoder.decode(body);
  if (bytes[0] === TAGS.json) return JSON.parse(decoder.decode(body));
  return bytes[0] === TAGS.bytes
    ? body.slice()
    : v8().deserialize(body.slice());
}

function withBody(tag: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + body.length);
  bytes[0] = tag;
  bytes.set(body, 1);
  return bytes;
}

/**
 * Tells whether JSON brings back exactly what a clone would: no value twice, no
 * class, nothing that JSON leaves out. Only small values are looked through.
 */
function isJson(value: unknown, seen: unknown[]): boolean {
  if (value === null || typeof value === "boolean") return true;
  if (typeof value === "string") return true;
  if (typeof value === "number") {
    return Number.isFinite(value) && !Object.is(value, -0);
  }
  if (typeof value !== "object") return false;
  if (seen.length === MAX_JSON_OBJECTS || seen.includes(value)) return false;
  seen.push(value);
  const keys = Object.keys(value);
  if (keys.length > MAX_JSON_KEYS) return false;
  if (Array.isArray(value)) {
    // Holes and named properties, as those of a match, are more than JSON holds.
    if (keys.length !== value.length) return false;
  } else {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return false;
  }
  return keys.every((key) =>
    isJson((value as Record<string, unknown>)[key], seen)
  );
}

function serialize(value: unknown): Uint8Array {
  if (holdsShared(toShared(value))) {
    throw new TypeError(
      "Cannot send value: it holds a lock, channel or counter, expected values that are copied; " +
        "give what is shared to the thread when it starts",
    );
  }
  try {
    return v8().serialize(value);
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(
      `Cannot send value: ${found.replace(/\.$/, "")}, ` +
        `expected what structuredClone() copies, shared memory excepted`,
      { cause },
    );
  }
}

interface V8 {
  serialize(value: unknown): Uint8Array;
  deserialize(bytes: Uint8Array): unknown;
}

function v8(): V8 {
  const found = loaded ??= findBuiltin<V8>("node:v8");
  if (found !== undefined) return found;
  throw new TypeError(
    "Cannot copy value: there is no node:v8 here, expected Deno 2 or Node 20.16 at least",
  );
}

let loaded: V8 | undefined;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const TAGS = { bytes: 0, text: 1, json: 2, clone: 3 };
const MAX_JSON_OBJECTS = 32;
const MAX_JSON_KEYS = 256;
