/**
 * The bytes of a channel: a ring of messages in shared memory.
 *
 * Shape of a message: `length of the body (4 bytes, little-endian) | body`.
 * All of it happens inside the channel's gate, see `gate.ts`.
 * @module
 */
import { COUNT, FIRST_BYTE, USED_BYTES } from "../memory/layout.ts";

/** Bytes that a message takes besides its body. */
export const LENGTH_BYTES = 4;

/** Puts a message behind the last one; there must be room. */
export function push(
  words: Int32Array,
  ring: Uint8Array,
  body: Uint8Array,
): void {
  const { length } = body;
  // An empty ring begins at its beginning, so that few pages of memory are touched.
  if (words[COUNT] === 0) words[FIRST_BYTE] = 0;
  const start = words[FIRST_BYTE]! + words[USED_BYTES]!;
  const size = Uint8Array.of(length, length >> 8, length >> 16, length >> 24);
  write(ring, start, size);
  write(ring, start + LENGTH_BYTES, body);
  words[USED_BYTES]! += LENGTH_BYTES + length;
  words[COUNT]! += 1;
}

/** Takes the first message out; there must be one. */
export function shift(words: Int32Array, ring: Uint8Array): Uint8Array {
  const start = words[FIRST_BYTE]!;
  const [a, b, c, d] = read(ring, start, LENGTH_BYTES);
  const length = a! | (b! << 8) | (c! << 16) | (d! << 24);
  const body = read(ring, start + LENGTH_BYTES, length);
  const size = LENGTH_BYTES + length;
  words[FIRST_BYTE] = (start + size) % ring.length;
  words[USED_BYTES]! -= size;
  words[COUNT]! -= 1;
  return body;
}

function write(ring: Uint8Array, start: number, bytes: Uint8Array): void {
  const at = start % ring.length;
  const fits = Math.min(bytes.length, ring.length - at);
  ring.set(fits === bytes.length ? bytes : bytes.subarray(0, fits), at);
  if (fits < bytes.length) ring.set(bytes.subarray(fits), 0);
}

function read(ring: Uint8Array, start: number, length: number): Uint8Array {
  const at = start % ring.length;
  const fits = Math.min(length, ring.length - at);
  const bytes = new Uint8Array(length);
  bytes.set(ring.subarray(at, at + fits));
  if (fits < length) bytes.set(ring.subarray(0, length - fits), fits);
  return bytes;
}
