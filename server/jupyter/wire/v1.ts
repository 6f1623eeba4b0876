/**
 * The framing of the subprotocol `v1.kernel.websocket.jupyter.org`. Pure.
 *
 * ```text
 * count of offsets | offset… | channel | header | parent | metadata | content | buffer…
 * ```
 *
 * Offsets are 64-bit, little-endian, one for the start of each part and one for
 * the end. Source: Jupyter Server, "WebSocket protocols".
 * @module
 */
import type { OutgoingMessage } from "../../../protocol/mod.ts";
import { assemble, type Data, type Framing, parseJson } from "./message.ts";

/** Its name, as clients offer it. */
export const V1_PROTOCOL = "v1.kernel.websocket.jupyter.org";

/** The framing. */
export const V1: Framing = { encode, decode };

function encode(message: OutgoingMessage): Data {
  const { channel, header, parent_header, metadata, content } = message;
  const encoder = new TextEncoder();
  const json = [header, parent_header, metadata, content].map((part) =>
    encoder.encode(JSON.stringify(part))
  );
  const parts = [encoder.encode(channel), ...json, ...message.buffers ?? []];
  let at = 8 * (parts.length + 2);
  const end = parts.reduce((sum, { length }) => sum + length, at);
  const bytes = new Uint8Array(end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(parts.length + 1), true);
  for (const [index, part] of parts.entries()) {
    view.setBigUint64(8 * (index + 1), BigInt(at), true);
    bytes.set(part, at);
    at += part.length;
  }
  view.setBigUint64(8 * (parts.length + 1), BigInt(end), true);
  return bytes;
}

function decode(data: Data) {
  if (typeof data === "string" || data.length < 8) throw cutShort();
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const count = Number(view.getBigUint64(0, true));
  // Channel, four parts and the end at least; a peer must not make us allocate.
  if (count < LEAST_OFFSETS || 8 * (count + 1) > data.length) throw cutShort();
  const offsets = Array.from(
    { length: count },
    (_, index) => Number(view.getBigUint64(8 * (index + 1), true)),
  );
  const parts = offsets.slice(0, -1).map((from, index) => {
    const to = offsets[index + 1]!;
    if (from < 8 * (count + 1) || to < from || to > data.length) {
      throw cutShort();
    }
    return data.slice(from, to);
  });
  const text = (index: number) => decoder.decode(parts[index]);
  const json = (index: number) => parseJson(text(index), NAMES[index - 1]!);
  return assemble(
    text(0),
    {
      header: json(1),
      parent_header: json(2),
      metadata: json(3),
      content: json(4),
    },
    parts.slice(5),
  );
}

function cutShort(): SyntaxError {
  return new SyntaxError("Cannot read message: it is cut short or malformed");
}

const NAMES = ["header", "parent_header", "metadata", "content"] as const;
const LEAST_OFFSETS = 6;
const decoder = new TextDecoder();
