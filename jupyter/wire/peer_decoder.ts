/**
 * What a ZMTP peer says, from its first byte on: greeting, READY, traffic.
 *
 * Pure: bytes in, events out. Answering them is in `jupyter/sockets/peer.ts`.
 *
 * Source: ZMTP 3.1 (RFC 37), "Overall Behavior".
 * @module
 */
import { type Command, readCommand } from "./command.ts";
import { FrameReader } from "./frame_reader.ts";
import { GREETING_BYTES, readGreeting } from "./greeting.ts";
import { MessageAssembler } from "./multipart.ts";

/** What a peer has said. */
export type PeerEvent =
  /** It greeted: our READY is due. */
  | { readonly type: "greeting" }
  /** Its handshake is done: it counts from now on. */
  | Extract<Command, { readonly type: "ready" }>
  | {
    readonly type: "message";
    readonly frames: readonly Uint8Array<ArrayBuffer>[];
  }
  | { readonly type: "command"; readonly command: Command };

/** Takes the bytes of one peer, gives what they say. */
export class PeerDecoder {
  readonly #maxMessageBytes: number;
  readonly #greeting = new Uint8Array(GREETING_BYTES);
  #greetingFilled = 0;
  #isReady = false;
  // No message is read, nor kept in parts, before the handshake is done.
  readonly #reader = new FrameReader({ maxMessageBytes: 0 });
  readonly #assembler = new MessageAssembler();
  #chunk: Uint8Array | null = null;

  /** @param options How long a message may be, in bytes. */
  constructor({ maxMessageBytes }: { readonly maxMessageBytes: number }) {
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** Whether the peer's handshake is done. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** How much is kept of a message that has not arrived as a whole. */
  get heldBytes(): number {
    return this.#reader.heldBytes + this.#assembler.heldBytes;
  }

  /**
   * Takes the next bytes.
   *
   * @param chunk Bytes as they were read. It is looked into until
   *   {@link PeerDecoder.next} gives `null`, and may be filled anew then.
   */
  push(chunk: Uint8Array): void {
    this.#chunk = chunk;
  }

  /**
   * Gives the next event.
   *
   * @returns The event, or `null` if the chunk is used up.
   * @throws {SyntaxError} If the peer does not speak ZMTP 3.
   * @throws {RangeError} If it sends more than is allowed.
   */
  next(): PeerEvent | null {
    if (this.#greetingFilled < GREETING_BYTES) {
      return this.#readGreeting() ? { type: "greeting" } : null;
    }
    if (this.#chunk !== null) {
      this.#reader.push(this.#chunk);
      this.#chunk = null;
    }
    for (let frame; (frame = this.#reader.next()) !== null;) {
      if (frame.isCommand) return this.#readCommand(frame.body);
      if (!this.#isReady) {
        throw new SyntaxError(
          "Cannot read handshake: found a message, expected READY",
        );
      }
      const frames = this.#assembler.push(frame);
      if (frames !== null) return { type: "message", frames };
    }
    return null;
  }

  #readGreeting(): boolean {
    const chunk = this.#chunk ?? new Uint8Array(0);
    const part = chunk.subarray(0, GREETING_BYTES - this.#greetingFilled);
    this.#greeting.set(part, this.#greetingFilled);
    this.#greetingFilled += part.length;
    this.#chunk = chunk.subarray(part.length);
    return readGreeting(this.#greeting.subarray(0, this.#greetingFilled)) !==
      null;
  }

  #readCommand(body: Uint8Array): PeerEvent {
    const command = readCommand(body);
    if (this.#isReady) return { type: "command", command };
    if (command.type === "ready") {
      this.#isReady = true;
      this.#reader.maxMessageBytes = this.#maxMessageBytes;
      return command;
    }
    if (command.type === "error") return { type: "command", command };
    throw new SyntaxError(
      `Cannot read handshake: found command "${command.type}", expected READY`,
    );
  }
}
