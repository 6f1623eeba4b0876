/**
 * JSON in packets, on a pipe to a process of ours. Pure.
 *
 * Shape: `length (4 bytes, big-endian) | JSON (length)`. The other side is in
 * `language/translator_main.ts`.
 * @module
 */

/**
 * Makes a packet.
 *
 * @param value Anything that JSON can say.
 */
export function pack(value: unknown): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(value));
  const bytes = new Uint8Array(HEAD_BYTES + json.length);
  new DataView(bytes.buffer).setUint32(0, json.length);
  bytes.set(json, HEAD_BYTES);
  return bytes;
}

/**
 * Takes packets out of a stream of bytes that may be cut anywhere.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const reader = new PacketReader();
 * const bytes = pack({ a: 1 });
 * assert.deepEqual(reader.push(bytes.slice(0, 6)), []);
 * assert.deepEqual(reader.push(bytes.slice(6)), [{ a: 1 }]);
 * ```
 */
export class PacketReader {
  #parts: Uint8Array[] = [];
  #length = 0;
  /** How much has to be there before it is worth looking. */
  #wanted = HEAD_BYTES;

  /**
   * Takes the next bytes.
   *
   * @param bytes Bytes as they were read; they are kept, not copied.
   * @returns What is whole now, in order.
   */
  push(bytes: Uint8Array): unknown[] {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    const values: unknown[] = [];
    while (this.#length >= this.#wanted) {
      const whole = this.#join();
      const size = new DataView(whole.buffer, whole.byteOffset).getUint32(0);
      const end = HEAD_BYTES + size;
      if (whole.length < end) {
        this.#wanted = end;
        break;
      }
      const json = new TextDecoder().decode(whole.subarray(HEAD_BYTES, end));
      values.push(JSON.parse(json));
      this.#parts = [whole.subarray(end)];
      this.#length -= end;
      this.#wanted = HEAD_BYTES;
    }
    return values;
  }

  #join(): Uint8Array {
    if (this.#parts.length === 1) return this.#parts[0]!;
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    this.#parts = [whole];
    return whole;
  }
}

const HEAD_BYTES = 4;
