/**
 * Starts the session process and waits until it has proved who it is.
 *
 * Nothing secret is on the command line, which other users can read: the setup
 * is the first line on stdin. Answers to a cell's questions follow there; no
 * subprocess of a cell is given it.
 * @module
 */
import { BROKEN_LINE_CODE } from "./exit.ts";
import { makeNonce } from "./frames.ts";
import { fromFileUrl } from "../folder/mod.ts";
import { permissionFlags, type Permissions } from "./permissions.ts";
import {
  makeSurroundings,
  READABLE,
  type Surroundings,
} from "./surroundings.ts";
import { MAX_EVENT_BYTES, type SessionSetup } from "../protocol/mod.ts";

/** How to start a session. */
export interface LaunchOptions {
  /** The notebook's `file:` URL; its folder is where cells work. */
  readonly notebookUrl: string;
  /** What cells may touch. */
  readonly permissions: Permissions;
  /** Limit of the heap, in MiB. @default none but V8's own */
  readonly maxHeapMb?: number;
  /**
   * Path of the user's `deno.json`. Unless cells may do everything, only its
   * names of modules and its compiler options hold.
   * @default none
   */
  readonly configPath?: string;
  /** Compiler options where no `deno.json` says any. @default none */
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
  /**
   * Whether nothing is loaded over the network, packages of npm included: cells
   * find what was loaded before.
   * @default false
   */
  readonly isOffline?: boolean;
  /** `file:` URLs of modules that cells can `require` by name. @default none */
  readonly modules?: Readonly<Record<string, string>>;
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
  /** Removes what was made for the process, once it has ended. */
  readonly dispose: () => Promise<void>;
  /** Starts a process with exactly its rights: see `host/copy.ts`. */
  readonly startCopy: () => Deno.ChildProcess;
}

/**
 * Starts a session process.
 *
 * @param options How.
 * @returns The process, and the socket as soon as it has connected.
 * @throws {TypeError} If the user's configuration can not be used.
 */
export function launch(options: LaunchOptions): Launched {
  const surroundings = makeSurroundings(options);
  const listener = Deno.listen({ hostname: LOOPBACK, port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const nonce = makeNonce();
  const folderUrl = new URL(".", options.notebookUrl).href;
  const setup: SessionSetup = {
    port,
    token: crypto.getRandomValues(new Uint8Array(TOKEN_BYTES / 2)).toHex(),
    nonce: nonce.toHex(),
    atomicBytes: Deno.build.os === "linux" ? 4096 : 512,
    maxEventBytes: MAX_EVENT_BYTES,
    brokenLineCode: BROKEN_LINE_CODE,
    folderUrl,
    notebookUrl: options.notebookUrl,
    modules: Object.fromEntries(
      Object.entries(options.modules ?? {}).map(([name, url]) => [
        name,
        fromFileUrl(url),
      ]),
    ),
  };
  // A name, not a value: a session in a session's cell carries both.
  const mark = `SKEIN_SESSION_${makeNonce().toHex()}`;
  const dispose = () => surroundings.dispose();
  const given = { surroundings, mark };
  let process;
  try {
    process = start(options, {
      ...given,
      entry: "./host/main.ts",
      flags: ["--inspect=127.0.0.1:0", "--inspect-publish-uid=stderr"],
      net: [`${LOOPBACK}:${port}`],
    });
  } catch (error) {
    // The folder may be gone, or its name one that Deno can not allow.
    listener.close();
    void dispose();
    throw error;
  }
  const startCopy = () =>
    start(options, {
      ...given,
      entry: "./host/copy.ts",
      // What Deno says of packages is no output of a cell.
      flags: ["--quiet"],
      net: [],
    });
  const stdin = writeSetup(process.stdin.getWriter(), setup);
  const socket = connect(process, listener, setup);
  return { process, nonce, stdin, mark, socket, startCopy, dispose };
}

/** What a session and its copies are started with: the same, but for this. */
interface Start {
  readonly surroundings: Surroundings;
  readonly mark: string;
  /** Where it begins. */
  readonly entry: string;
  /** What else Deno is told. */
  readonly flags: readonly string[];
  /** What it may connect to besides. */
  readonly net: readonly string[];
}

function start(options: LaunchOptions, given: Start): Deno.ChildProcess {
  const { environment } = given.surroundings;
  return new Deno.Command(Deno.execPath(), {
    args: listArguments(options, given),
    cwd: fromFileUrl(new URL(".", options.notebookUrl).href),
    clearEnv: environment !== null,
    env: { ...environment, [given.mark]: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    // A group of its own: Ctrl-C in a terminal is the kernel's to handle.
    detached: Deno.build.os !== "windows",
  }).spawn();
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

function listArguments(
  { permissions, maxHeapMb, isOffline }: LaunchOptions,
  { surroundings, entry, flags, net }: Start,
): string[] {
  return [
    "run",
    ...flags,
    // Without them, Deno ends the process as soon as a cell uses either.
    "--unstable-vsock",
    "--unstable-worker-options",
    // A package.json or node_modules beside the notebook must not break `npm:`.
    "--node-modules-dir=none",
    ...surroundings.args,
    ...isOffline ? ["--cached-only"] : [],
    ...maxHeapMb === undefined
      ? []
      : [`--v8-flags=--max-old-space-size=${maxHeapMb}`],
    ...permissionFlags(permissions, {
      read: READABLE,
      net,
      closed: surroundings.closed,
    }),
    fromFileUrl(import.meta.resolve(entry)),
  ];
}

const LOOPBACK = "127.0.0.1";
const TOKEN_BYTES = 64;
const TOKEN_WAIT_MS = 2000;
