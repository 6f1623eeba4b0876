/**
 * Collects whole frames from a stream of bytes that may be cut anywhere.
 *
 * Pure: bytes in, frames out. A peer decides what it claims to send, so nothing
 * is allocated for a claim: memory grows with what has arrived, at most to
 * twice that, and each byte is copied at most three times.
 * @module
 */
import {
  type Frame,
  type FrameHeader,
  headerBytes,
  MAX_HEADER_BYTES,
  readFrameHeader,
} from "./frame.ts";

/** Longest command that is read, in bytes. */
export const MAX_COMMAND_BYTES = 64 * 1024;

/**
 * Takes chunks, gives frames.
 *
 * @example Two frames in one chunk
 * ```ts
 * import assert from "node:assert/strict";
 * const reader = new FrameReader({ maxMessageBytes: 1024 });
 * reader.push(new Uint8Array([1, 1, 7, 0, 0]));
 * assert.deepEqual(reader.next()?.body, new Uint8Array([7]));
 * assert.deepEqual(reader.next()?.body, new Uint8Array(0));
 * assert.equal(reader.next(), null);
 * ```
 */
export class FrameReader {
  /** Longest message that is read, all its frames together, in bytes. */
  maxMessageBytes: number;
  #chunk: Uint8Array = EMPTY;
  #at = 0;
  readonly #header = new Uint8Array(MAX_HEADER_BYTES);
  #headerFilled = 0;
  #open: FrameHeader | null = null;
  #body = EMPTY;
  #bodyFilled = 0;
  #messageBytes = 0;

  /** @param options How long a message may be; 0 allows commands only. */
  constructor({ maxMessageBytes }: { readonly maxMessageBytes: number }) {
    this.maxMessageBytes = maxMessageBytes;
  }

  /** How much is kept of a frame that has not arrived as a whole. */
  get heldBytes(): number {
    return this.#body.length;
  }

  /**
   * Takes the next bytes of the stream.
   *
   * @param chunk Bytes as they were read. It is looked into until
   *   {@link FrameReader.next} gives `null`, and may be filled anew then.
   */
  push(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#at = 0;
  }

  /**
   * Gives the next frame.
   *
   * @returns The frame, in memory of its own, or `null` if the chunk is used up.
   * @throws {SyntaxError} If a header is malformed.
   * @throws {RangeError} If a command or a message is too long.
   */
  next(): Frame | null {
    const header = this.#open ??= this.#readHeader();
    if (header === null || !this.#fillBody(header.sizeBytes)) return null;
    const { isCommand, more } = header;
    const body = this.#body;
    this.#open = null;
    this.#body = EMPTY;
    this.#bodyFilled = 0;
    if (!isCommand && !more) this.#messageBytes = 0;
    return { isCommand, more, body };
  }

  #readHeader(): FrameHeader | null {
    const bytes = this.#header;
    while (this.#at < this.#chunk.length) {
      bytes[this.#headerFilled++] = this.#chunk[this.#at++]!;
      if (this.#headerFilled < headerBytes(bytes[0]!)) continue;
      this.#headerFilled = 0;
      const header = readFrameHeader(bytes);
      this.#checkSize(header);
      return header;
    }
    return null;
  }

  #checkSize({ isCommand, sizeBytes }: FrameHeader): void {
    if (isCommand) {
      if (sizeBytes <= MAX_COMMAND_BYTES) return;
      throw new RangeError(
        `Cannot read command: it is ${sizeBytes} bytes, limit is ${MAX_COMMAND_BYTES}`,
      );
    }
    this.#messageBytes += sizeBytes;
    if (this.#messageBytes <= this.maxMessageBytes) return;
    throw new RangeError(
      `Cannot read message: it is at least ${this.#messageBytes} bytes, limit is ${this.maxMessageBytes}`,
    );
  }

  /** Moves bytes from the chunk to the body; tells whether it is whole. */
  #fillBody(sizeBytes: number): boolean {
    const available = Math.min(
      sizeBytes - this.#bodyFilled,
      this.#chunk.length - this.#at,
    );
    const filled = this.#bodyFilled + available;
    if (filled > this.#body.length) {
      // Doubling keeps long frames from being copied over and over. Capacity
      // ends at the size itself, so the whole body is never copied again.
      const capacity = Math.min(sizeBytes, Math.max(filled, filled * 2));
      this.#body = this.#bodyFilled === 0
        ? new Uint8Array(filled === sizeBytes ? sizeBytes : capacity)
        : new Uint8Array(this.#body.buffer.transfer(capacity));
    }
    this.#body.set(
      this.#chunk.subarray(this.#at, this.#at + available),
      this.#bodyFilled,
    );
    this.#at += available;
    this.#bodyFilled = filled;
    return filled === sizeBytes;
  }
}

const EMPTY: Uint8Array<ArrayBuffer> = new Uint8Array(0);
