/**
 * `skein serve --hub`: the server of one user, started by JupyterHub.
 * @module
 */
import {
  type JupyterServer,
  type JupyterServerOptions,
  loadJupyter,
} from "../server/mod.ts";
import type { Terminal } from "./run.ts";
import type { ServeOptions } from "./serve_options.ts";
import { type Arguments, UsageError } from "./usage.ts";

/** What a hub decides about a server. */
export interface HubSettings {
  readonly options: Pick<
    JupyterServerOptions,
    "hostname" | "port" | "basePath" | "hosts" | "identity" | "makeAccess"
  >;
  /** Folder that its administrator has set; null for the one that was typed. */
  readonly folder: string | null;
  /** Begins to tell the hub that the server is used; gives what ends that. */
  readonly report: (server: JupyterServer) => Disposable;
}

/**
 * Finds out what the hub wants.
 *
 * @throws {UsageError} If no hub has started this.
 */
export async function joinHub(
  { values }: Pick<Arguments, "values">,
  typed: Pick<ServeOptions, "hostname" | "port">,
  { env, print }: Pick<Terminal, "env" | "print">,
): Promise<HubSettings> {
  const { HubApi, makeHubAccess, readHubEnvironment, reportActivity } =
    await loadJupyter();
  const hub = read(() => readHubEnvironment(env));
  const api = new HubApi(hub, print);
  const version = await api.findVersion();
  const { user, basePath, folder } = hub;
  const everyMs = Number(env("JUPYTERHUB_ACTIVITY_INTERVAL") ?? 300) * 1000;
  return {
    options: {
      // What starts servers on a cluster finds out the port there, and says it.
      hostname: values.host === undefined ? hub.hostname : typed.hostname,
      port: values.port === undefined ? hub.port : typed.port,
      basePath,
      // The hub's proxy passes on the name that browsers know.
      hosts: null,
      identity: { username: user, name: user },
      makeAccess: () => makeHubAccess(hub, { api, version }),
    },
    // The hub passes on what its administrator wrote.
    folder: folder?.replace(/^~(?=\/|$)/, () => env("HOME") ?? "~") ?? null,
    report: ({ findActivity }) =>
      reportActivity(api, {
        findActivity,
        everyMs: everyMs >= 1000 ? everyMs : 300_000,
        log: print,
      }),
  };
}

function read<T>(from: () => T): T {
  try {
    return from();
  } catch (error) {
    throw new UsageError(`Cannot serve: ${(error as Error).message}`);
  }
}
