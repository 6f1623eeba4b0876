/**
 * Binds the five sockets of a door to their addresses, all or none.
 * @module
 */
import { type Channel, endpointOf, PORT_OF } from "./channels.ts";
import type { Connection } from "./connection_file.ts";
import { createInbox, type InboxOptions } from "./inbox.ts";
import { logRefusals } from "./refusals.ts";
import type { Endpoint } from "./sockets/endpoint.ts";
import type { SocketOptions } from "./sockets/listener.ts";
import { EchoRep } from "./sockets/rep.ts";
import { Router } from "./sockets/router.ts";
import { UnprovenMemory } from "./sockets/unproven_memory.ts";
import { Xpub } from "./sockets/xpub.ts";
import { createGreeting } from "./welcome.ts";

/** One socket a channel. */
export interface Sockets {
  readonly shell: Router;
  readonly control: Router;
  readonly stdin: Router;
  readonly iopub: Xpub;
  readonly heartbeat: EchoRep;
}

/** Who takes what comes in, and how welcomes are signed. */
export interface BindOptions extends InboxOptions {
  /** Names the kernel. */
  readonly kernelId: string;
  /** Whether the first subscriber is told that the kernel starts. @default false */
  readonly tellsStart?: boolean;
  /** How long the handshake of a connection may take. @default 10000 */
  readonly handshakeTimeoutMs?: number;
}

/**
 * Binds the sockets.
 *
 * @param wanted Where; a port of 0 is any that is free.
 * @param options Who takes what comes in, and how welcomes are signed.
 * @returns The sockets, and where they really listen.
 * @throws {Error} If an address is taken; none is bound then.
 */
export async function bindSockets(
  wanted: Connection,
  options: BindOptions,
): Promise<{ readonly sockets: Sockets; readonly connection: Connection }> {
  const { log } = options;
  const receive = createInbox(options);
  const refuse = logRefusals(log);
  const unproven = new UnprovenMemory();
  const onSubscribe = createGreeting(options);
  await using stack = new AsyncDisposableStack();
  const open = <
    T extends AsyncDisposable & { readonly endpoint: Endpoint },
  >(channel: Channel, make: (options: SocketOptions) => T): T => {
    const endpoint = endpointOf(wanted, channel);
    const { handshakeTimeoutMs } = options;
    try {
      return stack.use(make({
        endpoint,
        unproven,
        onRefused: (peer, reason) =>
          refuse(`refused ${peer} on ${channel}`, reason),
        ...(handshakeTimeoutMs === undefined ? {} : { handshakeTimeoutMs }),
      }));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(
        `Cannot open ${channel} at ${describe(endpoint)}: ${reason}`,
        { cause },
      );
    }
  };
  const openRouter = (channel: "shell" | "control" | "stdin") =>
    open(channel, (socket) =>
      new Router({
        ...socket,
        onMessage: (frames, onSigned) => receive(channel, frames, onSigned),
      }));
  const sockets: Sockets = {
    shell: openRouter("shell"),
    control: openRouter("control"),
    stdin: openRouter("stdin"),
    iopub: open("iopub", (socket) => new Xpub({ ...socket, onSubscribe })),
    heartbeat: open("heartbeat", (socket) => new EchoRep(socket)),
  };
  stack.move();
  return { sockets, connection: withRealPorts(wanted, sockets) };
}

function withRealPorts(wanted: Connection, sockets: Sockets): Connection {
  const ports = Object.entries(sockets).map(
    ([channel, { endpoint }]: [string, { readonly endpoint: Endpoint }]) => {
      const name = PORT_OF[channel as Channel];
      return [name, "port" in endpoint ? endpoint.port : wanted[name]];
    },
  );
  return { ...wanted, ...Object.fromEntries(ports) };
}

function describe(endpoint: Endpoint): string {
  return endpoint.transport === "tcp"
    ? `${endpoint.hostname}:${endpoint.port}`
    : endpoint.path;
}
