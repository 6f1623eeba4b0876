/**
 * ZMTP frame headers: what precedes every frame body on a connection.
 *
 * Pure: bytes in, values out. Collecting whole frames from a stream is in
 * `frame_reader.ts`, putting frames together to messages in `multipart.ts`.
 * @module
 */

/** What the header of a frame says. */
export interface FrameHeader {
  /** Whether the body is a command, not part of a message. */
  readonly isCommand: boolean;
  /** Whether another frame of the same message follows. */
  readonly more: boolean;
  /** Length of the body, in bytes. */
  readonly sizeBytes: number;
}

/** A whole frame. */
export interface Frame {
  /** Whether the body is a command, not part of a message. */
  readonly isCommand: boolean;
  /** Whether another frame of the same message follows. */
  readonly more: boolean;
  /** What the frame carries. */
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Length of the longest header, in bytes. */
export const MAX_HEADER_BYTES = 9;

/**
 * Tells how long a header is, from its first byte.
 *
 * Source: ZMTP 3.1 (RFC 37), "Framing".
 *
 * @param flags The first byte of the header.
 * @returns 2, or 9 if the size takes eight bytes.
 * @throws {SyntaxError} If the flags are none that ZMTP 3 knows.
 */
export function headerBytes(flags: number): 2 | 9 {
  const isReserved = (flags & ~(FLAG_MORE | FLAG_LONG | FLAG_COMMAND)) !== 0;
  const isCommandWithMore = (flags & FLAG_COMMAND) !== 0 &&
    (flags & FLAG_MORE) !== 0;
  if (isReserved || isCommandWithMore) {
    throw new SyntaxError(
      `Cannot read frame: flags are 0x${
        flags.toString(16)
      }, expected 0 to 4 or 6`,
    );
  }
  return (flags & FLAG_LONG) === 0 ? 2 : MAX_HEADER_BYTES;
}

/**
 * Reads a header.
 *
 * Shape: `flags (1 byte) | size (1 or 8 bytes, big-endian)`.
 * Source: ZMTP 3.1 (RFC 37), "Framing".
 *
 * @param bytes At least the whole header: see {@link headerBytes}.
 * @returns What it says. A size above 2^53 is not exact, and too large anyway.
 * @throws {SyntaxError} If the flags are none that ZMTP 3 knows.
 */
export function readFrameHeader(bytes: Uint8Array): FrameHeader {
  const flags = bytes[0]!;
  const isLong = headerBytes(flags) === MAX_HEADER_BYTES;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    isCommand: (flags & FLAG_COMMAND) !== 0,
    more: (flags & FLAG_MORE) !== 0,
    sizeBytes: isLong ? Number(view.getBigUint64(1)) : bytes[1]!,
  };
}

/**
 * Tells how long the header of a body is.
 *
 * Source: ZMTP 3.1 (RFC 37), "Framing": bodies up to 255 bytes are short.
 *
 * @param sizeBytes Length of the body.
 * @returns 2 or 9.
 */
export function headerBytesFor(sizeBytes: number): 2 | 9 {
  return sizeBytes <= MAX_SHORT_BYTES ? 2 : MAX_HEADER_BYTES;
}

/**
 * Writes a header to where its frame begins.
 *
 * @param target Where it is written, from the first byte on.
 * @param header What it is to say.
 * @returns How many bytes it takes; the body comes right after them.
 */
export function writeFrameHeader(
  target: Uint8Array,
  { isCommand, more, sizeBytes }: FrameHeader,
): 2 | 9 {
  const flags = (isCommand ? FLAG_COMMAND : 0) | (more ? FLAG_MORE : 0);
  const length = headerBytesFor(sizeBytes);
  if (length === 2) {
    target[0] = flags;
    target[1] = sizeBytes;
    return length;
  }
  target[0] = flags | FLAG_LONG;
  const { buffer, byteOffset, byteLength } = target;
  const view = new DataView(buffer, byteOffset, byteLength);
  view.setBigUint64(1, BigInt(sizeBytes));
  return length;
}

/**
 * Writes a header.
 *
 * @param header What it is to say.
 * @returns The header alone.
 */
export function encodeFrameHeader(
  header: FrameHeader,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headerBytesFor(header.sizeBytes));
  writeFrameHeader(bytes, header);
  return bytes;
}

const FLAG_MORE = 1;
const FLAG_LONG = 2;
const FLAG_COMMAND = 4;
const MAX_SHORT_BYTES = 255;
