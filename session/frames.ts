/**
 * Frames on a session's stdout: how events travel among raw text.
 *
 * A session's stdout carries two things in one stream, so that their order is
 * true: frames, which hold events, and whatever subprocesses and native code
 * write to the descriptor they inherited. A frame starts with a secret that
 * such text can not hold. Pure: bytes in, pieces out. The writing side is in
 * `session/host/frames.ts`, the reading loop in `session/output_reader.ts`.
 *
 * ```text
 * nonce (16) | writer (2) | flags (1) | length (2) | payload (length)
 * ```
 *
 * `writer` numbers the thread that wrote the frame, because frames of several
 * threads may be mixed; a message longer than one frame has the flag `more` (1)
 * on all its frames but the last, and `rest` (2) on all but the first: a thread
 * that is interrupted while it writes never sends the rest. Numbers are two
 * bytes of seven bits, the high one first, each with its top bit set.
 *
 * A message longer than both sides agreed on is not kept: its beginning and its
 * length are given instead. A cell can write frames too, also such as never end;
 * so what is kept of unfinished messages is bounded for all writers together:
 * the oldest is forgotten, and the rest of it is no message.
 *
 * No byte of a frame is a line feed: Deno's stdout is line-buffered and would
 * write what follows one apart, and text of a subprocess could come between.
 * @module
 */
import { MAX_EVENT_BYTES } from "../protocol/mod.ts";

/** A piece of a session's stdout. */
export type Piece =
  /** A whole message. */
  | { readonly type: "message"; readonly json: string }
  /** A whole message that was not kept. */
  | {
    readonly type: "too-long";
    /** Its beginning. */
    readonly start: string;
    /** How long it was. */
    readonly sizeBytes: number;
  }
  /** Bytes between frames. */
  | { readonly type: "raw"; readonly bytes: Uint8Array };

/** A message of which not all frames have come. */
interface Unfinished {
  /** Its payloads; of one that is too long, only a beginning is kept. */
  parts: Uint8Array[];
  /** How long it is so far. */
  sizeBytes: number;
  /** What it costs to keep. */
  costBytes: number;
  isTooLong: boolean;
}

/**
 * Takes a stream of bytes apart into messages and raw bytes.
 *
 * @example Text around one message
 * ```ts
 * import assert from "node:assert/strict";
 * const nonce = new Uint8Array(16).fill(7);
 * const frame = new Uint8Array([...nonce, 128, 128, 0, 128, 130, 0x7b, 0x7d]);
 * const splitter = new FrameSplitter(nonce);
 * assert.deepEqual(splitter.push(frame), [{ type: "message", json: "{}" }]);
 * ```
 */
export class FrameSplitter {
  #rest = new Uint8Array(0);
  readonly #nonce: Uint8Array;
  readonly #unfinished = new Map<number, Unfinished>();
  /** What all unfinished messages cost. */
  #costBytes = 0;
  readonly #decoder = new TextDecoder();

  /** @param nonce The secret that marks frames, 16 bytes. */
  constructor(nonce: Uint8Array) {
    if (nonce.length !== NONCE_BYTES) {
      throw new RangeError(
        `Cannot split frames: nonce is ${nonce.length} bytes, expected ${NONCE_BYTES}`,
      );
    }
    this.#nonce = nonce;
  }

  /**
   * Takes the next bytes of the stream.
   *
   * @param chunk Bytes as they were read; may end anywhere.
   * @returns The pieces that are complete now, in order.
   */
  push(chunk: Uint8Array): Piece[] {
    const bytes = this.#rest.length === 0 ? chunk : join([this.#rest, chunk]);
    const pieces: Piece[] = [];
    let at = 0;
    while (at < bytes.length) {
      const start = this.#find(bytes, at);
      if (start > at) {
        pieces.push({ type: "raw", bytes: bytes.slice(at, start) });
      }
      at = start;
      const end = frameEnd(bytes, start);
      if (end === null) break;
      const piece = this.#take(bytes.subarray(start, end));
      if (piece !== null) pieces.push(piece);
      at = end;
    }
    // A copy, since the caller may fill the chunk's buffer again.
    this.#rest = bytes.slice(at);
    return pieces;
  }

  /** Gives what is left when the stream has ended: a cut frame is raw text. */
  end(): Piece[] {
    const bytes = this.#rest;
    this.#rest = new Uint8Array(0);
    return bytes.length === 0 ? [] : [{ type: "raw", bytes }];
  }

