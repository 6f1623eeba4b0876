/**
 * One connection of a ZeroMQ socket: handshake, then messages in and out.
 *
 * ZMTP is symmetric with the NULL mechanism, so it does not matter who has
 * connected to whom. What peers say is decoded in `jupyter/wire/`; what a kind
 * of socket does with its peers is in a file for each kind.
 * @module
 */
import { type Command, encodeCommand } from "../wire/command.ts";
import { encodeGreeting } from "../wire/greeting.ts";
import { PeerDecoder, type PeerEvent } from "../wire/peer_decoder.ts";
import { Outbox } from "./outbox.ts";
import type { UnprovenMemory } from "./unproven_memory.ts";

/** What makes one kind of socket differ from another. */
export interface SocketKind {
  /** Our socket type, as in READY. */
  readonly socketType: string;
  /** Socket types of peers that fit. */
  readonly accepts: readonly string[];
  /** How much may wait for one peer; one that lets more pile up is dropped. */
  readonly outboxLimitBytes: number;
  /** Longest message that is read, in bytes. @default 1 GiB */
  readonly maxMessageBytes?: number;
  /** A peer has done its handshake: it counts. */
  readonly onReady?: (peer: Peer) => void;
  /** A peer that counts has sent a message. Throws if it is malformed. */
  readonly onMessage: (
    peer: Peer,
    frames: readonly Uint8Array<ArrayBuffer>[],
  ) => void;
  /** A peer has subscribed or cancelled. Throws if it is malformed. */
  readonly onSubscription?: (peer: Peer, command: Command) => void;
  /** A peer that counted is gone. */
  readonly onGone?: (peer: Peer) => void;
}

/** How a connection is watched. */
export interface PeerOptions {
  /** Is told, once, why the peer was dropped; not told when it just leaves. */
  readonly onDropped: (reason: string) => void;
  /** How long a handshake may take. @default 10000 */
  readonly handshakeTimeoutMs?: number;
  /** Counts what is kept for peers that have proved nothing. @default nobody */
  readonly unproven?: UnprovenMemory;
}

/** One connection. */
export class Peer {
  readonly #connection: Deno.Conn;
  readonly #kind: SocketKind;
  readonly #options: PeerOptions;
  readonly #decoder: PeerDecoder;
  readonly #outbox: Outbox;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #identity: Uint8Array = new Uint8Array(0);
  #isClosed = false;
  #isProven = false;

