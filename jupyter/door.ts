/**
 * The ZeroMQ door: five bound sockets, Jupyter messages in and out.
 *
 * It knows how messages travel, not what they mean: requests go to a callback,
 * answers come through {@link Door.send}. What comes in is checked in
 * `inbox.ts`; the startup handshake is in `registration.ts`.
 * @module
 */
import type { OutgoingMessage } from "../protocol/mod.ts";
import { bindSockets, type Sockets } from "./bind_sockets.ts";
import type { Connection, Registration } from "./connection_file.ts";
import { type InboxOptions, isRoute } from "./inbox.ts";
import { reachLauncher, register } from "./registration.ts";
import { encodeJupyterMessage } from "./wire/jupyter_message.ts";
import {
  createSigner,
  loadNative,
  needsNative,
  type Signer,
} from "./wire/signature.ts";

/** Where a door opens, and who takes what comes in. */
export interface DoorOptions extends Omit<InboxOptions, "signer"> {
  /** Where to listen, or to register. */
  readonly connection: Connection | Registration;
  /** Ends opening; closes the door later on. */
  readonly signal: AbortSignal;
  /** Names the kernel in topics. @default the registration's, or a new one */
  readonly kernelId?: string;
  /** Whether the first subscriber is told that the kernel starts. @default false */
  readonly tellsStart?: boolean;
  /** How long a launcher may take to acknowledge. @default 10000 */
  readonly registrationTimeoutMs?: number;
  /** How long the handshake of a connection may take. @default 10000 */
  readonly handshakeTimeoutMs?: number;
}

/** Five bound sockets. */
export class Door implements AsyncDisposable {
  /** Where it listens, ports being the real ones: other clients connect here. */
  readonly connection: Connection;
  readonly #sockets: Sockets;
  readonly #signer: Signer;
  readonly #kernelId: string;
  readonly #signal: AbortSignal;
  readonly #abort = () => void this.close();
  #closing: Promise<void> | null = null;

  /**
   * @param sockets The sockets; the door owns them from now on.
   * @param options Where they listen, how messages are signed and named, and
   *   what closes the door.
   */
  constructor(sockets: Sockets, { connection, signer, kernelId, signal }: {
    readonly connection: Connection;
    readonly signer: Signer;
    readonly kernelId: string;
    readonly signal: AbortSignal;
  }) {
    this.#sockets = sockets;
    this.connection = connection;
    this.#signer = signer;
    this.#kernelId = kernelId;
    this.#signal = signal;
    signal.addEventListener("abort", this.#abort);
    if (signal.aborted) this.#abort();
  }

  /**
   * Sends a message; it does not wait until it is written.
   *
   * @param message The message.
   * @returns Whether there was anybody to send it to.
   * @throws {TypeError} If a reply or an `input_request` has no route.
   */
  send(message: OutgoingMessage): boolean {
    const { channel, route, header } = message;
    if (channel === "iopub") {
      const { iopub } = this.#sockets;
      if (!iopub.hasSubscribers) return false;
      const topic = `kernel.${this.#kernelId}.${header.msg_type}`;
      iopub.publish(this.#encode(message, [new TextEncoder().encode(topic)]));
      return true;
    }
    if (!isRoute(route)) {
      throw new TypeError(
        `Cannot send "${header.msg_type}": its route is missing, expected the route of the request`,
      );
    }
    return this.#sockets[channel].send(this.#encode(message, route.identities));
  }

  /** Sends what still waits, for a second at most, and closes all sockets. */
  close(): Promise<void> {
    return this.#closing ??= this.#close();
  }

  /** Closes the door: see {@link Door.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #encode(
    message: OutgoingMessage,
    identities: readonly Uint8Array[],
  ): readonly Uint8Array[] {
    return encodeJupyterMessage(message, { identities, signer: this.#signer });
  }

  async #close(): Promise<void> {
    this.#signal.removeEventListener("abort", this.#abort);
    const lingering = new AbortController();
    const timer = setTimeout(() => lingering.abort(), LINGER_MS);
    const { shell, control, stdin, iopub, heartbeat } = this.#sockets;
    await Promise.all(
      [shell, control, stdin, iopub, heartbeat]
        .map((socket) => socket.close(lingering.signal)),
    );
    clearTimeout(timer);
  }
}

/**
 * Opens a door: binds the sockets and, if asked to, registers them.
 *
 * @param options Where, and who takes what comes in.
 * @returns The door, open.
 * @throws {RangeError} If the signature scheme is not known.
 * @throws {Error} If an address is taken, or registration fails.
 */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const { connection: file, signal, registrationTimeoutMs = 10_000 } = options;
  signal.throwIfAborted();
  const { signature_scheme: scheme, key } = file;
  if (needsNative(scheme)) await loadNative();
  else Deno.unrefTimer(setTimeout(loadNative, NATIVE_DELAY_MS));
  const signer = createSigner({ scheme, key });
  if (file.type === "connection") {
    const { kernelId = crypto.randomUUID() } = options;
    return await bind(file, { ...options, signer, kernelId });
  }
  const { kernelId = file.kernel_id } = options;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), registrationTimeoutMs);
  const either = AbortSignal.any([signal, deadline.signal]);
  try {
    await using stack = new AsyncDisposableStack();
    const launcher = stack.use(await reachLauncher(file, { signal: either }));
    const { ip } = launcher;
    const wanted = { ...file, ...ANY_PORTS, type: "connection", ip } as const;
    const door = stack.use(
      await bind(wanted, { ...options, signer, kernelId }),
    );
    await register(launcher, {
      kernelId: file.kernel_id,
      connection: door.connection,
      signer,
      signal: either,
    });
    stack.move();
    return door;
  } finally {
    clearTimeout(timer);
  }
}

async function bind(
  wanted: Connection,
  options: DoorOptions & { readonly signer: Signer; readonly kernelId: string },
): Promise<Door> {
  const { sockets, connection } = await bindSockets(wanted, options);
  return new Door(sockets, { ...options, connection });
}

const ANY_PORTS = {
  shell_port: 0,
  control_port: 0,
  stdin_port: 0,
  iopub_port: 0,
  hb_port: 0,
};
const LINGER_MS = 1000;
/** Until then the first cell has its answer. */
const NATIVE_DELAY_MS = 500;
