/**
 * Starts processes, and times how they come to life.
 *
 * Whether they may be started is asked here too, and never prompts the user.
 * @module
 */

import { system } from "../../platform/system.ts";
import { converse, type StartOne } from "./kinds.ts";

/** A program that can be started, or a sentence that says why not. */
export type Program =
  | { readonly type: "program"; readonly start: StartOne }
  | { readonly type: "missing"; readonly reason: string };

/** Programs that are started. */
export type ProgramName = "true" | "python3" | "deno";

/**
 * Finds whether a program can be started, and how.
 *
 * @param name Which.
 * @returns What starts one, or why it cannot be started.
 */
export async function findProgram(name: ProgramName): Promise<Program> {
  const command = name === "deno" ? system().execPath() : name;
  const { state } = await system().permissions.query({ name: "run", command });
  if (state !== "granted") {
    return {
      type: "missing",
      reason: `${name} was left out: running it is not permitted, ` +
        `start Deno with --allow-run=${command}`,
    };
  }
  const start: StartOne = name === "true"
    ? (signal) => startTrue(command, signal)
    : (signal) => startTalker(command, TALKERS[name], signal);
  return { type: "program", start };
}

/**
 * Tells whether an error means that a program is not there.
 *
 * @param error What starting it threw.
 * @returns Whether it is not installed, or not for this system.
 */
export function isNotInstalled(error: unknown): boolean {
  return error instanceof system().errors.NotFound ||
    error instanceof NoAnswerError;
}

/** A program that ended before it said anything, such as a stub that offers to install it. */
class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
}

async function startTrue(command: string, signal: AbortSignal) {
  signal.throwIfAborted();
  const startMs = performance.now();
  // The global constructor, looked up now: a host may have put its own there.
  const process = new (system().Command)(command, {
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const madeMs = performance.now();
  await process.status;
  return {
    constructor: madeMs - startMs,
    firstMessage: null,
    firstResult: performance.now() - startMs,
    roundTrip: null,
  };
}

/** Starts a program that says a line, and answers each line with one. */
async function startTalker(
  command: string,
  args: readonly string[],
  signal: AbortSignal,
) {
  signal.throwIfAborted();
  const startMs = performance.now();
  const process = new (system().Command)(command, {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const madeMs = performance.now();
  const end = () => endProcess(process);
  signal.addEventListener("abort", end, { once: true });
  const input = process.stdin.getWriter();
  const output = process.stdout.getReader();
  const line = new TextEncoder().encode("1\n");
  try {
    return await converse({
      startMs,
      madeMs,
      ask: () => {
        // Fails if it has ended; then there is no answer either, which is said.
        input.write(line).catch(() => {});
      },
      async next() {
        // An answer is a line of few bytes: one write there, one read here.
        const { done } = await output.read();
        signal.throwIfAborted();
        if (!done) return;
        throw new NoAnswerError(
          `Cannot start "${command}": it ended without an answer`,
        );
      },
    });
  } finally {
    signal.removeEventListener("abort", end);
    end();
    await output.cancel();
    await input.close().catch(() => {});
    await process.status;
  }
}

function endProcess(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGKILL");
  } catch (error) {
    // "Child process has already terminated": as wanted.
    if (!(error instanceof TypeError)) throw error;
  }
}

const DENO_PROGRAM = `
const answer = new TextEncoder().encode("2\\n");
Deno.stdout.writeSync(answer);
for await (const _ of Deno.stdin.readable) Deno.stdout.writeSync(answer);
`;
const PYTHON_PROGRAM = `
import sys
print(2, flush=True)
for line in sys.stdin:
    print(int(line) + 1, flush=True)
`;
const TALKERS: Readonly<Record<"python3" | "deno", readonly string[]>> = {
  // Isolated: what is installed for the user must not count.
  python3: ["-I", "-c", PYTHON_PROGRAM],
  deno: [
    "run",
    "--no-prompt",
    "--no-config",
    "--no-lock",
    "--quiet",
    `data:text/javascript,${encodeURIComponent(DENO_PROGRAM)}`,
  ],
};
