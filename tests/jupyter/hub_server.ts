/**
 * A JupyterHub of the tests' own, whose users get `skein serve --hub`.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fromFileUrl } from "../../session/mod.ts";
import { within } from "../session/within.ts";
import type { Environment } from "./environment.ts";

/** What the hub says of a user. */
export interface HubUser {
  readonly last_activity: string;
  readonly servers: Readonly<
    Record<string, {
      readonly ready: boolean;
      readonly last_activity: string;
      readonly state: { readonly pid: number };
    }>
  >;
}

/** A running hub with its proxy. */
export class Hub implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #temporary: string;

  private constructor(
    child: Deno.ChildProcess,
    temporary: string,
    readonly url: string,
  ) {
    this.#child = child;
    this.#temporary = temporary;
  }

  /** Where a user's files are. */
  home(user: string): string {
    return join(this.#temporary, "home", user);
  }

  /** Starts one; each user has a notebook `a.ipynb` with one cell. */
  static async start(
    { python, env }: Environment,
    users: readonly string[],
    source: string,
  ): Promise<Hub> {
    const temporary = await Deno.realPath(
      await Deno.makeTempDir({ prefix: "skein-hub-" }),
    );
    for (const user of users) {
      await Deno.mkdir(join(temporary, "home", user), { recursive: true });
      await Deno.writeTextFile(
        join(temporary, "home", user, "a.ipynb"),
        notebook(source),
      );
    }
    const [port, hubPort, proxyPort] = freePorts(3);
    const config = join(temporary, "config.py");
    await Deno.writeTextFile(
      config,
      makeConfig({ temporary, users, port, hubPort, proxyPort }),
    );
    const log = join(temporary, "log.txt");
    const child = new Deno.Command("sh", {
      // Its log is wanted when it does not start.
      args: [
        "-c",
        'exec "$0" -m jupyterhub -f "$1" 2> "$2"',
        python,
        config,
        log,
      ],
      cwd: temporary,
      env: { ...env, CONFIGPROXY_AUTH_TOKEN: crypto.randomUUID() },
      stdin: "null",
      stdout: "null",
      stderr: "null",
      // The proxy and the servers are its children.
      detached: true,
    }).spawn();
    const hub = new Hub(child, temporary, `http://127.0.0.1:${port}/h/`);
    try {
      await within(hub.#untilUp(), 60_000, "JupyterHub");
      return hub;
    } catch (error) {
      const text = await Deno.readTextFile(log);
      await hub[Symbol.asyncDispose]();
      throw new Error(`Cannot start JupyterHub:\n${text}`, { cause: error });
    }
  }

  /** Asks the hub's API as an administrator. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly json: unknown }> {
    const response = await fetch(`${this.url}hub/api${path}`, {
      method,
      headers: { authorization: `token ${ADMIN_TOKEN}` },
      ...body === undefined ? {} : { body: JSON.stringify(body) },
    });
    const text = await response.text();
    const { status } = response;
    return { status, json: text === "" ? null : JSON.parse(text) };
  }

  /** Looks at a user. */
  async user(name: string): Promise<HubUser> {
    return (await this.ask("GET", `/users/${name}`)).json as HubUser;
  }

  /** Waits until something is so. */
  async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const deadline = AbortSignal.timeout(60_000);
    while (!await isSo()) {
      assert.ok(!deadline.aborted, `waited too long until ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** Ends servers that nobody has used for some seconds, once. */
  startCuller(
    { python }: Environment,
    timeoutSeconds: number,
  ): AsyncDisposable {
    const child = new Deno.Command(python, {
      args: [
        ...["-m", "jupyterhub_idle_culler", `--url=${this.url}hub/api`],
        ...[`--timeout=${timeoutSeconds}`, "--cull-every=1"],
      ],
      env: { JUPYTERHUB_API_TOKEN: ADMIN_TOKEN },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    return {
      async [Symbol.asyncDispose]() {
        child.kill("SIGTERM");
        await child.status;
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
    await within(this.#child.status, 20_000, "the end of JupyterHub").catch(
      () => {},
    );
    try {
      Deno.kill(-this.#child.pid, "SIGKILL");
    } catch {
      // All of them have ended, which is what was wanted.
    }
    await Deno.remove(this.#temporary, { recursive: true });
  }

  async #untilUp(): Promise<void> {
    const ended = this.#child.status.then(() => {
      throw new Error("it ended at once");
    });
    for (;;) {
      await Promise.race([ended, Promise.resolve()]);
      const response = await fetch(`${this.url}hub/api/`).catch(() => null);
      await response?.body?.cancel();
      if (response?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** Password of all users. */
export const PASSWORD = "the same for all users of the tests";

function makeConfig(
  { temporary, users, port, hubPort, proxyPort }: {
    readonly temporary: string;
    readonly users: readonly string[];
    readonly port: number | undefined;
    readonly hubPort: number | undefined;
    readonly proxyPort: number | undefined;
  },
): string {
  const text = JSON.stringify;
  const deno = Deno.execPath();
  const proxy = "npm:configurable-http-proxy@5.3.0";
  const serve = [deno, "run", "-A", "--no-check", MAIN, "serve", "--hub"];
  return `
c.JupyterHub.bind_url = "http://127.0.0.1:${port}/h/"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:${hubPort}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:${proxyPort}"
c.ConfigurableHTTPProxy.command = ${
    text([deno, "run", "-A", "--no-lock", proxy])
  }
c.JupyterHub.db_url = "sqlite:///:memory:"
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = ${text(PASSWORD)}
c.Authenticator.allowed_users = set(${text(users)})
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = ${
    text(join(temporary, "home/{username}"))
  }
c.Spawner.cmd = ${text(serve)}
c.Spawner.environment = {
    "DENO_DIR": ${text(denoDir())},
    "JUPYTERHUB_ACTIVITY_INTERVAL": "1",
}
c.Spawner.http_timeout = 60
c.JupyterHub.services = [{"name": "test", "api_token": "${ADMIN_TOKEN}"}]
c.JupyterHub.load_roles = [{
    "name": "test",
    "scopes": ["admin:users", "admin:servers", "admin:server_state", "tokens"],
    "services": ["test"],
}]
`;
}

/** Users have homes of their own: packages are to be loaded once all the same. */
function denoDir(): string {
  const home = Deno.env.get("HOME") ?? "";
  return Deno.env.get("DENO_DIR") ?? `${home}/.cache/deno`;
}

function freePorts(count: number): number[] {
  const listeners = Array.from(
    { length: count },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const ports = listeners.map(({ addr }) => (addr as Deno.NetAddr).port);
  listeners.forEach((listener) => listener.close());
  return ports;
}

function notebook(source: string): string {
  const cell = { cell_type: "code", id: "a", metadata: {}, source };
  return JSON.stringify({
    cells: [{ ...cell, outputs: [], execution_count: null }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });
}

const ADMIN_TOKEN = "the-token-of-the-administrator";
const MAIN = fromFileUrl(import.meta.resolve("../../main.ts"));
