/**
 * Starts the session process and waits until it has proved who it is.
 *
 * Nothing secret is on the command line, which other users can read: the setup
 * is the first line on stdin. Answers to a cell's questions follow there; no
 * subprocess of a cell is given it.
 * @module
 */
import { makeNonce } from "./frames.ts";
import { fromFileUrl } from "./paths.ts";
import { permissionFlags, type Permissions } from "./permissions.ts";
import type { SessionSetup } from "../protocol/mod.ts";

/** How to start a session. */
export interface LaunchOptions {
  /** The notebook's `file:` URL; its folder is where cells work. */
  readonly notebookUrl: string;
  /** What cells may touch. */
  readonly permissions: Permissions;
  /** Limit of the heap, in MiB. @default none but V8's own */
  readonly maxHeapMb?: number;
  /** Path of the user's `deno.json`, whose import map cells use. @default none */
  readonly configPath?: string;
}

/** A session process that has connected. */
export interface Launched {
  /** The process. */
  readonly process: Deno.ChildProcess;
  /** Where commands go. */
  readonly socket: Promise<Deno.Conn>;
  /** The secret that marks frames. */
  readonly nonce: Uint8Array;
  /** Where answers to questions go, once the setup is written. */
  readonly stdin: Promise<WritableStreamDefaultWriter<Uint8Array>>;
  /** Variable in the environment of it, and of all it starts unless they clear theirs. */
  readonly mark: string;
}

/**
 * Starts a session process.
 *
 * @param options How.
 * @returns The process, and the socket as soon as it has connected.
 */
export function launch(options: LaunchOptions): Launched {
  const listener = Deno.listen({ hostname: LOOPBACK, port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const nonce = makeNonce();
  const folderUrl = new URL(".", options.notebookUrl).href;
  const setup: SessionSetup = {
    port,
    token: crypto.getRandomValues(new Uint8Array(TOKEN_BYTES / 2)).toHex(),
    nonce: nonce.toHex(),
    atomicBytes: Deno.build.os === "linux" ? 4096 : 512,
    folderUrl,
    notebookUrl: options.notebookUrl,
  };
  // A name, not a value: a session in a session's cell carries both.
  const mark = `SKEIN_SESSION_${makeNonce().toHex()}`;
  const process = new Deno.Command(Deno.execPath(), {
    args: sessionArgs(options, port),
    cwd: fromFileUrl(folderUrl),
    env: { [mark]: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    // A group of its own: Ctrl-C in a terminal is the kernel's to handle.
    detached: Deno.build.os !== "windows",
  }).spawn();
  const stdin = writeSetup(process.stdin.getWriter(), setup);
  const socket = connect(process, listener, setup);
  return { process, nonce, stdin, mark, socket };
}

async function writeSetup(
  stdin: WritableStreamDefaultWriter<Uint8Array>,
  setup: SessionSetup,
): Promise<WritableStreamDefaultWriter<Uint8Array>> {
  await stdin.write(new TextEncoder().encode(JSON.stringify(setup) + "\n"));
  return stdin;
}

async function connect(
  process: Deno.ChildProcess,
  listener: Deno.Listener,
  setup: SessionSetup,
): Promise<Deno.Conn> {
  const ended = process.status.then(() => null);
  try {
    for (;;) {
      const socket = await Promise.race([listener.accept(), ended]);
      if (socket === null) {
        throw new Error("Cannot start session: its process ended at once");
      }
      if (await provesToken(socket, setup.token)) {
        (socket as Deno.TcpConn).setNoDelay(true);
        return socket;
      }
      socket.close();
    }
  } finally {
    listener.close();
  }
}

/** Reads the token a peer sends first; compares without leaking how much fits. */
async function provesToken(peer: Deno.Conn, token: string): Promise<boolean> {
  const expected = new TextEncoder().encode(token);
  const found = new Uint8Array(TOKEN_BYTES);
  const deadline = setTimeout(() => peer.close(), TOKEN_WAIT_MS);
  try {
    let at = 0;
    while (at < found.length) {
      const count = await peer.read(found.subarray(at));
      if (count === null) return false;
      at += count;
    }
  } catch {
    // The peer went away, or said nothing until the deadline.
    return false;
  } finally {
    clearTimeout(deadline);
  }
  let difference = 0;
  for (let i = 0; i < TOKEN_BYTES; i++) difference |= expected[i]! ^ found[i]!;
  return difference === 0;
}

function sessionArgs(options: LaunchOptions, port: number): string[] {
  const { configPath, maxHeapMb } = options;
  return [
    "run",
    "--inspect=127.0.0.1:0",
    "--inspect-publish-uid=stderr",
    // A package.json or node_modules beside the notebook must not break `npm:`.
    "--node-modules-dir=none",
    ...configPath === undefined
      ? ["--no-config", "--no-lock"]
      : [`--config=${configPath}`],
    ...maxHeapMb === undefined
      ? []
      : [`--v8-flags=--max-old-space-size=${maxHeapMb}`],
    ...permissionFlags(options.permissions, {
      read: [fromFileUrl(import.meta.resolve("./host/")), ...LIBRARY],
      net: [`${LOOPBACK}:${port}`],
    }),
    fromFileUrl(import.meta.resolve("./host/main.ts")),
  ];
}

const LOOPBACK = "127.0.0.1";
const TOKEN_BYTES = 64;
const TOKEN_WAIT_MS = 2000;
/** What `import "skein"` in a cell loads. */
const LIBRARY = ["../mod.ts", "../lib/"].map((path) =>
  fromFileUrl(import.meta.resolve(path))
);
