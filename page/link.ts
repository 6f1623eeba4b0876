/**
 * The connection to the server: opened again when it is lost, at once when the
 * machine wakes or the network comes back.
 * @module
 */
/// <reference lib="dom" />
import type { PageRequest, ServerMessage } from "../server/mod.ts";

/** How the connection is. */
export type LinkState = "open" | "lost" | "refused";

/** What a link is given. */
export interface LinkOptions {
  readonly url: string;
  /** Makes the first message. */
  readonly greet: () => Readonly<Record<string, unknown>>;
  readonly onMessage: (message: ServerMessage) => void;
  readonly onState: (state: LinkState, reason: string) => void;
}

/** A connection that comes back. */
export class Link {
  readonly #options: LinkOptions;
  #socket: WebSocket | null = null;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param options Where to, and whom to tell. */
  constructor(options: LinkOptions) {
    this.#options = options;
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#hurry();
    });
    this.#open();
  }

  /** Says something; what is said while there is no connection is lost. */
  send(request: PageRequest | Readonly<Record<string, unknown>>): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(request));
    return true;
  }

  #open(): void {
    clearTimeout(this.#timer);
    const socket = new WebSocket(this.#options.url);
    this.#socket = socket;
    socket.onopen = () => {
      this.#tries = 0;
      socket.send(JSON.stringify(this.#options.greet()));
      this.#options.onState("open", "");
    };
    socket.onmessage = ({ data }) => {
      if (this.#socket === socket) this.#options.onMessage(JSON.parse(data));
    };
    socket.onclose = ({ code, reason }) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      if (FINAL_CODES.has(code)) {
        return this.#options.onState("refused", reason);
      }
      this.#options.onState("lost", reason);
      const waitMs = Math.min(200 * 2 ** this.#tries++, 5000);
      this.#timer = setTimeout(() => this.#open(), waitMs);
    };
  }

  #hurry(): void {
    if (this.#socket?.readyState === WebSocket.OPEN) return;
    if (this.#socket?.readyState === WebSocket.CONNECTING) return;
    this.#tries = 0;
    this.#open();
  }
}

/** Coming back would give the same answer. */
const FINAL_CODES = new Set([4000, 4003, 4004, 4005]);
