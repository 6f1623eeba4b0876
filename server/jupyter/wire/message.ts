/**
 * Jupyter messages as they pass through a WebSocket, whichever way they are
 * framed there. Pure.
 *
 * The two framings are in `v1.ts` and `legacy.ts`.
 * @module
 */
import type { OutgoingMessage, RequestChannel } from "../../../protocol/mod.ts";

/** A message from a client: on which channel, and what; not checked further. */
export interface Received {
  readonly channel: RequestChannel;
  readonly message: {
    readonly header: Readonly<Record<string, unknown>>;
    readonly parent_header: Readonly<Record<string, unknown>>;
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly content: Readonly<Record<string, unknown>>;
    readonly buffers: readonly Uint8Array<ArrayBuffer>[];
  };
}

/** What a WebSocket carries. */
export type Data = string | Uint8Array<ArrayBuffer>;

/** One way to frame messages. */
export interface Framing {
  readonly encode: (message: OutgoingMessage) => Data;
  /** @throws {SyntaxError} If it is no message. */
  readonly decode: (data: Data) => Received;
}

/** Puts the parts of a message together, as clients differ in what they send. */
export function assemble(
  channel: unknown,
  parts: Readonly<Record<string, unknown>>,
  buffers: readonly Uint8Array<ArrayBuffer>[],
): Received {
  const header = record(parts.header, "header");
  return {
    // Of nbclient's gateway client no message names its channel.
    channel: channel === "control" || channel === "stdin" ? channel : "shell",
    message: {
      // Gateways send their dates as numbers.
      header: { ...header, date: String(header.date ?? "") },
      parent_header: record(parts.parent_header ?? {}, "parent_header"),
      metadata: record(parts.metadata ?? {}, "metadata"),
      content: record(parts.content ?? {}, "content"),
      buffers,
    },
  };
}

/** @throws {SyntaxError} If it is no JSON. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot read message: its ${name} is no JSON`, {
      cause,
    });
  }
}

function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new SyntaxError(`Cannot read message: its ${name} is no object`);
}
