/**
 * Jupyter messages as frames.
 *
 * Pure: frames in, values out, and back. Signing is in `signature.ts`; what
 * the fields of a request must be is decided in `protocol/jupyter.ts`.
 *
 * ```text
 * identity… | <IDS|MSG> | signature | header | parent_header | metadata | content | buffer…
 * ```
 *
 * Source: Jupyter messaging protocol 5.5, "The wire protocol".
 * @module
 */
import type { Signer } from "./signature.ts";

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The parts of a message. */
export interface MessageParts {
  /** Who sent it, when, and of what kind. */
  readonly header: JsonObject;
  /** Header of the message that caused it. */
  readonly parent_header: JsonObject;
  /** Hints. */
  readonly metadata: JsonObject;
  /** What it says. */
  readonly content: JsonObject;
  /** Binary data beside the content; not signed. */
  readonly buffers?: readonly Uint8Array[];
}

/** A message that was received; its signature holds. */
export interface ReceivedMessage extends MessageParts {
  /** Binary data beside the content; not signed. */
  readonly buffers: readonly Uint8Array<ArrayBuffer>[];
}

/** The frames of a message, told apart. */
export interface Envelope {
  /** Who sent it, the nearest first. */
  readonly identities: readonly Uint8Array<ArrayBuffer>[];
  /** The signature in hexadecimal. */
  readonly signature: string;
  /** The signed parts, as received. */
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  /** Frames after the signed parts. */
  readonly buffers: readonly Uint8Array<ArrayBuffer>[];
}

/**
 * Tells the frames of a signed message apart and checks the signature.
 *
 * @param frames The frames.
 * @param options `signer`; `partCount`: how many frames are signed.
 * @returns The frames, told apart; nothing of them was parsed.
 * @throws {SyntaxError} If frames are missing or the signature does not hold.
 */
export function openEnvelope(
  frames: readonly Uint8Array<ArrayBuffer>[],
  { signer, partCount }: {
    readonly signer: Signer;
    readonly partCount: number;
  },
): Envelope {
  const at = frames.findIndex(isDelimiter);
  if (at === -1) {
    throw new SyntaxError('Cannot read message: "<IDS|MSG>" is missing');
  }
  const partsAt = at + 2;
  const found = Math.max(0, frames.length - partsAt);
  if (found < partCount) {
    throw new SyntaxError(
      `Cannot read message: it has ${found} parts, expected ${partCount}`,
    );
  }
  const signature = frames[at + 1]!;
  const parts = frames.slice(partsAt, partsAt + partCount);
  if (!signer.verify(parts, signature)) {
    throw new SyntaxError("Cannot read message: its signature does not hold");
  }
  return {
    identities: frames.slice(0, at),
    signature: signer.isSigning ? new TextDecoder().decode(signature) : "",
    parts,
    buffers: frames.slice(partsAt + partCount),
  };
}

/**
 * Reads the parts of an envelope.
 *
 * @param envelope The envelope; its signature holds.
 * @returns The message.
 * @throws {SyntaxError} If a part is no JSON object.
 */
export function readMessage({ parts, buffers }: Envelope): ReceivedMessage {
  return {
    header: readObject(parts[0]!, "header"),
    parent_header: readObject(parts[1]!, "parent_header"),
    metadata: readObject(parts[2]!, "metadata"),
    content: readObject(parts[3]!, "content"),
    buffers,
  };
}

/**
 * Writes a message.
 *
 * @param message The message.
 * @param options `identities` for which it is meant, or the topic; `signer`.
 * @returns Its frames.
 * @throws {TypeError} If a part can not be written as JSON.
 */
export function encodeJupyterMessage(
  message: MessageParts,
  { identities, signer }: {
    readonly identities: readonly Uint8Array[];
    readonly signer: Signer;
  },
): readonly Uint8Array[] {
  const parts = [
    message.header,
    message.parent_header,
    message.metadata,
    message.content,
  ].map((part) => encoder.encode(JSON.stringify(part)));
  return [
    ...seal(parts, { identities, signer }),
    ...message.buffers ?? [],
  ];
}

/**
 * Puts parts into a signed envelope.
 *
 * @param parts The parts that are signed.
 * @param options `identities` for which it is meant, or the topic; `signer`.
 * @returns The frames.
 */
export function seal(
  parts: readonly Uint8Array[],
  { identities, signer }: {
    readonly identities: readonly Uint8Array[];
    readonly signer: Signer;
  },
): readonly Uint8Array[] {
  const signature = encoder.encode(signer.sign(parts));
  return [...identities, DELIMITER, signature, ...parts];
}

function readObject(bytes: Uint8Array, name: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch (cause) {
    throw new SyntaxError(`Cannot read message: its ${name} is no JSON`, {
      cause,
    });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SyntaxError(`Cannot read message: its ${name} is no object`);
  }
  return value as JsonObject;
}

function isDelimiter(frame: Uint8Array): boolean {
  return frame.length === DELIMITER.length &&
    frame.every((byte, index) => byte === DELIMITER[index]);
}

const encoder = new TextEncoder();
// Invalid UTF-8 must not be repaired: it would pass for something else.
const decoder = new TextDecoder("utf-8", { fatal: true });
const DELIMITER = encoder.encode("<IDS|MSG>");