  /** Finds the next place at or after `from` where a frame starts or may start. */
  #find(bytes: Uint8Array, from: number): number {
    const nonce = this.#nonce;
    const first = nonce[0]!;
    for (
      let at = bytes.indexOf(first, from);
      at !== -1;
      at = bytes.indexOf(first, at + 1)
    ) {
      const limit = Math.min(NONCE_BYTES, bytes.length - at);
      let same = 1;
      while (same < limit && bytes[at + same] === nonce[same]) same++;
      if (same === limit) return at;
    }
    return bytes.length;
  }

  #take(frame: Uint8Array): Piece | null {
    const writer = readNumber(frame, NONCE_BYTES);
    const flags = frame[NONCE_BYTES + 2]!;
    const payload = frame.subarray(HEADER_BYTES);
    if ((flags & FLAG_REST) === 0) this.#forget(writer);
    const before = this.#unfinished.get(writer);
    const isLast = (flags & FLAG_MORE) === 0;
    if (isLast && before === undefined) {
      return { type: "message", json: this.#decoder.decode(payload) };
    }
    const message = before ?? this.#begin(writer);
    this.#add(message, payload);
    if (!isLast) return null;
    this.#forget(writer);
    const { parts, sizeBytes, isTooLong } = message;
    const text = this.#decoder.decode(join(parts));
    return isTooLong
      ? { type: "too-long", start: text, sizeBytes }
      : { type: "message", json: text };
  }

  #begin(writer: number): Unfinished {
    const message = {
      parts: [],
      sizeBytes: 0,
      costBytes: PART_COST_BYTES,
      isTooLong: false,
    };
    this.#unfinished.set(writer, message);
    this.#costBytes += PART_COST_BYTES;
    return message;
  }

  #add(message: Unfinished, payload: Uint8Array): void {
    message.sizeBytes += payload.length;
    if (message.isTooLong || payload.length === 0) return;
    const costBytes = payload.length + PART_COST_BYTES;
    // A copy, since the caller may fill the chunk's buffer again.
    message.parts.push(payload.slice());
    message.costBytes += costBytes;
    this.#costBytes += costBytes;
    if (message.sizeBytes > MAX_EVENT_BYTES) this.#shorten(message);
    while (this.#costBytes > MAX_UNFINISHED_BYTES) {
      const [oldest] = this.#unfinished.keys();
      this.#forget(oldest!);
    }
  }

  /** Keeps the beginning, which tells what it was. */
  #shorten(message: Unfinished): void {
    message.isTooLong = true;
    message.parts = [message.parts[0]!.slice(0, KEPT_BYTES)];
    const kept = PART_COST_BYTES + message.parts[0]!.length;
    this.#costBytes -= message.costBytes - kept;
    message.costBytes = kept;
  }

  #forget(writer: number): void {
    this.#costBytes -= this.#unfinished.get(writer)?.costBytes ?? 0;
    this.#unfinished.delete(writer);
  }
}

/** Makes the secret that marks a session's frames: a NUL, then 120 bits or nearly. */
export function makeNonce(): Uint8Array<ArrayBuffer> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  // Text has no NUL, so the search for a frame seldom stops in vain.
  nonce[0] = 0;
  return nonce.map((byte) => byte === LINE_FEED ? LINE_FEED + 1 : byte);
}

/** Where the frame at `start` ends, or `null` when it is not all there. */
function frameEnd(bytes: Uint8Array, start: number): number | null {
  if (bytes.length - start < HEADER_BYTES) return null;
  const end = start + HEADER_BYTES + readNumber(bytes, start + NONCE_BYTES + 3);
  return end <= bytes.length ? end : null;
}

function readNumber(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! & 0x7f) << 7) | (bytes[at + 1]! & 0x7f);
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const NONCE_BYTES = 16;
const HEADER_BYTES = NONCE_BYTES + 5;
const LINE_FEED = 10;
const FLAG_MORE = 1;
const FLAG_REST = 2;
/** What keeping a piece of a message costs besides its bytes. */
const PART_COST_BYTES = 128;
/** What is kept of a message that is too long. */
const KEPT_BYTES = 1024;
/** One message of the longest kind, and many that are usual. */
const MAX_UNFINISHED_BYTES = 2 * MAX_EVENT_BYTES;
