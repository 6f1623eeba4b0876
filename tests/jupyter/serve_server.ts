/**
 * A `skein serve` of the tests' own, and programs that talk to it.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fromFileUrl } from "../../session/mod.ts";
import { within } from "../session/within.ts";
import type { Environment } from "./environment.ts";

/** A running `skein serve`. */
export class SkeinServer implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #temporary: string;

  private constructor(
    child: Deno.ChildProcess,
    temporary: string,
    readonly url: string,
    readonly token: string,
  ) {
    this.#child = child;
    this.#temporary = temporary;
  }

  /** The folder that it serves. */
  get folder(): string {
    return join(this.#temporary, "root");
  }

  /** Starts one, with the JupyterLab of the environment. */
  static async start({ python }: Environment): Promise<SkeinServer> {
    const temporary = await Deno.realPath(
      await Deno.makeTempDir({ prefix: "skein-serve-" }),
    );
    await Deno.mkdir(join(temporary, "root"));
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", "--no-check", MAIN, "serve", join(temporary, "root")],
        ...[
          "--lab",
          "--lab-prefix",
          join(python, "../.."),
          "--base-url",
          "/b/",
        ],
      ],
      env: { XDG_DATA_HOME: join(temporary, "data"), NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const link = await within(findLink(child.stdout), 60_000, "skein serve");
    const { origin, pathname, searchParams } = new URL(link);
    const token = searchParams.get("token") ?? "";
    const url = origin + pathname;
    return new SkeinServer(child, temporary, url, token);
  }

  /** Asks something of its API. */
  async ask(method: string, path: string): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `token ${this.token}` },
    });
    const text = await response.text();
    return text === "" ? null : JSON.parse(text);
  }

  /** Ends all kernels. */
  async endKernels(): Promise<void> {
    for (
      const { id } of await this.ask("GET", "api/kernels") as { id: string }[]
    ) {
      await this.ask("DELETE", `api/kernels/${id}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGTERM");
    try {
      await within(this.#child.status, 10_000, "the end of skein serve");
    } catch {
      this.#child.kill("SIGKILL");
      await this.#child.status;
    }
    await Deno.remove(this.#temporary, { recursive: true });
  }
}

/**
 * Lets JupyterLab's client library do all that it can do.
 *
 * @param server Its address, its token, and the folder that it serves.
 */
export async function useServices(
  { url, token, folder }: {
    readonly url: string;
    readonly token: string;
    readonly folder: string;
  },
): Promise<void> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--no-lock", PROGRAM, url, token, folder],
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(90_000),
  }).output();
  const decoder = new TextDecoder();
  assert.equal(code, 0, decoder.decode(stderr));
  assert.match(decoder.decode(stdout), /services ok/);
}

/** The last of the links that it prints; what follows is only drained. */
async function findLink(
  stdout: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<string> {
  const lines = stdout.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = "";;) {
    const { done, value } = await lines.read();
    assert.ok(!done, `skein serve ended: ${text}`);
    text += value;
    const link = /front ends: (\S+)\n/.exec(text)?.[1];
    if (link === undefined) continue;
    void (async () => {
      while (!(await lines.read()).done);
    })();
    return link;
  }
}

const MAIN = fromFileUrl(import.meta.resolve("../../main.ts"));
const PROGRAM = fromFileUrl(import.meta.resolve("./services_program.ts"));
