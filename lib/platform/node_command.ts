/**
 * In place of `Deno.Command`: programs started through `node:child_process`.
 *
 * As far as this library uses it: `spawn()` and `output()`.
 * @module
 */
import type * as ChildProcess from "node:child_process";
import type * as Os from "node:os";
import type * as Stream from "node:stream";
import { getBuiltin } from "./host.ts";
import { NodeNotFound } from "./node_errors.ts";

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
    return new NodeChild(this.#program, this.#options);
  }

  /** Starts it and waits for its end. */
  async output(): Promise<
    NodeStatus & { readonly stdout: Uint8Array; readonly stderr: Uint8Array }
  > {
    const child = new NodeChild(this.#program, {
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      ...this.#options,
    });
    const [stdout, stderr, status] = await Promise.all([
      readAll(child.hasOut ? child.stdout : null),
      readAll(child.hasErr ? child.stderr : null),
      child.status,
    ]);
    return { ...status, stdout, stderr };
  }
}

/** A program that runs. */
class NodeChild {
  readonly #child: ChildProcess.ChildProcess;
  /** The system's number of it. */
  readonly pid: number;
  /** How it ends. */
  readonly status: Promise<NodeStatus>;
  #stdin: WritableStream<Uint8Array> | null = null;
  #stdout: ReadableStream<Uint8Array> | null = null;
  #stderr: ReadableStream<Uint8Array> | null = null;

  constructor(program: string, options: NodeCommandOptions) {
    const { spawn } = getBuiltin<typeof ChildProcess>("node:child_process");
    const { args = [], cwd, env, detached = false, signal } = options;
    const { stdin, stdout, stderr } = options;
    const child = this.#child = spawn(program, args, {
      ...cwd === undefined ? {} : { cwd },
      ...env === undefined ? {} : { env: { ...allVariables(), ...env } },
      detached,
      stdio: [toStdio(stdin), toStdio(stdout), toStdio(stderr)],
    });
    // Node tells of it in an event, which nobody needs to hear besides.
    child.on("error", () => {});
    if (child.pid === undefined) {
      throw new NodeNotFound(
        `Cannot start "${program}": it is not there, expected a program`,
      );
    }
    this.pid = child.pid;
    this.status = new Promise((resolve) => {
      child.on("exit", (code, signal) => resolve(toStatus(code, signal)));
    });
    signal?.addEventListener("abort", () => child.kill(), { once: true });
  }

  /** Whether its output is piped. */
  get hasOut(): boolean {
    return this.#child.stdout !== null;
  }

  /** Whether its error stream is piped. */
  get hasErr(): boolean {
    return this.#child.stderr !== null;
  }

  /** Its standard input, if piped. */
  get stdin(): WritableStream<Uint8Array> {
    const { Writable } = getBuiltin<typeof Stream>("node:stream");
    return this.#stdin ??= Writable.toWeb(
      this.#child.stdin as Stream.Writable,
    ) as WritableStream<Uint8Array>;
  }

  /** Its standard output, if piped. */
  get stdout(): ReadableStream<Uint8Array> {
    return this.#stdout ??= toReadable(this.#child.stdout);
  }

  /** Its error stream, if piped. */
  get stderr(): ReadableStream<Uint8Array> {
    return this.#stderr ??= toReadable(this.#child.stderr);
  }

  /** Sends it a signal; harmless when it has ended. */
  kill(signal = "SIGTERM"): void {
    this.#child.kill(signal as "SIGTERM");
  }

  /** Lets this process live as long as the program. */
  ref(): void {
    for (const handle of this.#handles()) handle.ref?.();
  }

  /** Lets this process end before the program. */
  unref(): void {
    for (const handle of this.#handles()) handle.unref?.();
  }

  /** Pipes too keep a process alive in Node. */
  #handles(): readonly Handle[] {
    const { stdin, stdout, stderr } = this.#child;
    return [this.#child, stdin, stdout, stderr].filter((handle) =>
      handle !== null
    ) as unknown as readonly Handle[];
  }
}

interface Handle {
  ref?(): void;
  unref?(): void;
}

function toReadable(
  stream: Stream.Readable | null,
): ReadableStream<Uint8Array> {
  const { Readable } = getBuiltin<typeof Stream>("node:stream");
  return Readable.toWeb(
    stream as Stream.Readable,
  ) as unknown as ReadableStream<Uint8Array>;
}

async function readAll(
  stream: ReadableStream<Uint8Array> | null,
): Promise<Uint8Array> {
  return stream === null
    ? new Uint8Array()
    : new Uint8Array(await new Response(stream).arrayBuffer());
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
