/**
 * A child process to talk with: lines in, reports out, and a certain end.
 *
 * Knows nothing of jobs: what is said is up to `lib/run/pool/process_line.ts`. What the child
 * prints passes through to where this process prints.
 * @module
 */

import {
  findCopyStarter,
  type HostCopy,
  nodeStandIn,
  system,
} from "../../platform/mod.ts";
import { concatBytes, splitMarked } from "./marked_stream.ts";
import { guardGroup } from "./orphan_guard.ts";
import { listPermissionFlags } from "./permissions.ts";

export interface ChildOptions {
  /** What the child puts before each report; secret, in ASCII. */
  readonly marker: string;
  /** Ends the child; waiting for a report then rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/** A child process; disposing of it kills it and all processes it started. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  send(line: string): Promise<void>;
  /** Waits for its next report; there is none, `null`, once the child has ended. */
  receive(): Promise<string | null>;
  /** Says whether this process is to live as long as the child; so it is at first. */
  keepAlive(isWanted: boolean): void;
  /** Waits for the child's end and says how it ended, such as `ended with code 1`. */
  explainEnd(): Promise<string>;
}

/**
 * Starts a `deno` that runs a program, with the permissions of this process; in
 * Node, a `node`. In a cell of a notebook it is a copy of its session.
 *
 * It leads a process group of its own, so that all it starts can be ended, and
 * ends when this process is gone; see `orphan_guard.ts`.
 */
export async function startChild(
  program: string,
  options: ChildOptions,
): Promise<Child> {
  const startCopy = findCopyStarter();
  return startCopy === null ? await startOwn(program, options) : await tieCopy(
    await startCopy({ program, signal: options.signal }),
    options,
  );
}

/** The line to it is a socket, and what it prints is the notebook's to show. */
function tieCopy(copy: HostCopy, { marker, signal }: ChildOptions): Child {
  const end = () => copy.stop();
  signal.addEventListener("abort", end, { once: true });
  const reports = readReports(() => copy.read(), marker);
  return {
    pid: copy.pid,
    async send(line) {
      await copy.send(new TextEncoder().encode(`${line}\n`));
      signal.throwIfAborted();
    },
    async receive() {
      const { done, value } = await reports.next();
      signal.throwIfAborted();
      if (done) return null;
      copy.confirm();
      return value;
    },
    // A notebook lives as long as its user wants.
    keepAlive() {},
    explainEnd: async () => describeEnd(await copy.ended),
    async [Symbol.asyncDispose]() {
      signal.removeEventListener("abort", end);
      end();
      await copy.ended;
    },
  };
}

async function startOwn(
  program: string,
  options: ChildOptions,
): Promise<Child> {
  const args = await listArguments(program);
  options.signal.throwIfAborted();
  const process = spawn(args);
  const guard = guardGroup(process.pid);
  const child = tieProcess(process, options, async (output) => {
    killGroup(process);
    // A process that left the group may hold the pipe open: do not wait for it.
    output.cancel().catch(() => {});
    await process.status;
  });
  return {
    ...child,
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]();
      await guard[Symbol.asyncDispose]();
    },
  };
}

/** Ties the pipes of a process; `kill` ends it, once, when the signal says so or at disposal. */
export function tieProcess(
  process: Deno.ChildProcess,
  { marker, signal }: ChildOptions,
  kill: (output: ReadableStreamDefaultReader<Uint8Array>) => Promise<void>,
): Child & { readonly end: () => Promise<void> } {
  const input = process.stdin.getWriter();
  const output = process.stdout.getReader();
  const read = async () => (await output.read()).value ?? null;
  const reports = readReports(read, marker);
  let killed: Promise<void> | null = null;
  const end = () => killed ??= kill(output);
  signal.addEventListener("abort", end, { once: true });
  return {
    pid: process.pid,
    end,
    async send(line) {
      // Fails if the child is gone; then `receive()` tells how it ended.
      await input.write(new TextEncoder().encode(`${line}\n`)).catch(() => {});
      signal.throwIfAborted();
    },
    async receive() {
      const { done, value } = await reports.next();
      signal.throwIfAborted();
      return done ? null : value;
    },
    keepAlive: (isWanted) => isWanted ? process.ref() : process.unref(),
    explainEnd: async () => describeEnd(await process.status),
    async [Symbol.asyncDispose]() {
      signal.removeEventListener("abort", end);
      await end();
      await reports.return(undefined);
      await output.cancel().catch(() => {});
      // Fails if the child has closed the pipe first, which ends it as well.
      await input.close().catch(() => {});
    },
  };
}

function spawn(args: string[]): Deno.ChildProcess {
  // The global constructor, looked up now: a host may have put its own there.
  const { Command, execPath, errors } = system();
  try {
    return new Command(execPath(), {
      args,
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
      detached: true,
    }).spawn();
  } catch (error) {
    if (nodeStandIn() !== null || !(error instanceof errors.NotCapable)) {
      throw error;
    }
    throw new errors.NotCapable(
      `Cannot start process: running "${execPath()}" is not permitted here, ` +
        `expected a cell of a notebook, or --allow-run=${execPath()}`,
      { cause: error },
    );
  }
}

async function listArguments(program: string): Promise<string[]> {
  const node = nodeStandIn();
  if (node !== null) {
    return ["--input-type=module", "-e", `${node.childPrelude}${program}`];
  }
  return [
    "run",
    ...RUN_FLAGS,
    ...await listPermissionFlags(),
    `data:text/javascript,${encodeURIComponent(program)}`,
  ];
}

function describeEnd(
  { code, signal }: { readonly code: number; readonly signal: string | null },
): string {
  return signal ? `was ended by ${signal}` : `ended with code ${code}`;
}

/** Gives the reports among what a child writes, and prints the rest. */
export async function* readReports(
  read: () => Promise<Uint8Array | null>,
  marker: string,
): AsyncGenerator<string, undefined> {
  let rest: Uint8Array = new Uint8Array();
  for (let bytes; (bytes = await read()) !== null;) {
    const split = splitMarked(concatBytes([rest, bytes]), marker);
    print(split.printed);
    rest = split.rest;
    yield* split.messages;
  }
  print(rest);
}

function print(bytes: Uint8Array): void {
  let unwritten = bytes;
  while (unwritten.length > 0) {
    unwritten = unwritten.subarray(system().stdout.writeSync(unwritten));
  }
}

/** Ends a process and all that it started; harmless when it has ended. */
export function killGroup(process: Deno.ChildProcess): void {
  try {
    system().kill(-process.pid, "SIGKILL");
  } catch {
    // Windows has no groups, a permission for one command does not cover them, and a
    // child that has ended has none: what is left to do is to end the child alone.
    try {
      process.kill("SIGKILL");
    } catch (error) {
      // "Child process has already terminated": as wanted.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

// Nothing of where we are is to change how the child runs, and nobody is there to be asked.
const RUN_FLAGS = ["--no-prompt", "--no-config", "--no-lock", "--quiet"];
