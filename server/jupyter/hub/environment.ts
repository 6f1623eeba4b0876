/**
 * What JupyterHub tells the server that it starts for a user. Pure.
 *
 * Source: JupyterHub, "Writing a custom Single-User Server".
 * @module
 */

/** How to reach the hub, and who is served. */
export interface HubEnvironment {
  readonly hostname: string;
  readonly port: number;
  /** Path in front of all addresses, such as `/user/ada/`. */
  readonly basePath: string;
  readonly user: string;
  /** Name of this server among the user's; empty for the first. */
  readonly serverName: string;
  /** Where the hub's API is, as seen from here. */
  readonly apiUrl: string;
  readonly apiToken: string;
  readonly clientId: string;
  /** Where the hub is, as seen by browsers: a path, or an address. */
  readonly hubUrl: string;
  /** Where the hub sends browsers back to. */
  readonly callbackUrl: string;
  /** Any of these lets in. */
  readonly accessScopes: readonly string[];
  readonly activityUrl: string;
  /** Folder that the hub's administrator has set. */
  readonly folder: string | null;
}

/**
 * Reads it.
 *
 * @param env Reads an environment variable.
 * @throws {TypeError} If something is missing.
 */
export function readHubEnvironment(
  env: (name: string) => string | undefined,
): HubEnvironment {
  const need = (name: string): string => {
    const value = env(name);
    if (value) return value;
    throw new TypeError(
      `${name} is not set, expected JupyterHub to start this (c.Spawner.cmd)`,
    );
  };
  const service = new URL(need("JUPYTERHUB_SERVICE_URL"));
  const basePath = withSlash(
    env("JUPYTERHUB_SERVICE_PREFIX") ?? service.pathname,
  );
  const user = need("JUPYTERHUB_USER");
  const serverName = env("JUPYTERHUB_SERVER_NAME") ?? "";
  const apiUrl = need("JUPYTERHUB_API_URL").replace(/\/$/, "");
  const host = env("JUPYTERHUB_HOST") ?? "";
  return {
    hostname: service.hostname.replace(/^\[|\]$/g, ""),
    port: Number(service.port || (service.protocol === "https:" ? 443 : 80)),
    basePath,
    user,
    serverName,
    apiUrl,
    apiToken: need("JUPYTERHUB_API_TOKEN"),
    clientId: need("JUPYTERHUB_CLIENT_ID"),
    hubUrl: `${host}${withSlash(env("JUPYTERHUB_BASE_URL") ?? "/")}hub/`,
    callbackUrl: env("JUPYTERHUB_OAUTH_CALLBACK_URL") ||
      `${host}${basePath}oauth_callback`,
    accessScopes: readScopes(
      env("JUPYTERHUB_OAUTH_ACCESS_SCOPES") ?? env("JUPYTERHUB_OAUTH_SCOPES"),
      `access:servers!server=${user}/${serverName}`,
    ),
    activityUrl: env("JUPYTERHUB_ACTIVITY_URL") ??
      `${apiUrl}/users/${encodeURIComponent(user)}/activity`,
    folder: env("JUPYTERHUB_ROOT_DIR") ?? env("JUPYTERHUB_NOTEBOOK_DIR") ??
      null,
  };
}

/** Tells whether somebody has one of the scopes that let in. */
export function hasAccess(
  scopes: readonly string[],
  accessScopes: readonly string[],
): boolean {
  return accessScopes.some((scope) =>
    // Without a filter it is for all servers.
    scopes.includes(scope) || scopes.includes(scope.split("!")[0]!)
  );
}

function readScopes(text: string | undefined, fallback: string): string[] {
  if (text === undefined || text === "") return [fallback];
  const value: unknown = JSON.parse(text);
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) {
    return value;
  }
  throw new TypeError(
    "JUPYTERHUB_OAUTH_ACCESS_SCOPES is no list of scopes",
  );
}

function withSlash(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}
