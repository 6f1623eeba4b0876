/**
 * The five channels, and where each one listens.
 *
 * Pure: values in, values out.
 * @module
 */
import type { Connection, PortName } from "./connection_file.ts";
import type { Endpoint } from "./sockets/endpoint.ts";

/** A channel, each with a socket of its own. */
export type Channel = "shell" | "control" | "stdin" | "iopub" | "heartbeat";

/** The field of a connection file that belongs to each channel. */
export const PORT_OF: Readonly<Record<Channel, PortName>> = {
  shell: "shell_port",
  control: "control_port",
  stdin: "stdin_port",
  iopub: "iopub_port",
  heartbeat: "hb_port",
};

/**
 * Tells where a channel listens.
 *
 * Source: jupyter_client, "Connection files": `tcp://ip:port`, `ipc://ip-port`.
 *
 * @param connection The connection file.
 * @param channel The channel.
 * @returns Where it listens.
 */
export function endpointOf(
  connection: Connection,
  channel: Channel,
): Endpoint {
  const { transport, ip } = connection;
  const port = connection[PORT_OF[channel]];
  return transport === "tcp"
    ? { transport, hostname: ip, port }
    : { transport, path: `${ip}-${port}` };
}
