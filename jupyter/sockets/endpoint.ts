/**
 * Where a socket listens: a TCP address or the path of a Unix socket.
 * @module
 */

/** Where a socket listens. */
export type Endpoint =
  | {
    readonly transport: "tcp";
    readonly hostname: string;
    /** The port; 0 for any that is free. */
    readonly port: number;
  }
  | { readonly transport: "ipc"; readonly path: string };

/**
 * Listens at an endpoint.
 *
 * @param endpoint Where. A socket file that is there already is replaced, as
 *   libzmq does: it is what a killed kernel left.
 * @returns The listener, and where it really listens.
 * @throws {Deno.errors.AddrInUse} If the port is taken.
 */
export function listen(
  endpoint: Endpoint,
): { readonly listener: Deno.Listener; readonly endpoint: Endpoint } {
  if (endpoint.transport === "tcp") {
    const hostname = endpoint.hostname === "*" ? "0.0.0.0" : endpoint.hostname;
    const listener = Deno.listen({ hostname, port: endpoint.port });
    return { listener, endpoint: { ...endpoint, port: listener.addr.port } };
  }
  removeSocket(endpoint.path);
  const listener = Deno.listen({ transport: "unix", path: endpoint.path });
  // Whoever can connect to iopub reads all output, signed or not.
  Deno.chmodSync(endpoint.path, 0o600);
  return { listener, endpoint };
}

/**
 * Connects to an endpoint.
 *
 * @param endpoint Where.
 * @param options `signal` that ends the wait.
 * @returns The connection.
 * @throws {Deno.errors.ConnectionRefused} If nobody listens there.
 */
export async function connect(
  endpoint: Endpoint,
  { signal }: { readonly signal: AbortSignal },
): Promise<Deno.Conn> {
  if (endpoint.transport === "ipc") {
    return await Deno.connect({ transport: "unix", path: endpoint.path });
  }
  const { hostname, port } = endpoint;
  return await Deno.connect({ hostname, port, signal });
}

/**
 * Removes what listening left in the file system.
 *
 * @param endpoint Where the socket listened.
 */
export function removeEndpoint(endpoint: Endpoint): void {
  if (endpoint.transport === "ipc") removeSocket(endpoint.path);
}

function removeSocket(path: string): void {
  try {
    // Any other file is left alone, and listening fails.
    if (Deno.lstatSync(path).isSocket) Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
