/**
 * A JupyterLab of the tests' own: its folders are temporary, it needs no
 * network, and nothing of it is left when it is closed.
 * @module
 */
import { join } from "node:path";
import { within } from "../session/within.ts";
import type { Environment } from "./environment.ts";

/** A running `jupyter lab`. */
export class LabServer implements AsyncDisposable {
  /** The folder that it serves. */
  readonly root: string;
  /** Its address, ending in a slash. */
  readonly url: string;
  /** What whoever may use it has to know. */
  readonly token: string;
  readonly #process: Deno.ChildProcess;
  readonly #folder: string;
  /** In a group of its own, it does not hear what ends us. */
  readonly #leave = () => {
    endGroup(this.#process, "SIGTERM");
    Deno.exit(130);
  };

  /** Made by {@link LabServer.start}. */
  constructor(process: Deno.ChildProcess, { folder, url, token }: {
    readonly folder: string;
    readonly url: string;
    readonly token: string;
  }) {
    this.#process = process;
    this.#folder = folder;
    this.root = join(folder, "root");
    this.url = url;
    this.token = token;
    for (const signal of SIGNALS) Deno.addSignalListener(signal, this.#leave);
  }

  /**
   * Starts one, and waits until it answers.
   *
   * @param environment Where Python and the kernel are.
   */
  static async start({ python, env }: Environment): Promise<LabServer> {
    const folder = await Deno.makeTempDir({ prefix: "skein-lab-" });
    for (const name of ["root", "runtime", "settings", "workspaces"]) {
      await Deno.mkdir(join(folder, name));
    }
    await writeSettings(folder, "notification", { fetchNews: "false" });
    const token = crypto.randomUUID();
    const log = await Deno.open(join(folder, "log.txt"), {
      create: true,
      write: true,
    });
    const process = new Deno.Command(python, {
      args: ["-m", "jupyterlab", ...ARGS, `--ServerApp.port=${freePort()}`],
      cwd: join(folder, "root"),
      env: {
        ...env,
        JUPYTER_TOKEN: token,
        JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
        JUPYTERLAB_SETTINGS_DIR: join(folder, "settings"),
        JUPYTERLAB_WORKSPACES_DIR: join(folder, "workspaces"),
      },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
      detached: true,
    }).spawn();
    void process.stderr.pipeTo(log.writable).catch(() => {
      // The server is over, and so is its log.
    });
    try {
      const url = await findUrl(process, folder);
      return new LabServer(process, { folder, url, token });
    } catch (error) {
      endGroup(process, "SIGKILL");
      const text = await Deno.readTextFile(join(folder, "log.txt"));
      throw new Error(`Cannot start JupyterLab:\n${text}`, { cause: error });
    }
  }

  /** Sets the theme of pages that are opened from now on. */
  async setTheme(theme: string): Promise<void> {
    await writeSettings(this.#folder, "themes", { theme });
  }

  /** Ends all kernels. */
  async endKernels(): Promise<void> {
    const headers = { authorization: `token ${this.token}` };
    const signal = AbortSignal.timeout(10_000);
    const list = await fetch(`${this.url}api/sessions`, { headers, signal });
    for (const { id } of await list.json()) {
      const url = `${this.url}api/sessions/${id}`;
      const answer = await fetch(url, { method: "DELETE", headers, signal });
      await answer.body?.cancel();
    }
  }

  /** Ids of the living processes that it has started, and those have started. */
  async descendants(): Promise<number[]> {
    const { stdout } = await new Deno.Command("ps", {
      args: ["-A", "-o", "pid=,ppid=,stat="],
    }).output();
    const rows = new TextDecoder().decode(stdout).trim().split("\n")
      .map((line) => line.trim().split(/\s+/))
      // One that only waits to be buried does not live.
      .filter(([, , state]) => !state!.startsWith("Z"));
    const found = new Set([this.#process.pid]);
    for (const parent of found) {
      for (const [pid, of] of rows) {
        if (Number(of) === parent) found.add(Number(pid));
      }
    }
    found.delete(this.#process.pid);
    return [...found];
  }

  /** Ends the server; its kernels notice that it is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const signal of SIGNALS) {
      Deno.removeSignalListener(signal, this.#leave);
    }
    endGroup(this.#process, "SIGTERM");
    try {
      await within(this.#process.status, 5000, "the end of JupyterLab");
    } catch {
      endGroup(this.#process, "SIGKILL");
      await this.#process.status;
    }
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** Its port may have been taken meanwhile: then it tells which it has. */
async function findUrl(
  process: Deno.ChildProcess,
  folder: string,
): Promise<string> {
  const deadline = AbortSignal.timeout(START_MS);
  const ended = process.status.then(() => {
    throw new Error("it ended at once");
  });
  const file = join(folder, "runtime", `jpserver-${process.pid}.json`);
  const look = async () => {
    for (;;) {
      deadline.throwIfAborted();
      const text = await Deno.readTextFile(file).catch(() => "");
      // It is written in one go, but not at once.
      const url = /"url": "([^"]+)"/.exec(text)?.[1];
      if (url !== undefined) return url;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return await Promise.race([look(), ended]);
}

async function writeSettings(
  folder: string,
  name: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const inside = join(folder, "settings/@jupyterlab/apputils-extension");
  await Deno.mkdir(inside, { recursive: true });
  await Deno.writeTextFile(
    join(inside, `${name}.jupyterlab-settings`),
    JSON.stringify(settings),
  );
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return (listener.addr as Deno.NetAddr).port;
}

function endGroup({ pid }: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    Deno.kill(-pid, signal);
  } catch {
    // It has ended already, which is what was wanted.
  }
}

const ARGS = [
  "--no-browser",
  "--allow-root",
  "--ServerApp.ip=127.0.0.1",
  "--ServerApp.allow_remote_access=False",
  // News, updates and extensions would be looked for in the network.
  "--LabApp.news_url=None",
  "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
  "--LabApp.extension_manager=readonly",
];
const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const START_MS = 60_000;
