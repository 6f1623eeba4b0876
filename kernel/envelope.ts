/**
 * Puts what a kernel says into a Jupyter message: id, date, sender, parent.
 *
 * Source: Jupyter messaging protocol 5.5, "General message format".
 * @module
 */
import {
  type MessageHeader,
  type OutgoingMessage,
  PROTOCOL_VERSION,
} from "../protocol/mod.ts";

/** What is said. */
export interface Letter {
  /** Type of the message. */
  readonly messageType: string;
  /** What it says. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Hints. @default none */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Bytes beside it, each as base64 text. @default none */
  readonly buffers?: readonly string[];
}

/** What is said, and to whom. */
export interface Addressed extends Letter {
  /** Where it goes. */
  readonly channel: OutgoingMessage["channel"];
  /** Header of the request that caused it. */
  readonly parent: MessageHeader;
  /** How the door finds the asker. @default undefined */
  readonly route?: unknown;
}

/**
 * Makes a message.
 *
 * @param letter What is said, and to whom.
 * @param sessionId Names this kernel among all senders.
 */
export function seal(letter: Addressed, sessionId: string): OutgoingMessage {
  const { channel, parent, messageType, content, metadata = {} } = letter;
  const { buffers = [], route } = letter;
  return {
    channel,
    header: {
      msg_id: crypto.randomUUID(),
      msg_type: messageType,
      session: sessionId,
      username: "kernel",
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    },
    parent_header: parent,
    metadata,
    content,
    ...(buffers.length === 0
      ? {}
      : { buffers: buffers.map((text) => Uint8Array.fromBase64(text)) }),
    ...(route === undefined ? {} : { route }),
  };
}
