/**
 * Writes events into frames on stdout, from any thread of the session.
 *
 * The shape of a frame and the reading side are in `session/frames.ts`. A
 * frame is one write no larger than what the system keeps in one piece, so
 * that writers on several threads and inherited descriptors never tear it.
 * @module
 */
import type { SessionEvent } from "../../protocol/session.ts";
import { eventToJson, tooLarge } from "./event_text.ts";
import {
  charCodeAt,
  encodeText,
  isPrototypeOf,
  lengthOf,
  parseInt,
  partOf,
  setBytes,
  textSlice,
  TheTextEncoder,
  TheUint8Array,
  waitFor,
} from "./intrinsics.ts";

/** What a thread needs to write frames. */
export interface FrameSettings {
  /** The secret that marks frames, as hexadecimal text. */
  readonly nonce: string;
  /** Largest write that stays in one piece, in bytes. */
  readonly atomicBytes: number;
  /** Largest event, as JSON in bytes. */
  readonly maxEventBytes: number;
  /** Number of this thread; 0 is the main thread. */
  readonly writer: number;
}

/**
 * Writes one event; returns when the system has taken all of it.
 *
 * @throws {RangeError} If what a cell shows is too large.
 * @throws {TypeError} If what a cell shows can not be written as JSON.
 */
export type EmitEvent = (event: SessionEvent) => void;

/**
 * Makes the function that writes events.
 *
 * @param settings What marks the frames of this thread.
 * @param sink Where bytes go, the true stdout.
 */
export function createEmitter(
  settings: FrameSettings,
  sink: (bytes: Uint8Array) => void,
): EmitEvent {
  const { maxEventBytes } = settings;
  const encoder = new TheTextEncoder();
  const frame = new TheUint8Array(settings.atomicBytes);
  for (let i = 0; i < NONCE_BYTES; i++) {
    frame[i] = parseInt(textSlice(settings.nonce, 2 * i, 2 * i + 2), 16);
  }
  writeNumber(frame, NONCE_BYTES, settings.writer);
  const room = settings.atomicBytes - HEADER_BYTES;

  const write = (payload: Uint8Array, flags: number) => {
    frame[NONCE_BYTES + 2] = flags;
    const length = lengthOf(payload);
    writeNumber(frame, NONCE_BYTES + 3, length);
    setBytes(frame, payload, HEADER_BYTES);
    sink(partOf(frame, 0, HEADER_BYTES + length));
  };

  return (event) => {
    const payload = encodeText(encoder, eventToJson(event, maxEventBytes));
    const size = lengthOf(payload);
    if (size > maxEventBytes) throw tooLarge(event, size, maxEventBytes);
    let at = 0;
    let flags = 0;
    while (size - at > room) {
      write(partOf(payload, at, at + room), flags | FLAG_MORE);
      at += room;
      flags = FLAG_REST;
    }
    write(partOf(payload, at), flags);
  };
}

/** Takes text for one of the two streams. */
export type WriteStream = (name: "stdout" | "stderr", text: string) => void;

/**
 * Makes the function that writes text, in pieces that fit into events.
 *
 * @param emit Where events go.
 * @param owner Gives the execution that prints.
 */
export function createWriter(
  emit: EmitEvent,
  owner: () => string,
): WriteStream {
  return (name, text) => {
    const executionId = owner();
    for (let at = 0; at < text.length || at === 0;) {
      const end = pieceEnd(text, at + PIECE_LENGTH);
      const piece = at === 0 && end === text.length
        ? text
        : textSlice(text, at, end);
      emit({ type: "stream", executionId, name, text: piece });
      at = end || 1;
    }
  };
}

/** The end of a piece, which does not part the two halves of a character. */
function pieceEnd(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const unit = charCodeAt(text, end - 1);
  return unit >= 0xd800 && unit < 0xdc00 ? end - 1 : end;
}

/** Two bytes of seven bits: none of them is a line feed, see `session/frames.ts`. */
function writeNumber(frame: Uint8Array, at: number, number: number): void {
  frame[at] = 0x80 | (number >> 7);
  frame[at + 1] = 0x80 | number;
}

/**
 * Makes a sink that writes to a descriptor until all bytes are taken.
 *
 * A subprocess that shares the pipe may switch it to non-blocking mode; then
 * a full pipe answers with `WouldBlock`, and we wait for the reader. Deno's
 * stdout has then kept a small write in its own buffer, so that to write it
 * again would show it twice: only the buffer has to be emptied.
 *
 * @param writeSync The descriptor's own write, taken before it is replaced.
 * @param bufferBytes Smaller writes are buffered; 0 for none.
 */
export function createSink(
  writeSync: (bytes: Uint8Array) => number,
  bufferBytes: number,
): (bytes: Uint8Array) => void {
  return (bytes) => {
    let rest = bytes;
    let done = false;
    while (!done) {
      try {
        rest = partOf(rest, writeSync(rest));
        done = lengthOf(rest) === 0;
      } catch (error) {
        if (!isPrototypeOf(WouldBlock, error)) throw error;
        if (lengthOf(rest) < bufferBytes) rest = NOTHING;
        waitFor(pause, 0, 0, FULL_PIPE_WAIT_MS);
      }
    }
  };
}

/** Smaller writes to stdout lie in its buffer first: Rust's `LineWriter`. */
export const STDOUT_BUFFER_BYTES = 1024;
const { prototype: WouldBlock } = Deno.errors.WouldBlock;
const NOTHING = new TheUint8Array(0);
const pause = new Int32Array(new SharedArrayBuffer(4));
const FULL_PIPE_WAIT_MS = 1;
const PIECE_LENGTH = 1024 * 1024;
const NONCE_BYTES = 16;
const HEADER_BYTES = NONCE_BYTES + 5;
const FLAG_MORE = 1;
const FLAG_REST = 2;
