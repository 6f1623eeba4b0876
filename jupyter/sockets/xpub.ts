/**
 * XPUB: sends each message to all peers that have subscribed to its topic.
 *
 * A notebook that loses output is worse than one that must connect anew: much
 * may wait for a slow subscriber, and one that lets more pile up loses its
 * connection, with a line in the log, but never a message in the middle. No
 * subscriber waits for another.
 *
 * Source: Publish-Subscribe (RFC 29), "The XPUB Socket Type".
 * @module
 */
import { type Command, readSubscription } from "../wire/command.ts";
import { encodeMessage } from "../wire/multipart.ts";
import type { Endpoint } from "./endpoint.ts";
import { Listener, type SocketOptions } from "./listener.ts";
import type { Peer } from "./peer.ts";
import { Subscriptions } from "./subscriptions.ts";

/** Where a publisher listens, and who greets its subscribers. */
export interface XpubOptions extends SocketOptions {
  /**
   * Is told of a topic that a peer has subscribed to and was not subscribed to
   * before. The messages it returns are sent to that peer alone, before anything
   * that is published later.
   *
   * @default nothing is sent
   */
  readonly onSubscribe?: (
    topic: Uint8Array,
  ) => readonly (readonly Uint8Array[])[];
  /** How much may wait for one subscriber, in bytes. @default 256 MiB */
  readonly outboxLimitBytes?: number;
}

/** An XPUB socket. */
export class Xpub implements AsyncDisposable {
  readonly #listener: Listener;
  readonly #onSubscribe: XpubOptions["onSubscribe"];
  readonly #subscribers = new Map<Peer, Subscriptions>();

  /** @param options Where it listens, and who greets its subscribers. */
  constructor(
    { onSubscribe, outboxLimitBytes = OUTBOX_LIMIT_BYTES, ...options }:
      XpubOptions,
  ) {
    this.#onSubscribe = onSubscribe;
    this.#listener = new Listener({
      socketType: "XPUB",
      accepts: ["SUB", "XSUB"],
      outboxLimitBytes,
      maxMessageBytes: MAX_MESSAGE_BYTES,
      onReady: (peer) => this.#subscribers.set(peer, new Subscriptions()),
      onGone: (peer) => this.#subscribers.delete(peer),
      onSubscription: (peer, command) => this.#change(peer, command),
      onMessage: (peer, frames) => {
        // Peers of ZMTP 3.0 subscribe by messages; XSUB may send others.
        const command = readSubscription(frames);
        if (command !== null) this.#change(peer, command);
      },
    }, options);
  }

  /** Where it listens, the port being the real one. */
  get endpoint(): Endpoint {
    return this.#listener.endpoint;
  }

  /** Whether a message would reach anybody at all. */
  get hasSubscribers(): boolean {
    return this.#subscribers.size > 0;
  }

  /**
   * Sends a message to all who have subscribed to its topic.
   *
   * @param frames The frames, the topic being the first; not to be changed
   *   until they are written.
   */
  publish(frames: readonly Uint8Array[]): void {
    const topic = frames[0]!;
    let pieces: readonly Uint8Array[] | undefined;
    for (const [peer, subscriptions] of this.#subscribers) {
      if (!subscriptions.match(topic)) continue;
      pieces ??= encodeMessage(frames);
      peer.send(pieces);
    }
  }

  /**
   * Sends what still waits, and closes all.
   *
   * @param signal Ends the wait for peers that do not read.
   */
  async close(signal: AbortSignal): Promise<void> {
    await this.#listener.close(signal);
  }

  /** Closes all at once: see {@link Xpub.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#listener[Symbol.asyncDispose]();
  }

  #change(peer: Peer, command: Command): void {
    const subscriptions = this.#subscribers.get(peer);
    if (subscriptions === undefined) return;
    peer.prove();
    if (command.type === "cancel") subscriptions.remove(command.topic);
    if (command.type !== "subscribe" || !subscriptions.add(command.topic)) {
      return;
    }
    for (const frames of this.#onSubscribe?.(command.topic) ?? []) {
      peer.send(encodeMessage(frames));
    }
  }
}

const OUTBOX_LIMIT_BYTES = 256 * 1024 * 1024;
/** Subscribers send subscriptions, nothing else. */
const MAX_MESSAGE_BYTES = 64 * 1024;
