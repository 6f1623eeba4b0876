/**
 * Where a copy of this session calls back: a loopback port that is open until
 * one peer has proved by a token that it is the one.
 * @module
 */
import { TheUint8Array } from "./intrinsics.ts";

/**
 * Opens a port.
 *
 * @throws {Error} If the loopback network is not permitted.
 */
export function listen(): Deno.TcpListener {
  try {
    return denoListen({ hostname: LOOPBACK, port: 0 });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    throw new Error(
      `Cannot start process: this notebook may not use the loopback network, expected --allow-net=${LOOPBACK}`,
      { cause: error },
    );
  }
}

/**
 * Waits for the peer that has the token; others are sent away.
 *
 * @param listener The port.
 * @param token The secret.
 */
export async function accept(
  listener: Deno.TcpListener,
  token: string,
): Promise<Deno.TcpConn> {
  for (;;) {
    const peer = await listener.accept();
    peer.setNoDelay(true);
    if (await sendsToken(peer, token)) return peer;
    close(peer);
  }
}

async function sendsToken(
  peer: Deno.TcpConn,
  token: string,
): Promise<boolean> {
  const found = new TheUint8Array(token.length);
  let at = 0;
  while (at < found.length) {
    const count = await peer.read(found.subarray(at)).catch(() => null);
    if (count === null) return false;
    at += count;
  }
  let difference = 0;
  for (let i = 0; i < token.length; i++) {
    difference |= token.charCodeAt(i) ^ found[i]!;
  }
  return difference === 0;
}

/**
 * Writes all of some bytes.
 *
 * @param socket Where to.
 * @param bytes The bytes.
 */
export async function writeAll(
  socket: Deno.TcpConn,
  bytes: Uint8Array,
): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await socket.write(bytes.subarray(at));
  }
}

/** Makes a secret that nobody guesses. */
export function makeToken(): string {
  const bytes = crypto.getRandomValues(new TheUint8Array(TOKEN_BYTES / 2));
  return bytes.toHex();
}

/**
 * Closes a connection; harmless when it is closed.
 *
 * @param socket The connection.
 */
export function close(socket: Deno.Conn): void {
  try {
    socket.close();
  } catch {
    // It was closed already, which is what was wanted.
  }
}

// Taken before any cell can replace it.
const denoListen = Deno.listen;
const LOOPBACK = "127.0.0.1";
const TOKEN_BYTES = 64;