  /**
   * @param connection The connection, which the peer owns from now on.
   * @param kind What the socket does with its peers.
   * @param options How the connection is watched.
   */
  constructor(
    connection: Deno.Conn,
    kind: SocketKind,
    options: PeerOptions,
  ) {
    this.#connection = connection;
    this.#kind = kind;
    this.#options = options;
    const { maxMessageBytes = MAX_MESSAGE_BYTES } = kind;
    this.#decoder = new PeerDecoder({ maxMessageBytes });
    this.#outbox = new Outbox({
      write: (bytes) => connection.write(bytes),
      onError: () => this.close(),
      limitBytes: kind.outboxLimitBytes,
    });
  }

  /** What the peer calls itself; often empty. */
  get identity(): Uint8Array {
    return this.#identity;
  }

  /** Whether it has done what a front end does, such as to sign a message. */
  get isProven(): boolean {
    return this.#isProven;
  }

  /** Notes that it has done what a front end does. */
  prove(): void {
    this.#isProven = true;
    this.#options.unproven?.set(this, 0);
  }

  /**
   * Talks to the peer until the connection ends; the peer is closed then.
   *
   * @returns When all is over; never rejects.
   */
  async run(): Promise<void> {
    const { handshakeTimeoutMs = HANDSHAKE_TIMEOUT_MS } = this.#options;
    try {
      if ("setNoDelay" in this.#connection) {
        (this.#connection as Deno.TcpConn).setNoDelay(true);
      }
      this.#expectWithin(handshakeTimeoutMs, "its handshake took too long");
      this.#outbox.add([encodeGreeting()]);
      await this.#readAll();
    } catch (error) {
      this.drop(error instanceof Error ? error.message : String(error));
    } finally {
      this.close();
    }
  }

  /**
   * Sends a message.
   *
   * @param pieces The encoded message; not to be changed until it is written.
   */
  send(pieces: readonly Uint8Array[]): void {
    if (this.#outbox.add(pieces)) return;
    const { waitingBytes } = this.#outbox;
    this.drop(`it does not read, and ${waitingBytes} bytes wait for it`);
  }

  /**
   * Waits until all that was sent is written, or the peer is gone.
   *
   * @param signal Ends the wait.
   */
  flush(signal: AbortSignal): Promise<void> {
    return this.#outbox.flush(signal);
  }

  /**
   * Closes the connection because of what the peer did.
   *
   * @param reason What it did.
   */
  drop(reason: string): void {
    if (this.#isClosed) return;
    this.#options.onDropped(reason);
    this.close();
  }

  /** Closes the connection; what still waits is not sent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#deadline);
    this.#outbox.close();
    this.#options.unproven?.set(this, 0);
    this.#connection.close();
    if (this.#decoder.isReady) this.#kind.onGone?.(this);
  }

  #expectWithin(timeoutMs: number, otherwise: string): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.drop(otherwise), timeoutMs);
  }

  async #readAll(): Promise<void> {
    let buffer = new Uint8Array(SMALL_READ_BYTES);
    while (!this.#isClosed) {
      // A connection that breaks is a peer that leaves, like one that ends.
      const count = await this.#connection.read(buffer).catch(() => null);
      if (count === null) return;
      // Any traffic will do after a PING; a handshake must come to its end.
      if (this.#decoder.isReady) clearTimeout(this.#deadline);
      this.#decoder.push(buffer.subarray(0, count));
      for (
        let event;
        !this.#isClosed && (event = this.#decoder.next()) !== null;
      ) this.#handle(event);
      if (!this.#isProven && !this.#isClosed) {
        this.#options.unproven?.set(this, this.#decoder.heldBytes);
      }
      // A large buffer only for who fills it: most peers say little.
      if (count === buffer.length && count < LARGE_READ_BYTES) {
        buffer = new Uint8Array(LARGE_READ_BYTES);
      } else if (
        count < SMALL_READ_BYTES && buffer.length > SMALL_READ_BYTES
      ) {
        buffer = new Uint8Array(SMALL_READ_BYTES);
      }
    }
  }

  #handle(event: PeerEvent): void {
    switch (event.type) {
      case "greeting": {
        const { socketType } = this.#kind;
        this.send([encodeCommand({ ...READY, socketType })]);
        return;
      }
      case "ready":
        this.#welcome(event);
        return;
      case "message":
        this.#kind.onMessage(this, event.frames);
        return;
      case "command":
        this.#obey(event.command);
        return;
      default:
        event satisfies never;
    }
  }

  #welcome(
    { socketType, identity }: Extract<PeerEvent, { type: "ready" }>,
  ): void {
    const { accepts } = this.#kind;
    if (!accepts.includes(socketType)) {
      throw new RangeError(
        `Cannot talk to peer: it is a ${socketType} socket, expected ${
          accepts.join(" or ")
        }`,
      );
    }
    clearTimeout(this.#deadline);
    this.#identity = identity;
    this.#kind.onReady?.(this);
  }

  #obey(command: Command): void {
    switch (command.type) {
      case "ping":
        this.send([encodeCommand({ type: "pong", context: command.context })]);
        // "A strong hint to disconnect if no further traffic is received".
        if (command.ttlMs > 0) {
          const timeoutMs = command.ttlMs + TTL_GRACE_MS;
          this.#expectWithin(timeoutMs, "it was silent after its PING");
        }
        return;
      case "error":
        throw new RangeError(`Peer reports an error: ${command.reason}`);
      case "subscribe":
      case "cancel":
        this.#kind.onSubscription?.(this, command);
        return;
      default:
        // READY again, PONG, unknown: nothing depends on them.
        return;
    }
  }
}

const READY = { type: "ready", identity: new Uint8Array(0) } as const;
const MAX_MESSAGE_BYTES = 1024 ** 3;
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** So that a moment in which we were busy is not taken for the peer's. */
const TTL_GRACE_MS = 1000;
const SMALL_READ_BYTES = 16 * 1024;
const LARGE_READ_BYTES = 1024 * 1024;
