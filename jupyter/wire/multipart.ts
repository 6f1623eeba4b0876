/**
 * ZeroMQ messages: one or more frames that belong together.
 *
 * Pure: frames in, messages out, and back. What the frames of a Jupyter
 * message mean is in `jupyter_message.ts`.
 * @module
 */
import { type Frame, headerBytesFor, writeFrameHeader } from "./frame.ts";

/** Most frames a message may have. */
export const MAX_FRAMES = 16_384;

/** Puts frames together to messages. */
export class MessageAssembler {
  #frames: Uint8Array<ArrayBuffer>[] = [];
  #heldBytes = 0;

  /** How much is kept of a message that has not arrived as a whole. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /**
   * Takes the next frame that is not a command.
   *
   * @param frame The frame.
   * @returns The bodies of the whole message, or `null` while more is to come.
   * @throws {RangeError} If the message has too many frames.
   */
  push({ body, more }: Frame): readonly Uint8Array<ArrayBuffer>[] | null {
    const frames = this.#frames;
    frames.push(body);
    this.#heldBytes += body.length + FRAME_COST_BYTES;
    if (!more) {
      this.#frames = [];
      this.#heldBytes = 0;
      return frames;
    }
    if (frames.length < MAX_FRAMES) return null;
    throw new RangeError(
      `Cannot read message: it has more than ${MAX_FRAMES} frames`,
    );
  }
}

/**
 * Writes a message.
 *
 * Small frames are put together, so that a usual message is one piece and one
 * write; long ones are passed on as they are, not copied.
 *
 * @param bodies The bodies of its frames, at least one; not to be changed
 *   until they are written.
 * @returns Pieces that are to be written one after another.
 */
export function encodeMessage(
  bodies: readonly Uint8Array[],
): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < bodies.length;) {
    let to = from;
    while (to < bodies.length && bodies[to]!.length < LONG_BYTES) to++;
    const long = bodies[to];
    if (long !== undefined) to++;
    pieces.push(joinFrames(bodies, { from, to }));
    if (long !== undefined) pieces.push(long);
    from = to;
  }
  return pieces;
}

/** Writes frames into one piece; of a long one, which is the last, the header. */
function joinFrames(
  bodies: readonly Uint8Array[],
  { from, to }: { readonly from: number; readonly to: number },
): Uint8Array {
  let total = 0;
  for (let index = from; index < to; index++) {
    const { length } = bodies[index]!;
    total += headerBytesFor(length) + (length < LONG_BYTES ? length : 0);
  }
  const piece = new Uint8Array(total);
  for (let at = 0, index = from; index < to; index++) {
    const body = bodies[index]!;
    at += writeFrameHeader(piece.subarray(at), {
      isCommand: false,
      more: index < bodies.length - 1,
      sizeBytes: body.length,
    });
    if (body.length >= LONG_BYTES) break;
    piece.set(body, at);
    at += body.length;
  }
  return piece;
}

/**
 * Puts pieces together to one.
 *
 * @param pieces The pieces, in order.
 * @returns The only piece itself, or a copy of all.
 */
export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  let total = 0;
  for (const piece of pieces) total += piece.length;
  const whole = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** From here on, a write of its own costs less than a copy. */
const LONG_BYTES = 64 * 1024;
/** What keeping a frame costs besides its bytes. */
const FRAME_COST_BYTES = 128;
