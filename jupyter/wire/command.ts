/**
 * ZMTP commands: what peers tell each other besides messages.
 *
 * Pure: bytes in, values out, and back. Shape of a body: `length of the name
 * (1 byte) | name | what belongs to it`.
 *
 * Source: ZMTP 3.1 (RFC 37), "Commands", "Connection Metadata", "Heartbeating";
 * Publish-Subscribe (RFC 29) and ZMTP 3.0 (RFC 23) for subscriptions.
 * @module
 */
import { encodeFrameHeader } from "./frame.ts";
import { concat } from "./multipart.ts";

/** A command. */
export type Command =
  | {
    readonly type: "ready";
    readonly socketType: string;
    readonly identity: Uint8Array;
  }
  | { readonly type: "error"; readonly reason: string }
  | {
    readonly type: "ping";
    readonly ttlMs: number;
    readonly context: Uint8Array;
  }
  | { readonly type: "pong"; readonly context: Uint8Array }
  | { readonly type: "subscribe"; readonly topic: Uint8Array }
  | { readonly type: "cancel"; readonly topic: Uint8Array }
  | { readonly type: "unknown"; readonly name: string };

/**
 * Reads the body of a command frame.
 *
 * @param body The body.
 * @returns The command; one of no known name is `unknown`, and to be ignored.
 * @throws {SyntaxError} If it is cut short or lacks what it must have.
 */
export function readCommand(body: Uint8Array): Command {
  const nameBytes = body[0] ?? 0;
  if (nameBytes === 0 || body.length < 1 + nameBytes) {
    throw new SyntaxError("Cannot read command: its name is cut short");
  }
  const name = latin1(body.subarray(1, 1 + nameBytes));
  const rest = body.subarray(1 + nameBytes);
  switch (name) {
    case "READY":
      return readReady(rest);
    case "ERROR":
      return { type: "error", reason: readReason(rest) };
    case "PING":
      return readPing(rest);
    case "PONG":
      return { type: "pong", context: rest };
    case "SUBSCRIBE":
      return { type: "subscribe", topic: rest };
    case "CANCEL":
      return { type: "cancel", topic: rest };
    default:
      return { type: "unknown", name };
  }
}

/**
 * Reads a subscription in the form of ZMTP 3.0: a message of one frame, `1` or
 * `0` and the topic.
 *
 * @param frames The message.
 * @returns The command of 3.1 that says the same, or `null` if it is none.
 */
export function readSubscription(
  frames: readonly Uint8Array[],
): Command | null {
  const body = frames[0]!;
  if (frames.length !== 1 || body.length === 0 || body[0]! > 1) return null;
  const type = body[0] === 1 ? "subscribe" : "cancel";
  return { type, topic: body.subarray(1) };
}

/**
 * Writes a command as a whole frame.
 *
 * @param command The command.
 * @returns Header and body.
 */
export function encodeCommand(command: Command): Uint8Array {
  const body = concat(encodeBody(command));
  const header = { isCommand: true, more: false, sizeBytes: body.length };
  return concat([encodeFrameHeader(header), body]);
}

function encodeBody(command: Command): readonly Uint8Array[] {
  switch (command.type) {
    case "ready":
      return [
        name("READY"),
        property("Socket-Type", ascii(command.socketType)),
        property("Identity", command.identity),
      ];
    case "error":
      return [name("ERROR"), shortString(command.reason)];
    case "ping":
      return [
        name("PING"),
        new Uint8Array([
          command.ttlMs / TTL_UNIT_MS >> 8,
          command.ttlMs / TTL_UNIT_MS & 0xff,
        ]),
        command.context,
      ];
    case "pong":
      return [name("PONG"), command.context];
    case "subscribe":
      return [name("SUBSCRIBE"), command.topic];
    case "cancel":
      return [name("CANCEL"), command.topic];
    case "unknown":
      return [name(command.name)];
    default:
      return command satisfies never;
  }
}

function readReady(rest: Uint8Array): Command {
  let socketType: string | null = null;
  let identity: Uint8Array = new Uint8Array(0);
  const view = new DataView(rest.buffer, rest.byteOffset, rest.byteLength);
  for (let at = 0; at < rest.length;) {
    const valueAt = at + 1 + rest[at]! + 4;
    const end = valueAt <= rest.length
      ? valueAt + view.getUint32(valueAt - 4)
      : Infinity;
    if (end > rest.length) {
      throw new SyntaxError("Cannot read READY: a property is cut short");
    }
    // Names of properties are case-insensitive.
    const key = latin1(rest.subarray(at + 1, valueAt - 4)).toLowerCase();
    const value = rest.subarray(valueAt, end);
    if (key === "socket-type") socketType = printable(value);
    if (key === "identity") identity = value;
    at = end;
  }
  if (socketType === null) {
    throw new SyntaxError('Cannot read READY: "Socket-Type" is missing');
  }
  if (identity.length > MAX_IDENTITY_BYTES) {
    throw new SyntaxError(
      `Cannot read READY: "Identity" is ${identity.length} bytes, limit is ${MAX_IDENTITY_BYTES}`,
    );
  }
  return { type: "ready", socketType, identity };
}

function readPing(rest: Uint8Array): Command {
  if (rest.length < 2 || rest.length > 2 + MAX_CONTEXT_BYTES) {
    throw new SyntaxError(
      `Cannot read PING: it has ${rest.length} bytes, expected 2 to ${
        2 + MAX_CONTEXT_BYTES
      }`,
    );
  }
  const ttlMs = (rest[0]! << 8 | rest[1]!) * TTL_UNIT_MS;
  return { type: "ping", ttlMs, context: rest.subarray(2) };
}

function readReason(rest: Uint8Array): string {
  return printable(rest.subarray(1, 1 + (rest[0] ?? 0)));
}

function property(key: string, value: Uint8Array): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, value.length);
  return concat([shortString(key), size, value]);
}

const name = shortString;

function shortString(text: string): Uint8Array {
  const bytes = ascii(text).subarray(0, 255);
  return concat([new Uint8Array([bytes.length]), bytes]);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** A peer's text, made fit for a log. */
function printable(bytes: Uint8Array): string {
  return latin1(bytes.subarray(0, 255)).replace(/[^ -~]/g, "?");
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** The time to live is in tenths of a second. */
const TTL_UNIT_MS = 100;
const MAX_CONTEXT_BYTES = 16;
const MAX_IDENTITY_BYTES = 255;
