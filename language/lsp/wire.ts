/**
 * Messages of the Language Server Protocol as bytes.
 *
 * Pure: values in, bytes out, and back. Who sends them is in `connection.ts`.
 * Source: Language Server Protocol 3.17, "Base Protocol".
 * @module
 */

/** A JSON-RPC message; which fields it has says what it is. */
export interface RpcMessage {
  /** Pairs a request with its response. */
  readonly id?: number | string;
  /** What is asked for, or told. */
  readonly method?: string;
  /** What goes with it. */
  readonly params?: unknown;
  /** The answer. */
  readonly result?: unknown;
  /** Why there is none. */
  readonly error?: { readonly code: number; readonly message: string };
}

/**
 * Writes a message as bytes.
 *
 * Shape: `Content-Length: N`, an empty line, then N bytes of JSON.
 *
 * @param message The message.
 */
export function encodeMessage(message: RpcMessage): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify(
    { jsonrpc: "2.0", ...message },
    // Half of a surrogate pair would end the server (`well_formed.ts`).
    (_, value) => typeof value === "string" ? value.toWellFormed() : value,
  );
  const body = encoder.encode(text);
  const header = encoder.encode(`Content-Length: ${body.length}\r\n\r\n`);
  const bytes = new Uint8Array(header.length + body.length);
  bytes.set(header);
  bytes.set(body, header.length);
  return bytes;
}

/** Takes a stream of bytes apart into messages. */
export class MessageSplitter {
  #chunks: Uint8Array[] = [];
  #held = 0;
  /** Bytes to hold before a look is worth it. */
  #wanted = 1;
  readonly #translate: (text: string) => string;

  /** @param translate Changes the text of each message. @default it stays */
  constructor(translate: (text: string) => string = (text) => text) {
    this.#translate = translate;
  }

  /**
   * Takes the next bytes.
   *
   * @param chunk Bytes as they were read; may end anywhere.
   * @returns The messages that are complete now, in order.
   * @throws {SyntaxError} If there is no length, or the text is not JSON.
   */
  push(chunk: Uint8Array): RpcMessage[] {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    // A long message arrives in many pieces: joined once, not each time.
    if (this.#held < this.#wanted) return [];
    let bytes = this.#join();
    const messages: RpcMessage[] = [];
    for (;;) {
      const end = headerEnd(bytes);
      this.#wanted = bytes.length + 1;
      if (end === null) break;
      const length = contentLength(decoder.decode(bytes.subarray(0, end)));
      if (bytes.length < end + length) {
        this.#wanted = end + length;
        break;
      }
      const body = decoder.decode(bytes.subarray(end, end + length));
      messages.push(JSON.parse(this.#translate(body)));
      bytes = bytes.subarray(end + length);
    }
    this.#chunks = [bytes];
    this.#held = bytes.length;
    return messages;
  }

  #join(): Uint8Array {
    if (this.#chunks.length === 1) return this.#chunks[0]!;
    const bytes = new Uint8Array(this.#held);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }
}

/** Where the body starts, or `null` when the header is not all there. */
function headerEnd(bytes: Uint8Array): number | null {
  for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1)) {
    if (bytes.length < at + 4) return null;
    if (bytes[at + 1] === LF && bytes[at + 2] === CR && bytes[at + 3] === LF) {
      return at + 4;
    }
  }
  return null;
}

function contentLength(header: string): number {
  const length = /^content-length:\s*(\d+)\s*$/im.exec(header)?.[1];
  if (length === undefined) {
    throw new SyntaxError(
      `Cannot read message: header is ${JSON.stringify(header)}, ` +
        "expected a Content-Length",
    );
  }
  return Number(length);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const CR = 13;
const LF = 10;
