/**
 * REP for the heartbeat: answers each request with its own bytes, at once.
 *
 * Source: Request-Reply (RFC 28), "The REP Socket Type"; Jupyter messaging
 * protocol 5.5, "Heartbeat for kernels".
 * @module
 */
import { encodeMessage } from "../wire/multipart.ts";
import type { Endpoint } from "./endpoint.ts";
import { Listener, type SocketOptions } from "./listener.ts";

/** A REP socket that echoes. */
export class EchoRep implements AsyncDisposable {
  readonly #listener: Listener;

  /** @param options Where it listens. */
  constructor(options: SocketOptions) {
    this.#listener = new Listener({
      socketType: "REP",
      accepts: ["REQ", "DEALER"],
      outboxLimitBytes: OUTBOX_LIMIT_BYTES,
      maxMessageBytes: MAX_MESSAGE_BYTES,
      onMessage: (peer, frames) => {
        // The envelope ends with an empty frame and goes back as it came. What
        // has none is no request: discarded, says RFC 28.
        const hasEnvelope = frames.some(({ length }) => length === 0);
        if (!hasEnvelope) return;
        peer.prove();
        peer.send(encodeMessage(frames));
      },
    }, options);
  }

  /** Where it listens, the port being the real one. */
  get endpoint(): Endpoint {
    return this.#listener.endpoint;
  }

  /**
   * Sends what still waits, and closes all.
   *
   * @param signal Ends the wait for peers that do not read.
   */
  async close(signal: AbortSignal): Promise<void> {
    await this.#listener.close(signal);
  }

  /** Closes all at once: see {@link EchoRep.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#listener[Symbol.asyncDispose]();
  }
}

/** Heartbeats are a few bytes, one at a time, and anybody may send them. */
const OUTBOX_LIMIT_BYTES = 128 * 1024;
const MAX_MESSAGE_BYTES = 64 * 1024;
