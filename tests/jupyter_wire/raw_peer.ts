/**
 * A peer made by hand, which can do what libzmq would not.
 * @module
 */
import type { Connection } from "../../jupyter/mod.ts";
import { encodeCommand } from "../../jupyter/wire/command.ts";
import { encodeGreeting } from "../../jupyter/wire/greeting.ts";
import { concat, encodeMessage } from "../../jupyter/wire/multipart.ts";
import {
  PeerDecoder,
  type PeerEvent,
} from "../../jupyter/wire/peer_decoder.ts";

/** What the peer of a raw one says, its greeting and READY left out. */
type Said = Exclude<PeerEvent, { readonly type: "greeting" | "ready" }>;

/** A connection, for tests. */
export class RawPeer implements Disposable {
  /** The connection itself. */
  readonly connection: Deno.Conn;
  readonly #decoder = new PeerDecoder({ maxMessageBytes: 2 ** 30 });

  private constructor(connection: Deno.Conn) {
    this.connection = connection;
  }

  /** Connects, and says nothing. */
  static async connect(
    connection: Connection,
    port: "shell_port" | "iopub_port" | "hb_port",
  ): Promise<RawPeer> {
    const { ip: hostname } = connection;
    return new RawPeer(
      await Deno.connect({ hostname, port: connection[port] }),
    );
  }

  /** Greets and says READY. */
  async greet(socketType: string, { minor = 1 } = {}): Promise<void> {
    const greeting = encodeGreeting();
    greeting[11] = minor;
    const identity = new Uint8Array(0);
    await this.write(
      greeting,
      encodeCommand({ type: "ready", socketType, identity }),
    );
  }

  /** Writes bytes. */
  async write(...parts: readonly Uint8Array[]): Promise<void> {
    const bytes = concat(parts);
    for (let at = 0; at < bytes.length;) {
      at += await this.connection.write(bytes.subarray(at));
    }
  }

  /** Writes a message. */
  async send(...frames: readonly string[]): Promise<void> {
    await this.write(
      ...encodeMessage(frames.map((frame) => new TextEncoder().encode(frame))),
    );
  }

  /** Reads what is said next; `null` when the connection has ended. */
  async next(): Promise<Said | null> {
    const buffer = new Uint8Array(65_536);
    for (;;) {
      const event = this.#decoder.next();
      if (event?.type === "message" || event?.type === "command") return event;
      if (event !== null) continue;
      const count = await this.connection.read(buffer).catch(() => null);
      if (count === null) return null;
      this.#decoder.push(buffer.slice(0, count));
    }
  }

  /** Closes the connection. */
  [Symbol.dispose](): void {
    this.connection.close();
  }
}
