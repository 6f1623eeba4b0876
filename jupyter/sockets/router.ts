/**
 * ROUTER: takes messages from many peers, and answers each by its identity.
 *
 * Source: Request-Reply (RFC 28), "The ROUTER Socket Type".
 * @module
 */
import { encodeMessage } from "../wire/multipart.ts";
import type { Endpoint } from "./endpoint.ts";
import { Listener, type SocketOptions } from "./listener.ts";
import type { Peer } from "./peer.ts";

/** Where a router listens, and who takes its messages. */
export interface RouterOptions extends SocketOptions {
  /**
   * Takes a message, the identity of its peer being the first frame; calls back,
   * before it answers, when the message is a front end's.
   */
  readonly onMessage: (
    frames: readonly Uint8Array<ArrayBuffer>[],
    onProven: () => void,
  ) => void;
}

/** A ROUTER socket. */
export class Router implements AsyncDisposable {
  readonly #listener: Listener;
  /** Who calls itself by an identity: the first one gets its answers. */
  readonly #peers = new Map<string, readonly Peer[]>();
  /** The identity each peer is known by: its own, or one made for it. */
  readonly #identities = new Map<Peer, Uint8Array<ArrayBuffer>>();

  /** @param options Where it listens, and who takes its messages. */
  constructor({ onMessage, ...options }: RouterOptions) {
    this.#listener = new Listener({
      socketType: "ROUTER",
      accepts: ["DEALER", "REQ", "ROUTER"],
      outboxLimitBytes: OUTBOX_LIMIT_BYTES,
      onReady: (peer) => this.#admit(peer),
      onGone: (peer) => this.#forget(peer),
      onMessage: (peer, frames) => {
        const identity = this.#identities.get(peer);
        if (identity === undefined) return;
        onMessage([identity, ...frames], () => this.#prove(peer));
      },
    }, options);
  }

  /** Where it listens, the port being the real one. */
  get endpoint(): Endpoint {
    return this.#listener.endpoint;
  }

  /**
   * Sends a message to one peer.
   *
   * @param frames The frames, the identity of the peer being the first.
   * @returns Whether there is such a peer; the message is dropped if not, since
   *   a front end may be gone before its answer is there.
   */
  send([identity, ...frames]: readonly Uint8Array[]): boolean {
    const peer = identity === undefined
      ? undefined
      : this.#peers.get(keyOf(identity))?.[0];
    peer?.send(encodeMessage(frames));
    return peer !== undefined;
  }

  /**
   * Sends what still waits, and closes all.
   *
   * @param signal Ends the wait for peers that do not read.
   */
  async close(signal: AbortSignal): Promise<void> {
    await this.#listener.close(signal);
  }

  /** Closes all at once: see {@link Router.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#listener[Symbol.asyncDispose]();
  }

  #admit(peer: Peer): void {
    // A leading zero is for identities that routers make: nobody may claim one.
    const isOwn = peer.identity.length > 0 && peer.identity[0] !== 0;
    const identity = isOwn ? peer.identity.slice() : this.#makeIdentity();
    const key = keyOf(identity);
    // Anybody can read identities on iopub. Who claims one that is taken waits,
    // until it has proved that it is no stranger.
    this.#peers.set(key, [...this.#peers.get(key) ?? [], peer]);
    this.#identities.set(peer, identity);
  }

  #prove(peer: Peer): void {
    const identity = this.#identities.get(peer);
    if (peer.isProven || identity === undefined) return;
    peer.prove();
    const key = keyOf(identity);
    const [first, ...others] = this.#peers.get(key)!;
    if (first === peer) return;
    this.#peers.set(key, [peer, ...others.filter((one) => one !== peer)]);
    // The same client, back before its broken connection was noticed: the new
    // one counts, as with ZMQ_ROUTER_HANDOVER, which ipykernel sets.
    first?.close();
  }

  #forget(peer: Peer): void {
    const identity = this.#identities.get(peer);
    this.#identities.delete(peer);
    if (identity === undefined) return;
    const key = keyOf(identity);
    const left = (this.#peers.get(key) ?? []).filter((one) => one !== peer);
    if (left.length > 0) this.#peers.set(key, left);
    else this.#peers.delete(key);
  }

  /**
   * Makes an identity: a zero and four random bytes. They are random so that an
   * identity made on one channel is not somebody else's on another.
   */
  #makeIdentity(): Uint8Array<ArrayBuffer> {
    for (;;) {
      const identity = new Uint8Array(5);
      crypto.getRandomValues(identity.subarray(1));
      if (!this.#peers.has(keyOf(identity))) return identity;
    }
  }
}

function keyOf(identity: Uint8Array): string {
  return String.fromCharCode(...identity.subarray(0, 255));
}

/** Replies are few; a client that leaves so much unread is stopped. */
const OUTBOX_LIMIT_BYTES = 256 * 1024 * 1024;
