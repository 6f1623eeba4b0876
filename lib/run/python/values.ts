/**
 * Values on their way to Python and back, in the form of `structured_text.ts`.
 *
 * To Python: `null` and `undefined` become `None`, integers `int`, other numbers
 * `float`, `bigint` `int`, `Uint8Array` and `ArrayBuffer` `bytes`, other typed
 * arrays and arrays `list`, `Map` and objects `dict`, `Set` `set`. Back: `int` a
 * number, or a `bigint` beyond `Number.MAX_SAFE_INTEGER`; `bytes` `Uint8Array`;
 * `list` and `tuple` arrays; `dict` an object, or a `Map` where a key is no text.
 *
 * Pure. The twin in Python is in `guest_values.ts`.
 * @module
 */
import { createStructuredText } from "../structured_text.ts";

const coder = createStructuredText();

/** Writes a value for Python. */
export function encodeValue(value: unknown, name = "value"): unknown {
  try {
    return coder.pack(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const found = error.message.replace("Cannot copy value: ", "");
    throw new TypeError(`Cannot hand ${name} to Python: ${found}`);
  }
}

/** Reads a value from Python. */
export function decodeValue(form: unknown): unknown {
  return coder.unpack(form);
}
