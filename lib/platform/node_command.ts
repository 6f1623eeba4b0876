/**
 * In place of `Deno.Command`: programs started through `node:child_process`, and
 * the errors of that, told apart by the classes that Deno has for them.
 *
 * As far as this library uses it: `spawn()` and `output()`. Node's errors have a
 * code and no class, so `instanceof` asks for the code.
 * @module
 */
import type * as ChildProcess from "node:child_process";
import type * as Os from "node:os";
import type * as Stream from "node:stream";
import { getBuiltin } from "./host.ts";

/** What a stream of the program is tied to. */
type Tie = "piped" | "inherit" | "null";

/** How a program is started; see `Deno.CommandOptions`. */
export interface NodeCommandOptions {
  readonly args?: readonly string[];
  readonly cwd?: string | URL;
  /** Variables of its environment, besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it leads a process group. */
  readonly detached?: boolean;
  readonly signal?: AbortSignal;
  readonly stdin?: Tie;
  readonly stdout?: Tie;
  readonly stderr?: Tie;
}

/** How a program ended. */
export interface NodeStatus {
  /** Whether its code is 0. */
  readonly success: boolean;
  readonly code: number;
  /** The signal that ended it. */
  readonly signal: string | null;
}

/** A program and how it is started. */
export class NodeCommand {
  readonly #program: string;
  readonly #options: NodeCommandOptions;

  /** Takes them. */
  constructor(program: string | URL, options: NodeCommandOptions = {}) {
    this.#program = String(program);
    this.#options = options;
  }

  spawn(): NodeChild {
    return startChild(this.#program, this.#options);
  }

  /** Starts it and waits for its end. */
  async output(): Promise<
    NodeStatus & { readonly stdout: Uint8Array; readonly stderr: Uint8Array }
  > {
    const options = {
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      ...this.#options,
    } as const;
    const child = startChild(this.#program, options);
    const read = async (name: "stdout" | "stderr") =>
      options[name] === "piped"
        ? new Uint8Array(await new Response(child[name]).arrayBuffer())
        : new Uint8Array();
    const [stdout, stderr, status] = await Promise.all([
      read("stdout"),
      read("stderr"),
      child.status,
    ]);
    return { ...status, stdout, stderr };
  }
}

/** A program that runs; its streams are there if they are piped. */
export interface NodeChild {
  /** The system's number of it. */
  readonly pid: number;
  readonly status: Promise<NodeStatus>;
  readonly stdin: WritableStream<Uint8Array>;
  readonly stdout: ReadableStream<Uint8Array>;
  readonly stderr: ReadableStream<Uint8Array>;
  /** Sends it a signal; harmless when it has ended. */
  kill(signal?: string): void;
  /** Lets this process live as long as the program. */
  ref(): void;
  /** Lets this process end before the program. */
  unref(): void;
}

function startChild(program: string, options: NodeCommandOptions): NodeChild {
  const { spawn } = getBuiltin<typeof ChildProcess>("node:child_process");
  const { Writable } = getBuiltin<typeof Stream>("node:stream");
  const { args = [], cwd, env, detached = false, signal } = options;
  const child = spawn(program, args, {
    ...cwd === undefined ? {} : { cwd },
    ...env === undefined ? {} : { env: { ...allVariables(), ...env } },
    detached,
    stdio: [options.stdin, options.stdout, options.stderr].map(toStdio),
  });
  // Node tells of it in an event, which nobody needs to hear besides.
  child.on("error", () => {});
  const { pid, stdin, stdout, stderr } = child;
  if (pid === undefined) {
    throw new NodeNotFound(
      `Cannot start "${program}": it is not there, expected a program`,
    );
  }
  signal?.addEventListener("abort", () => child.kill(), { once: true });
  // Pipes too keep a process alive in Node.
  const handles = [child, stdin, stdout, stderr] as unknown as readonly (
    | { ref?(): void; unref?(): void }
    | null
  )[];
  let [input, output, errors]: [
    WritableStream<Uint8Array>?,
    ReadableStream<Uint8Array>?,
    ReadableStream<Uint8Array>?,
  ] = [];
  return {
    pid,
    status: new Promise((resolve) => {
      child.on("exit", (code, signal) => resolve(toStatus(code, signal)));
    }),
    get stdin() {
      return input ??= Writable.toWeb(stdin!) as WritableStream<Uint8Array>;
    },
    get stdout() {
      return output ??= toReadable(stdout);
    },
    get stderr() {
      return errors ??= toReadable(stderr);
    },
    kill: (signal = "SIGTERM") => void child.kill(signal as "SIGTERM"),
    ref: () => handles.forEach((handle) => handle?.ref?.()),
    unref: () => handles.forEach((handle) => handle?.unref?.()),
  };
}

function toReadable(
  stream: Stream.Readable | null,
): ReadableStream<Uint8Array> {
  const { Readable } = getBuiltin<typeof Stream>("node:stream");
  return Readable.toWeb(
    stream as Stream.Readable,
  ) as unknown as ReadableStream<Uint8Array>;
}

function toStatus(code: number | null, signal: string | null): NodeStatus {
  const { constants } = getBuiltin<typeof Os>("node:os");
  const number = constants.signals[signal as "SIGTERM"] ?? 0;
  // As shells and Deno count.
  const all = code ?? 128 + number;
  return { success: all === 0, code: all, signal };
}

function toStdio(tie: Tie = "inherit"): "pipe" | "inherit" | "ignore" {
  return tie === "piped" ? "pipe" : tie === "null" ? "ignore" : "inherit";
}

function allVariables(): Record<string, string | undefined> {
  return getBuiltin<{ readonly env: Record<string, string | undefined> }>(
    "node:process",
  ).env;
}

/** In place of `Deno.errors.NotFound`: no such file, program or process. */
export class NodeNotFound extends Error {
  /** As Node's errors have it. */
  readonly code = "ENOENT";
  /** Tells by the code. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, ["ENOENT", "ESRCH"]);
  }
}

/** In place of `Deno.errors.BrokenPipe`: nobody reads any more. */
export class NodeBrokenPipe extends Error {
  /** As Node's errors have it. */
  readonly code = "EPIPE";
  /** Tells by the code. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, [
      "EPIPE",
      "ECONNRESET",
      "ABORT_ERR",
      "ERR_STREAM_PREMATURE_CLOSE",
      "ERR_STREAM_DESTROYED",
    ]);
  }
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  const { code } = (error ?? {}) as { readonly code?: string };
  return code !== undefined && codes.includes(code);
}
