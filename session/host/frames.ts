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
  frame[NONCE_BYTES] = settings.writer >> 8;
  frame[NONCE_BYTES + 1] = settings.writer & 0xff;
  const room = settings.atomicBytes - HEADER_BYTES;

  const write = (payload: Uint8Array, flags: number) => {
    frame[NONCE_BYTES + 2] = flags;
    frame[NONCE_BYTES + 3] = payload.length >> 8;
    frame[NONCE_BYTES + 4] = payload.length & 0xff;
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

/**
 * Makes a sink that writes to a descriptor until all bytes are taken.
 *
 * A subprocess that shares the pipe may switch it to non-blocking mode; then
 * a full pipe answers with `WouldBlock`, and we wait for the reader.
 *
 * @param writeSync The descriptor's own write, taken before it is replaced.
 */
export function createSink(
  writeSync: (bytes: Uint8Array) => number,
): (bytes: Uint8Array) => void {
  return (bytes) => {
    let at = 0;
    while (at < bytes.length) {
      try {
        at += writeSync(at === 0 ? bytes : bytes.subarray(at));
      } catch (error) {
        if (!(error instanceof Deno.errors.WouldBlock)) throw error;
        Atomics.wait(pause, 0, 0, FULL_PIPE_WAIT_MS);
      }
    }
  };
}

const pause = new Int32Array(new SharedArrayBuffer(4));
const FULL_PIPE_WAIT_MS = 1;
const NONCE_BYTES = 16;
const HEADER_BYTES = NONCE_BYTES + 5;
const FLAG_MORE = 1;
const FLAG_REST = 2;
