/**
 * How a Python process ends: with all that it started, and without a trace.
 *
 * Where the permissions of this process do not reach, Python itself is asked to
 * clean up, for which the permission to run it is enough.
 * @module
 */

import { system, unrefTimer } from "../../platform/mod.ts";
import type { PythonInterpreter } from "./interpreter.ts";

export interface PythonEnd {
  /** The interpreter, which can clean up where we may not. */
  readonly python: PythonInterpreter;
  readonly folder: string;
  /** What it prints; cancelled, as a process that left the group may hold the pipe open. */
  readonly output: ReadableStreamDefaultReader<Uint8Array>;
}

/**
 * Ends a process and its group, waits until it is gone, and removes its folder.
 *
 * First it is asked: `multiprocessing` has a process that removes semaphores
 * once all others are gone, and that does not heed the first signal. On Windows,
 * which has no groups, processes that it started end when they next talk to it.
 */
export async function endPython(
  process: Deno.ChildProcess,
  end: PythonEnd,
): Promise<void> {
  const isGroupLeft = await killGroup(process.pid) === "not permitted";
  killAlone(process);
  await process.status;
  const isFolderLeft = !await removeFolder(end.folder);
  if (isGroupLeft || isFolderLeft) await sweep(process.pid, end);
  // What was printed before the end is still read, if the pipe is free.
  const late = setTimeout(() => end.output.cancel().catch(() => {}), LATE_MS);
  end.output.closed.catch(() => {}).finally(() => clearTimeout(late));
  unrefTimer(late);
}

async function killGroup(pid: number): Promise<"gone" | "not permitted"> {
  let reached = signalGroup(pid, "SIGTERM");
  for (let waitedMs = 0; reached === "sent"; waitedMs += STEP_MS) {
    if (waitedMs >= PATIENCE_MS) {
      signalGroup(pid, "SIGKILL");
      return "gone";
    }
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    // Wakes who sleeps, and tells whether anybody is left.
    reached = signalGroup(pid, "SIGCONT");
  }
  return reached;
}

function signalGroup(
  pid: number,
  signal: Deno.Signal,
): "sent" | "gone" | "not permitted" {
  if (system().build.os === "windows") return "gone";
  try {
    system().kill(-pid, signal);
    return "sent";
  } catch (error) {
    // A permission for one command does not cover groups.
    return error instanceof system().errors.NotFound ? "gone" : "not permitted";
  }
}

function killAlone(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGKILL");
  } catch (error) {
    // "Child process has already terminated": as wanted.
    if (!(error instanceof TypeError)) throw error;
  }
}

async function removeFolder(folder: string): Promise<boolean> {
  const query = { name: "write", path: folder } as const;
  const { state } = await system().permissions.query(query);
  if (state !== "granted") return false;
  try {
    await system().remove(folder, { recursive: true });
    return true;
  } catch (error) {
    // Python has removed it on its way out.
    if (error instanceof system().errors.NotFound) return true;
    throw error;
  }
}

async function sweep(pid: number, { python, folder }: PythonEnd) {
  const [program = "", ...args] = python.command;
  await new (system().Command)(program, {
    args: [...args, "-I", "-S", "-c", SWEEP, String(pid), folder],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
}

const SWEEP = `
import os, shutil, sys, time
try:
    for number in (15, 9):
        os.killpg(int(sys.argv[1]), number)
        time.sleep(0.2)
except (AttributeError, OSError):
    pass
shutil.rmtree(sys.argv[2], ignore_errors=True)
`;
// Long enough for what a pipe holds, which is there already.
const LATE_MS = 200;
// A group ends within some 20 ms, unless one of it does not heed the first signal.
const PATIENCE_MS = 300;
const STEP_MS = 10;
