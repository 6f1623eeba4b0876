/**
 * Writes events into frames on stdout, from any thread of the session.
 *
 * The shape of a frame and the reading side are in `session/frames.ts`. A
 * frame is one write no larger than what the system keeps in one piece, so
 * that writers on several threads and inherited descriptors never tear it.
 * @module
 */
import type { SessionEvent } from "../../protocol/session.ts";
import { toJson } from "./intrinsics.ts";

/** What a thread needs to write frames. */
export interface FrameSettings {
  /** The secret that marks frames, as hexadecimal text. */
  readonly nonce: string;
  /** Largest write that stays in one piece, in bytes. */
  readonly atomicBytes: number;
  /** Number of this thread; 0 is the main thread. */
  readonly writer: number;
}

/** Writes one event; returns when the system has taken all of it. */
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
  const encoder = new TextEncoder();
  const frame = new Uint8Array(settings.atomicBytes);
  for (let i = 0; i < NONCE_BYTES; i++) {
    frame[i] = Number.parseInt(settings.nonce.slice(2 * i, 2 * i + 2), 16);
  }
  writeNumber(frame, NONCE_BYTES, settings.writer);
  const room = settings.atomicBytes - HEADER_BYTES;

  const write = (payload: Uint8Array, flags: number) => {
    frame[NONCE_BYTES + 2] = flags;
    writeNumber(frame, NONCE_BYTES + 3, payload.length);
    frame.set(payload, HEADER_BYTES);
    sink(frame.subarray(0, HEADER_BYTES + payload.length));
  };

  return (event) => {
    // A cell may have given all objects a `toJSON`; this one must not have it.
    const payload = encoder.encode(toJson({ ...event, toJSON: undefined }));
    let at = 0;
    let flags = 0;
    while (payload.length - at > room) {
      write(payload.subarray(at, at + room), flags | FLAG_MORE);
      at += room;
      flags = FLAG_REST;
    }
    write(payload.subarray(at), flags);
  };
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
        rest = rest.subarray(writeSync(rest));
        done = rest.length === 0;
      } catch (error) {
        if (!(error instanceof Deno.errors.WouldBlock)) throw error;
        if (rest.length < bufferBytes) rest = NOTHING;
        Atomics.wait(pause, 0, 0, FULL_PIPE_WAIT_MS);
      }
    }
  };
}

/** Smaller writes to stdout lie in its buffer first: Rust's `LineWriter`. */
export const STDOUT_BUFFER_BYTES = 1024;
const NOTHING = new Uint8Array(0);
const pause = new Int32Array(new SharedArrayBuffer(4));
const FULL_PIPE_WAIT_MS = 1;
const NONCE_BYTES = 16;
const HEADER_BYTES = NONCE_BYTES + 5;
const FLAG_MORE = 1;
const FLAG_REST = 2;
