/**
 * A Jupyter Server whose kernels are those of `skein serve`.
 * @module
 */
import { join } from "node:path";
import { within } from "../session/within.ts";
import type { Environment } from "./environment.ts";

/** A server that runs. */
export interface GatewayServer extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  readonly folder: string;
}

/** Starts one. */
export async function startGatewayServer(
  { python, env }: Environment,
  skein: { readonly url: string; readonly token: string },
): Promise<GatewayServer> {
  const temporary = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "skein-gateway-" }),
  );
  const folder = join(temporary, "root");
  await Deno.mkdir(folder);
  const token = crypto.randomUUID();
  const child = new Deno.Command(python, {
    args: [
      ...["-m", "jupyter_server", "--allow-root", "--no-browser"],
      ...["--ServerApp.port=0", "--ServerApp.ip=127.0.0.1"],
      `--gateway-url=${skein.url}`,
      `--GatewayClient.auth_token=${skein.token}`,
    ],
    cwd: folder,
    env: {
      ...env,
      // Without the extensions that are installed, which take seconds to load.
      JUPYTER_NO_CONFIG: "1",
      JUPYTER_TOKEN: token,
      JUPYTER_RUNTIME_DIR: join(temporary, "runtime"),
    },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const end = async () => {
    child.kill("SIGTERM");
    await within(child.status, 10_000, "the end of Jupyter Server")
      .catch(() => child.kill("SIGKILL"));
    await Deno.remove(temporary, { recursive: true });
  };
  const file = join(temporary, "runtime", `jpserver-${child.pid}.json`);
  try {
    const url = await within(findUrl(file), 90_000, "Jupyter Server");
    return { url, token, folder, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function findUrl(file: string): Promise<string> {
  for (;;) {
    const text = await Deno.readTextFile(file).catch(() => "");
    const url = /"url": "([^"]+)"/.exec(text)?.[1];
    if (url !== undefined) return url;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
