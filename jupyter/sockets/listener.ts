/**
 * A listening socket and the peers that have connected to it.
 * @module
 */
import { type Endpoint, listen, removeEndpoint } from "./endpoint.ts";
import { Peer, type PeerOptions, type SocketKind } from "./peer.ts";

/** Where a socket listens, and what it says of its peers. */
export interface SocketOptions
  extends Pick<PeerOptions, "handshakeTimeoutMs" | "unproven"> {
  /** Where it listens. */
  readonly endpoint: Endpoint;
  /** Is told which peer was refused or dropped, and why. */
  readonly onRefused: (peer: string, reason: string) => void;
}

/** Accepts peers and owns them. */
export class Listener implements AsyncDisposable {
  /** Where it listens, the port being the real one. */
  readonly endpoint: Endpoint;
  readonly #listener: Deno.Listener;
  readonly #kind: SocketKind;
  readonly #options: SocketOptions;
  readonly #peers = new Map<Peer, Promise<void>>();
  readonly #closing = new AbortController();
  readonly #accepting: Promise<void>;

  /**
   * @param kind What the socket does with its peers.
   * @param options Where it listens.
   * @throws {Deno.errors.AddrInUse} If the port is taken.
   */
  constructor(kind: SocketKind, options: SocketOptions) {
    this.#kind = kind;
    this.#options = options;
    const { listener, endpoint } = listen(options.endpoint);
    this.#listener = listener;
    this.endpoint = endpoint;
    this.#accepting = this.#acceptAll();
  }

  /**
   * Takes no more peers, sends what still waits, and closes all.
   *
   * @param signal Ends the wait for peers that do not read.
   */
  async close(signal: AbortSignal): Promise<void> {
    if (!this.#closing.signal.aborted) {
      this.#closing.abort();
      this.#listener.close();
      removeEndpoint(this.endpoint);
    }
    const peers = [...this.#peers];
    await Promise.all(peers.map(([peer]) => peer.flush(signal)));
    for (const [peer] of peers) peer.close();
    await Promise.all(peers.map(([_peer, running]) => running));
    await this.#accepting;
  }

  /** Closes all at once: see {@link Listener.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close(AbortSignal.abort());
  }

  async #acceptAll(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        this.#admit(await this.#listener.accept());
      } catch (error) {
        if (signal.aborted) return;
        // One connection failed, or descriptors ran out: the next may do.
        this.#options.onRefused("a connection", String(error));
        await pause(RETRY_AFTER_MS, signal);
      }
    }
  }

  #admit(connection: Deno.Conn): void {
    const name = describe(connection);
    const { onRefused, handshakeTimeoutMs, unproven } = this.#options;
    const isFull = this.#peers.size >= MAX_PEERS && !this.#makeRoom();
    if (this.#closing.signal.aborted || isFull) {
      connection.close();
      onRefused(name, `there are ${this.#peers.size} connections already`);
      return;
    }
    const peer = new Peer(connection, this.#kind, {
      onDropped: (reason) => onRefused(name, reason),
      ...(handshakeTimeoutMs === undefined ? {} : { handshakeTimeoutMs }),
      ...(unproven === undefined ? {} : { unproven }),
    });
    const running = peer.run().finally(() => this.#peers.delete(peer));
    this.#peers.set(peer, running);
  }

  /** Drops who is there for longest and has done nothing; else none can come. */
  #makeRoom(): boolean {
    for (const peer of this.#peers.keys()) {
      if (peer.isProven) continue;
      peer.drop("it did nothing, and another one needs its place");
      this.#peers.delete(peer);
      return true;
    }
    return false;
  }
}

function describe({ remoteAddr }: Deno.Conn): string {
  return remoteAddr.transport === "tcp"
    ? `${remoteAddr.hostname}:${remoteAddr.port}`
    : "a local process";
}

async function pause(timeMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, timeMs);
  signal.addEventListener("abort", () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
}

const RETRY_AFTER_MS = 100;
/** Front ends have one connection each; more is a mistake or an attack. */
const MAX_PEERS = 1024;
