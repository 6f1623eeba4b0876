/**
 * A server with a Jupyter face, for tests.
 * @module
 */
import { join } from "node:path";
import { Kernel } from "../../kernel/mod.ts";
import { defaultPermissions, toFileUrl } from "../../session/mod.ts";
import {
  type JupyterServerOptions,
  makeLogin,
  startJupyterServer,
} from "./mod.ts";

/** What a test is given. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly folder: string;
  /** The path of a file in the folder. */
  readonly file: (name: string) => string;
  /** Asks with the token; a body is sent as JSON. */
  readonly ask: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{ readonly status: number; readonly json: unknown }>;
  readonly logged: readonly string[];
}

/** Serves a folder of its own while a test uses it. */
export async function withServer(
  options: Partial<JupyterServerOptions>,
  use: (server: TestServer) => Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const logged: string[] = [];
  const { basePath = "/" } = options;
  const token = options.token ?? "t".repeat(64);
  try {
    await using server = await startJupyterServer({
      folder,
      hostname: "127.0.0.1",
      port: 0,
      basePath,
      token,
      hosts: [],
      version: "2.21.1",
      bundle: { script: "", style: "", widget: "" },
      kernelspec: {
        name: "skein",
        spec: { argv: [], display_name: "Skein", language: "typescript" },
        resources: { "logo-32x32.png": new Uint8Array([137, 80]) },
      },
      identity: { username: "ada", name: "Ada" },
      trustFile: join(folder, ".outputs.txt"),
      idleMs: null,
      admit: (path) =>
        Promise.resolve({
          rights: {
            show: () => ({ has: "", asks: null }),
            grant: () => Promise.resolve(),
          },
          startKernel: (send) =>
            Promise.resolve(
              new Kernel({
                notebookUrl: toFileUrl(path),
                permissions: defaultPermissions(folder, []),
                languageServer: false,
                send,
              }),
            ),
        }),
      makeAccess: (port) => makeLogin({ token, basePath, port }),
      log: (line) => logged.push(line),
      ...options,
    });
    const { url, port } = server.gate;
    await use({
      url,
      port,
      token,
      folder,
      logged,
      file: (name) => join(folder, name),
      async ask(method, path, body) {
        const response = await fetch(`${url}${path}`, {
          method,
          headers: { authorization: `token ${token}` },
          ...body === undefined ? {} : { body: JSON.stringify(body) },
        });
        const text = await response.text();
        return {
          status: response.status,
          json: text.startsWith("{") || text.startsWith("[")
            ? JSON.parse(text)
            : text,
        };
      },
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
