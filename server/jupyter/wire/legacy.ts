/**
 * The framing of clients that name no subprotocol. Pure.
 *
 * JSON text with a field `channel`; with buffers, binary:
 *
 * ```text
 * count of parts | offset of each | JSON | buffer…
 * ```
 *
 * Counts and offsets are 32-bit, big-endian. Source: Jupyter Server, "WebSocket
 * protocols", the default one.
 * @module
 */
import type { OutgoingMessage } from "../../../protocol/mod.ts";
import { assemble, type Data, type Framing, parseJson } from "./message.ts";

/** The framing. */
export const LEGACY: Framing = { encode, decode };

function encode(message: OutgoingMessage): Data {
  const { channel, header, parent_header, metadata, content } = message;
  const { buffers = [] } = message;
  const { msg_id, msg_type } = header;
  const text = JSON.stringify({
    ...{ channel, msg_id, msg_type },
    ...{ header, parent_header, metadata, content, buffers: [] },
  });
  if (buffers.length === 0) return text;
  const parts = [new TextEncoder().encode(text), ...buffers];
  let at = 4 * (parts.length + 1);
  const bytes = new Uint8Array(
    parts.reduce((sum, { length }) => sum + length, at),
  );
  const view = new DataView(bytes.buffer);
  view.setUint32(0, parts.length);
  for (const [index, part] of parts.entries()) {
    view.setUint32(4 * (index + 1), at);
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function decode(data: Data) {
  // A gateway passes binary messages on as text; their buffers do not survive.
  if (typeof data === "string" && data.startsWith("\0")) {
    return open(new TextEncoder().encode(data), { hasBuffers: false });
  }
  if (typeof data !== "string") return open(data, { hasBuffers: true });
  return read(data, []);
}

function open(
  bytes: Uint8Array<ArrayBuffer>,
  { hasBuffers }: { readonly hasBuffers: boolean },
) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = bytes.length < 8 ? 0 : view.getUint32(0);
  if (count < 1 || 4 * (count + 1) > bytes.length) throw malformed();
  const offsets = Array.from(
    { length: count },
    (_, index) => view.getUint32(4 * (index + 1)),
  );
  const parts = offsets.map((from, index) => {
    const to = offsets[index + 1] ?? bytes.length;
    if (from < 4 * (count + 1) || to < from || to > bytes.length) {
      throw malformed();
    }
    return bytes.slice(from, to);
  });
  const [json, ...buffers] = parts;
  return read(new TextDecoder().decode(json), hasBuffers ? buffers : []);
}

function read(text: string, buffers: readonly Uint8Array<ArrayBuffer>[]) {
  const value = parseJson(text, "text");
  if (typeof value !== "object" || value === null) throw malformed();
  const parts = value as Readonly<Record<string, unknown>>;
  return assemble(parts.channel, parts, buffers);
}

function malformed(): SyntaxError {
  return new SyntaxError("Cannot read message: it is cut short or malformed");
}
