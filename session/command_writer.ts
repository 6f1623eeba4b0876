/**
 * Sends commands to a session, in the order in which they are given.
 *
 * The reading side is in `session/host/commands.ts`.
 * @module
 */
import type { SessionCommand } from "../protocol/mod.ts";

/** Writes commands to a session's socket. */
export class CommandWriter {
  readonly #socket: Promise<Deno.Conn>;
  #sending: Promise<unknown> = Promise.resolve();

  /** @param socket The socket, once the session has connected. */
  constructor(socket: Promise<Deno.Conn>) {
    this.#socket = socket;
  }

  /**
   * Sends a command; a socket takes one write at a time.
   *
   * @param command The command.
   */
  send(command: SessionCommand): void {
    const json = new TextEncoder().encode(JSON.stringify(command));
    const bytes = new Uint8Array(4 + json.length);
    new DataView(bytes.buffer).setUint32(0, json.length);
    bytes.set(json, 4);
    this.#sending = this.#sending.then(async () => {
      const socket = await this.#socket;
      for (let at = 0; at < bytes.length;) {
        at += await socket.write(bytes.subarray(at));
      }
      // A session that has ended is reported by its exit.
    }).catch(() => {});
  }
}
