/**
 * The ZMTP greeting: the first 64 bytes each side of a connection sends.
 *
 * Pure: bytes in, values out. Who sends and reads it is in
 * `jupyter/sockets/peer.ts`; what follows it is in `command.ts`.
 *
 * ```text
 * FF | padding (8) | 7F | version (2) | mechanism (20) | as-server (1) | filler (31)
 * ```
 * @module
 */

/** What a peer says of itself before anything else. */
export interface Greeting {
  /** Minor version of ZMTP 3 that it speaks; the lower one of both counts. */
  readonly minor: number;
}

/** Length of a greeting, in bytes. */
export const GREETING_BYTES = 64;

/**
 * Writes our greeting: ZMTP 3.1, mechanism NULL.
 *
 * Source: ZMTP 3.1 (RFC 37), "Version Negotiation"; "The NULL Security
 * Mechanism": as-server stays zero.
 *
 * @returns The whole greeting.
 */
export function encodeGreeting(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(GREETING_BYTES);
  bytes[0] = SIGNATURE_FIRST;
  bytes[SIGNATURE_LAST_AT] = SIGNATURE_LAST;
  bytes.set([3, 1], MAJOR_AT);
  bytes.set(new TextEncoder().encode(MECHANISM), MECHANISM_AT);
  return bytes;
}

/**
 * Reads a peer's greeting, as soon as there is enough of it to judge.
 *
 * Source: ZMTP 3.1 (RFC 37), "Greeting"; ZMTP 3.0 (RFC 23) differs in the
 * minor version only.
 *
 * @param bytes What has arrived so far, from the first byte on.
 * @returns The greeting, or `null` while it is not all there.
 * @throws {SyntaxError} If the peer speaks something else or an older ZMTP.
 * @throws {RangeError} If the peer asks for a security mechanism other than NULL.
 */
export function readGreeting(bytes: Uint8Array): Greeting | null {
  if (bytes.length > 0 && bytes[0] !== SIGNATURE_FIRST) {
    // A ZMTP 1 peer starts with a length, an HTTP client with a letter.
    throw new SyntaxError(
      `Cannot read greeting: first byte is ${
        hex(bytes[0]!)
      }, expected 0xff (ZMTP 3)`,
    );
  }
  if (bytes.length > SIGNATURE_LAST_AT) {
    const last = bytes[SIGNATURE_LAST_AT]!;
    if (last !== SIGNATURE_LAST) {
      throw new SyntaxError(
        `Cannot read greeting: byte 10 is ${hex(last)}, expected 0x7f (ZMTP 3)`,
      );
    }
  }
  // Judged before the rest arrives: greetings of ZMTP 2 are shorter.
  if (bytes.length > MAJOR_AT && bytes[MAJOR_AT]! < 3) {
    throw new SyntaxError(
      `Cannot read greeting: peer speaks ZMTP ${
        bytes[MAJOR_AT] === 1 ? 2 : 1
      }, expected 3.0 or newer`,
    );
  }
  if (bytes.length < GREETING_BYTES) return null;
  const mechanism = readMechanism(bytes);
  if (mechanism !== MECHANISM) {
    throw new RangeError(
      `Cannot read greeting: mechanism is "${mechanism}", expected "NULL"`,
    );
  }
  return { minor: bytes[MAJOR_AT]! > 3 ? 1 : bytes[MINOR_AT]! };
}

function readMechanism(bytes: Uint8Array): string {
  const field = bytes.subarray(MECHANISM_AT, MECHANISM_AT + MECHANISM_BYTES);
  const end = field.indexOf(0);
  const text = field.subarray(0, end === -1 ? field.length : end);
  // What is no printable ASCII must not reach a log as it is.
  return String.fromCharCode(...text).replace(/[^ -~]/g, "?");
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}

const SIGNATURE_FIRST = 0xff;
const SIGNATURE_LAST = 0x7f;
const SIGNATURE_LAST_AT = 9;
const MAJOR_AT = 10;
const MINOR_AT = 11;
const MECHANISM_AT = 12;
const MECHANISM_BYTES = 20;
const MECHANISM = "NULL";
