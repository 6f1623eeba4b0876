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

/** A program and how it is started. */
export class NodeCommand {
  readonly #program: string;
  readonly #options: Deno.CommandOptions;

  /** Takes them. */
  constructor(program: string | URL, options: Deno.CommandOptions = {}) {
    this.#program = String(program);
    this.#options = options;
  }

  spawn(): NodeChild {
    return startChild(this.#program, this.#options);
  }

  /** Starts it and waits for its end. */
  async output(): Promise<
    Deno.CommandStatus & Record<"stdout" | "stderr", Uint8Array>
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
type NodeChild =
  & Pick<
    Deno.ChildProcess,
    "pid" | "status" | "kill" | "ref" | "unref"
  >
  & {
    readonly stdin: WritableStream<Uint8Array>;
    readonly stdout: ReadableStream<Uint8Array>;
    readonly stderr: ReadableStream<Uint8Array>;
  };

function startChild(program: string, options: Deno.CommandOptions): NodeChild {
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
      child.on(
        "exit",
        (code, signal) => resolve(toStatus(code, signal as Deno.Signal | null)),
      );
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

function toStatus(
  code: number | null,
  signal: string | null,
): Deno.CommandStatus {
  const { constants } = getBuiltin<typeof Os>("node:os");
  const number = constants.signals[signal as "SIGTERM"] ?? 0;
  // As shells and Deno count.
  const all = code ?? 128 + number;
  return {
    success: all === 0,
    code: all,
    signal: signal as Deno.Signal | null,
  };
}

function toStdio(
  tie: Deno.CommandOptions["stdin"] = "inherit",
): "pipe" | "inherit" | "ignore" {
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
