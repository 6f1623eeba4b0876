/**
 * The startup handshake: tells the launcher which ports the kernel has chosen.
 *
 * Source: JEP 66; Jupyter messaging protocol 5.6, "Kernel startup handshake":
 * one signed part, no full message; ports are strings.
 * @module
 */
import type { Connection, Registration } from "./connection_file.ts";
import { PORT_NAMES } from "./connection_file.ts";
import { connect } from "./sockets/endpoint.ts";
import { Peer } from "./sockets/peer.ts";
import { openEnvelope, seal } from "./wire/jupyter_message.ts";
import { encodeMessage } from "./wire/multipart.ts";
import type { Signer } from "./wire/signature.ts";

/** A connection to who has started the kernel. */
export interface Launcher extends Disposable {
  /** The connection. */
  readonly connection: Deno.Conn;
  /** Our own address on it. */
  readonly ip: string;
}

/**
 * Connects to the launcher.
 *
 * @param registration Where the launcher listens.
 * @param options `signal` that ends the wait.
 * @returns The connection; disposing of it closes it. `ip` is our own address
 *   on it: where a launcher on another machine can find us, and nobody else can
 *   if the launcher is on this one.
 * @throws {Deno.errors.ConnectionRefused} If nobody listens there.
 */
export async function reachLauncher(
  { registration_ip, registration_port }: Registration,
  { signal }: { readonly signal: AbortSignal },
): Promise<Launcher> {
  const connection = await connect({
    transport: "tcp",
    hostname: registration_ip,
    port: registration_port,
  }, { signal });
  return {
    connection,
    ip: (connection.localAddr as Deno.NetAddr).hostname,
    [Symbol.dispose]: () => closeOnce(connection),
  };
}

/**
 * Sends the ports to the launcher and waits for its acknowledgement.
 *
 * @param launcher The connection; it is closed afterwards.
 * @param options `kernelId` from the registration file; `connection` with the
 *   ports; `signer`; `signal` that ends the wait.
 * @throws {Error} If the launcher leaves, is refused, or does not answer before
 *   the signal is aborted.
 */
export async function register(
  launcher: Launcher,
  { kernelId, connection, signer, signal }: {
    readonly kernelId: string;
    readonly connection: Connection;
    readonly signer: Signer;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (reason: string) =>
    reject(new Error(`Cannot register kernel: ${reason}`));
  const peer = new Peer(launcher.connection, {
    socketType: "DEALER",
    accepts: ["ROUTER", "REP", "DEALER"],
    outboxLimitBytes: LIMIT_BYTES,
    maxMessageBytes: LIMIT_BYTES,
    onReady: () => peer.send(announce(kernelId, connection, signer)),
    onMessage: (_peer, frames) => {
      // What the acknowledgement says is up to the launcher.
      openEnvelope(frames, { signer, partCount: 1 });
      resolve();
    },
    onGone: () => fail("the launcher closed the connection before its ACK"),
  }, { onDropped: fail });
  const abort = () => fail("the launcher sent no ACK in time");
  signal.addEventListener("abort", abort);
  const running = peer.run().then(() =>
    fail("the launcher closed the connection before its ACK")
  );
  if (signal.aborted) abort();
  try {
    await promise;
  } finally {
    signal.removeEventListener("abort", abort);
    peer.close();
    await running;
  }
}

function closeOnce(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch (error) {
    // The peer that talked over it has closed it.
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

function announce(
  kernelId: string,
  connection: Connection,
  signer: Signer,
): readonly Uint8Array[] {
  const ports = PORT_NAMES.map((name) => [name, String(connection[name])]);
  const content = { kernel_id: kernelId, ...Object.fromEntries(ports) };
  const part = new TextEncoder().encode(JSON.stringify(content));
  return encodeMessage(seal([part], { identities: [], signer }));
}

const LIMIT_BYTES = 64 * 1024;
