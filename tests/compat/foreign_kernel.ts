/**
 * A kernel of other people, over ZeroMQ, as a front end talks to it.
 * @module
 */
import type { Connection } from "../../jupyter/mod.ts";
import {
  encodeJupyterMessage,
  openEnvelope,
  readMessage,
} from "../../jupyter/wire/jupyter_message.ts";
import { encodeMessage } from "../../jupyter/wire/multipart.ts";
import { createSigner } from "../../jupyter/wire/signature.ts";
import { RawPeer } from "../jupyter_wire/raw_peer.ts";
import type { Asked, CompatKernel, Said } from "./kernel.ts";

/** Talks to one kernel. */
export class ForeignKernel implements CompatKernel {
  readonly #child: Deno.ChildProcess;
  readonly #shell: RawPeer;
  readonly #iopub: RawPeer;
  readonly #said: (Said & { readonly parent: unknown })[] = [];
  #wake = Promise.withResolvers<void>();

  private constructor(
    child: Deno.ChildProcess,
    peers: { readonly shell: RawPeer; readonly iopub: RawPeer },
  ) {
    this.#child = child;
    this.#shell = peers.shell;
    this.#iopub = peers.iopub;
    void this.#read(peers.shell);
    void this.#read(peers.iopub);
  }

  /**
   * Starts it, and waits until it answers and is heard.
   *
   * @param argv As in a kernelspec: `{connection_file}` stands for a path.
   * @param folder Where it runs.
   */
  static async start(
    argv: readonly string[],
    folder: string,
  ): Promise<ForeignKernel> {
    const connection = chooseConnection();
    const file = await Deno.makeTempFile({ suffix: ".json" });
    await Deno.writeTextFile(file, JSON.stringify(connection));
    const words = argv.map((word) => word.replace("{connection_file}", file));
    const child = new Deno.Command(words[0]!, {
      args: words.slice(1),
      cwd: folder,
      stdin: "null",
      stdout: "null",
      stderr: "null",
      env: { NO_COLOR: "1" },
    }).spawn();
    for (let tries = 0; tries < TRIES; tries++) {
      const shell = await open(connection, "shell_port", "DEALER");
      const iopub = await open(connection, "iopub_port", "SUB");
      const kernel = new ForeignKernel(child, { shell, iopub });
      if (await kernel.#isThere()) {
        await Deno.remove(file);
        return kernel;
      }
      // tslab loses who comes while it is still busy with its start.
      shell[Symbol.dispose]();
      iopub[Symbol.dispose]();
    }
    child.kill("SIGKILL");
    throw new Error(
      `Cannot start kernel ${argv.join(" ")}: it does not answer`,
    );
  }

  /** Whether it answers, and is heard: its first publications may be lost. */
  async #isThere(): Promise<boolean> {
    const request = { type: "kernel_info_request", content: {} };
    try {
      await this.#iopub.send("\x01");
      for (let tries = 0; tries < 3; tries++) {
        const said = await this.#exchange(request, GREETING_MS);
        if (said.some(isIdle)) return true;
      }
    } catch {
      // The connection is gone.
    }
    return false;
  }

  /** Sends a request, and gives all that came of it. */
  async ask(request: Asked): Promise<readonly Said[]> {
    for (let tries = 0;; tries++) {
      const said = await this.#exchange(request, DEADLINE_MS);
      // tslab refuses everything for 200 ms after an error.
      const isRefused = said.some(({ content }) => content.status === "abort");
      if (!isRefused || tries === TRIES) return said;
    }
  }

  async #exchange(
    { type, content }: Asked,
    limitMs: number,
  ): Promise<readonly Said[]> {
    const id = crypto.randomUUID();
    const header = {
      msg_id: id,
      msg_type: type,
      session: "compat",
      username: "compat",
      date: new Date().toISOString(),
      version: "5.3",
    };
    const message = { header, parent_header: {}, metadata: {}, content };
    const frames = encodeJupyterMessage(message, { identities: [], signer });
    await this.#shell.write(...encodeMessage(frames));
    const found = () => this.#said.filter(({ parent }) => parent === id);
    const deadline = Date.now() + limitMs;
    while (Date.now() < deadline) {
      const said = found();
      if (said.some(isIdle) && said.some(isReply)) break;
      await Promise.race([this.#wake.promise, pause(50)]);
    }
    // `deno jupyter` tells of some outputs after `idle`.
    await pause(LATE_MS);
    return found();
  }

  async #read(peer: RawPeer): Promise<void> {
    for (let said; (said = await peer.next().catch(() => null)) !== null;) {
      if (said.type !== "message") continue;
      const envelope = openEnvelope(said.frames, { signer, partCount: 4 });
      const { header, parent_header, content, metadata, buffers } = readMessage(
        envelope,
      );
      this.#said.push({
        parent: parent_header.msg_id,
        type: String(header.msg_type),
        content,
        metadata,
        buffers,
      });
      this.#wake.resolve();
      this.#wake = Promise.withResolvers();
    }
  }

  /** Ends the process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#shell[Symbol.dispose]();
    this.#iopub[Symbol.dispose]();
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await this.#child.status;
  }
}

async function open(
  connection: Connection,
  port: "shell_port" | "iopub_port",
  socketType: string,
): Promise<RawPeer> {
  for (let tries = 0;; tries++) {
    try {
      const peer = await RawPeer.connect(connection, port);
      await peer.greet(socketType, { minor: 0 });
      return peer;
    } catch (error) {
      // It has not begun to listen.
      if (tries === TRIES) throw error;
      await pause(CONNECT_MS);
    }
  }
}

function chooseConnection(): Connection {
  const [shell, iopub, stdin, control, hb] = Array.from(
    { length: 5 },
    freePort,
  );
  return {
    type: "connection",
    ip: "127.0.0.1",
    transport: "tcp",
    key: KEY,
    signature_scheme: "hmac-sha256",
    shell_port: shell!,
    iopub_port: iopub!,
    stdin_port: stdin!,
    control_port: control!,
    hb_port: hb!,
  };
}

/**
 * Finds a free port. Not one that the system would choose: who connects to such a
 * one before anybody listens may be connected to itself.
 */
function freePort(): number {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
      return port;
    } catch {
      // It is taken.
    }
  }
}

function isIdle({ type, content }: Said): boolean {
  return type === "status" && content.execution_state === "idle";
}

function isReply({ type }: Said): boolean {
  return type.endsWith("_reply");
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const KEY = "compat";
const signer = createSigner({ scheme: "hmac-sha256", key: KEY });
const TRIES = 100;
const GREETING_MS = 2_000;
const CONNECT_MS = 200;
const LATE_MS = 30;
const DEADLINE_MS = 20_000;
