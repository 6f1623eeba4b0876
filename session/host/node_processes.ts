/**
 * Processes that cells start by `node:child_process`: tracked, ended with their
 * cell's interrupt, and what they print reaches that cell.
 *
 * All of Node's ways to start one, but those that block, end in one method of
 * one class; so packages that a cell uses are covered as well. Loading Node's
 * module takes 30 ms, so this is set up when a cell first imports it.
 * @module
 */
import { currentExecution, inNameOf } from "./attribution.ts";
import type { Children } from "./children.ts";
import type { WriteStream } from "./frames.ts";
import {
  append,
  apply,
  bare,
  decodeText,
  isArray,
  joinList,
  nodeProcess,
  textSlice,
  TheString,
  TheTextDecoder,
} from "./intrinsics.ts";

/** What tracking them needs. */
export interface NodeProcessHost {
  /** Where processes are registered. */
  readonly children: Children;
  /** Takes their text in the name of the current execution. */
  readonly write: WriteStream;
  /** Whether the next one may write into the session's own pipes. */
  readonly mayWriteRaw: () => boolean;
}

interface SpawnOptions {
  readonly file: string;
  readonly args?: readonly string[];
  readonly stdio?: unknown;
}

interface NodeChild {
  readonly pid?: number;
  stdout: NodeReadable | null;
  stderr: NodeReadable | null;
  kill(signal: string): void;
  once(event: string, listener: () => void): void;
}

interface NodeReadable {
  on(event: "data", listener: (bytes: Uint8Array) => void): void;
}

/**
 * Makes the processes of `node:child_process` known; once is enough.
 *
 * @param host What is needed.
 */
export function trackNodeProcesses(host: NodeProcessHost): void {
  const { ChildProcess } = (nodeProcess() as NodeProcess)
    .getBuiltinModule("node:child_process");
  const { prototype } = ChildProcess;
  const { spawn } = prototype;
  prototype.spawn = function (this: NodeChild, options: SpawnOptions) {
    const plan = planOutput(options.stdio, host.mayWriteRaw());
    const { identify, ended } = host.children.add({
      what: "process",
      name: nameOf(options),
      raw: plan.raw,
      stop: () => this.kill("SIGKILL"),
    });
    let result;
    try {
      result = apply(spawn, this, [{ ...options, stdio: plan.stdio }]);
    } catch (error) {
      ended();
      throw error;
    }
    if (this.pid === undefined) ended();
    else identify(this.pid);
    this.once("exit", ended);
    for (let i = 0; i < plan.passedOn.length; i++) {
      passOn(this, plan.passedOn[i]!, host.write);
    }
    return result;
  };
}

interface OutputPlan {
  readonly raw: boolean;
  readonly passedOn: readonly ("stdout" | "stderr")[];
  readonly stdio: unknown[];
}

/** Decides how inherited output reaches the kernel, as `processes.ts` does. */
function planOutput(given: unknown, mayWriteRaw: boolean): OutputPlan {
  const stdio: unknown[] = [];
  for (let i = 0; i < 3; i++) {
    append(stdio, isArray(given) ? given[i] ?? "pipe" : given ?? "pipe");
  }
  for (let i = 3; isArray(given) && i < given.length; i++) {
    append(stdio, given[i]);
  }
  // Ours carries answers to the questions of cells, and nothing else.
  if (isInherited(stdio[0], 0)) stdio[0] = "ignore";
  const passedOn: ("stdout" | "stderr")[] = [];
  let raw = false;
  for (let i = 1; i < 3; i++) {
    if (!isInherited(stdio[i], i)) continue;
    if (mayWriteRaw) raw = true;
    else {
      stdio[i] = "pipe";
      append(passedOn, i === 1 ? "stdout" : "stderr");
    }
  }
  return { raw, passedOn, stdio };
}

function isInherited(stream: unknown, fd: number): boolean {
  return stream === "inherit" || stream === fd;
}

/** The cell sees no stream, as when it is inherited. */
function passOn(
  child: NodeChild,
  name: "stdout" | "stderr",
  write: WriteStream,
): void {
  const decoder = new TheTextDecoder();
  const executionId = currentExecution();
  child[name]?.on("data", (bytes) => {
    const text = decodeText(decoder, bytes, STREAMING);
    inNameOf(executionId, () => write(name, text));
  });
  child[name] = null;
}

function nameOf({ file, args }: SpawnOptions): string {
  // Node repeats the program as the first argument.
  const words = isArray(args) ? joinList(args, " ") : TheString(file);
  return textSlice(words, 0, MAX_NAME);
}

interface NodeProcess {
  getBuiltinModule(name: "node:child_process"): {
    ChildProcess: { prototype: { spawn(options: SpawnOptions): unknown } };
  };
}

const STREAMING = bare({ stream: true });
const MAX_NAME = 80;
