/**
 * A client of a kernel, which outlives its connections.
 *
 * While it is away, what is meant for it is kept, up to a bound, and given to it
 * when it comes back with the same session id.
 * @module
 */
import type { OutgoingMessage } from "../../protocol/mod.ts";
import type { Framing } from "./wire/message.ts";

/** One client of one kernel. */
export class Client {
  readonly #onExpired: () => void;
  #socket: WebSocket | null = null;
  #framing: Framing | null = null;
  #kept: OutgoingMessage[] = [];
  #keptLength = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onExpired Told when it has been away for too long. */
  constructor(onExpired: () => void) {
    this.#onExpired = onExpired;
  }

  get isConnected(): boolean {
    return this.#socket !== null;
  }

  /** Takes a connection, in the place of one it may have had. */
  attach(socket: WebSocket, framing: Framing): void {
    clearTimeout(this.#timer);
    const stale = this.#socket;
    this.#socket = socket;
    this.#framing = framing;
    stale?.close(
      REPLACED,
      "Another connection has taken the place of this one",
    );
    const kept = this.#kept;
    this.#kept = [];
    this.#keptLength = 0;
    for (const message of kept) this.send(message);
  }

  /** Its connection is over. */
  detach(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.#timer = setTimeout(this.#onExpired, AWAY_MS);
  }

  /** Sends a message, or keeps it. */
  send(message: OutgoingMessage): void {
    const socket = this.#socket;
    if (socket === null || socket.readyState !== WebSocket.OPEN) {
      return this.#keep(message);
    }
    if (socket.bufferedAmount > MOST_BUFFERED) {
      // Deno would take all that is sent into memory. It comes back for the rest.
      this.detach(socket);
      socket.close(SLOW_READER, "The client does not read");
      return this.#keep(message);
    }
    socket.send(this.#framing!.encode(message));
  }

  /** Ends its connection; nothing is kept for it any more. */
  close(code: number, reason: string): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    this.#kept = [];
    if (socket !== null && socket.readyState <= WebSocket.OPEN) {
      socket.close(code, reason);
    }
  }

  #keep(message: OutgoingMessage): void {
    this.#kept.push(message);
    this.#keptLength += lengthOf(message);
    // The latest matter most: how cells ended, and what is idle.
    while (this.#keptLength > MOST_KEPT && this.#kept.length > 1) {
      this.#keptLength -= lengthOf(this.#kept.shift()!);
    }
  }
}

/** About as much memory as it takes, without writing it. */
function lengthOf({ content, buffers = [] }: OutgoingMessage): number {
  const text = typeof content.text === "string" ? content.text.length : 0;
  const data = typeof content.data === "object" && content.data !== null
    ? Object.values(content.data).reduce(
      (sum: number, value) => sum + String(value).length,
      0,
    )
    : 0;
  const bytes = buffers.reduce((sum, { length }) => sum + length, 0);
  return 500 + text + data + bytes;
}

const AWAY_MS = 10 * 60_000;
const MOST_KEPT = 16 * 2 ** 20;
const MOST_BUFFERED = 64 * 2 ** 20;
const REPLACED = 4000;
const SLOW_READER = 4001;
