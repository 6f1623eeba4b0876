/**
 * Runs a command to its end, or ends it with all that it has started.
 *
 * Functions in processes are in `process_line.ts`.
 * @module
 */
import { killGroup } from "../process/child.ts";
import { guardGroup } from "../process/orphan_guard.ts";
import { startTimer, system } from "../../platform/mod.ts";
import { currentTap } from "../../base/record/mod.ts";
import {
  checkMs,
  checkName,
  checkOptions,
  checkSignal,
  checkText,
  checkTexts,
  refuse,
} from "../../base/mod.ts";
import { tookTooLong } from "./endings.ts";
import { traceSpawn } from "./tracing.ts";

/** How a command runs. */
export interface CommandOptions {
  /** Ends the command and all that it has started; the promise rejects with the reason. */
  readonly signal?: AbortSignal;
  /**
   * How long it may run, in milliseconds.
   * @default unlimited
   */
  readonly timeoutMs?: number;
  /**
   * What it reads from its standard input.
   * @default nothing
   */
  readonly input?: string | Uint8Array;
  /**
   * The folder it runs in.
   * @default this process's own
   */
  readonly cwd?: string | URL;
  /**
   * Variables of its environment, besides those of this process.
   * @default none
   */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a command went. */
export interface CommandResult {
  /** What it printed, as text. */
  readonly stdout: string;
  /** What it printed to its error stream, as text. */
  readonly stderr: string;
  /** Its exit code; 0 is success. */
  readonly code: number;
  /** The signal that ended it, such as `SIGKILL`; `null` if it ended by itself. */
  readonly signal: string | null;
  /** How long it took. Units: milliseconds. */
  readonly timing: {
    /** Asking the system for it. */
    readonly startMs: number;
    /** From then to its end. */
    readonly runMs: number;
  };
}

export async function runCommand(
  command: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  checkCommand(command, options);
  // It has at least one word, as was checked.
  const [program, ...args] = command as [string, ...string[]];
  const { signal, timeoutMs, input, cwd, env } = options;
  signal?.throwIfAborted();
  const askedMs = performance.now();
  // The global constructor, looked up now: a host may have put its own there.
  const child = new (system().Command)(program, {
    args,
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
    detached: system().build.os !== "windows",
    ...cwd === undefined ? {} : { cwd },
    ...env === undefined ? {} : { env },
  }).spawn();
  const startedMs = performance.now();
  await using _guard = guardGroup(child.pid);

  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (reason: unknown) => {
    reject(reason);
    killGroup(child);
  };
  const abort = () => end(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  const timer = startTimer(
    timeoutMs,
    () => end(tookTooLong(program, timeoutMs ?? 0)),
  );
  try {
    const whole = Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
      child.status,
      input === undefined ? null : write(child, input),
    ]);
    // A process that left the group may hold the pipes open: nobody waits for it.
    const [stdout, stderr, status] = await Promise.race([whole, ended]);
    const endMs = performance.now();
    trace(program, child.pid, [askedMs, startedMs, endMs]);
    return {
      stdout,
      stderr,
      code: status.code,
      signal: status.signal,
      timing: { startMs: startedMs - askedMs, runMs: endMs - startedMs },
    };
  } finally {
    signal?.removeEventListener("abort", abort);
    clearTimeout(timer);
  }
}

function checkCommand(
  command: readonly unknown[],
  options: CommandOptions,
): void {
  const [program, ...args] = command;
  if (command.length === 0) {
    throw new TypeError(
      "Cannot run command: it is empty, expected a program and its arguments",
    );
  }
  checkName(["run command", "command[0]"], program);
  const what = `run command "${program}"`;
  args.forEach((word, i) => checkText([what, `command[${i + 1}]`], word));
  checkOptions(what, options, NAMES);
  const { signal, timeoutMs, input, cwd, env } = options;
  checkSignal(what, signal);
  checkMs([what, "timeoutMs"], timeoutMs);
  if (
    input !== undefined && typeof input !== "string" &&
    !(input instanceof Uint8Array)
  ) {
    throw new TypeError(
      refuse([what, "input"], input, "a string or a Uint8Array"),
    );
  }
  if (
    cwd !== undefined && typeof cwd !== "string" && !(cwd instanceof URL)
  ) {
    throw new TypeError(refuse([what, "cwd"], cwd, "a path or a file URL"));
  }
  if (env !== undefined) checkTexts([what, "env"], env);
}

async function write(
  child: Deno.ChildProcess,
  input: string | Uint8Array,
): Promise<void> {
  const bytes = typeof input === "string"
    ? new TextEncoder().encode(input)
    : input;
  const writer = child.stdin.getWriter();
  try {
    await writer.write(bytes);
    await writer.close();
  } catch (error) {
    // A command need not read all of its input, or any.
    if (!(error instanceof system().errors.BrokenPipe)) throw error;
  }
}

function trace(
  program: string,
  pid: number,
  [askedMs, startMs, endMs]: readonly [number, number, number],
): void {
  const tap = currentTap();
  if (tap === null) return;
  const lane = `process ${pid}`;
  traceSpawn(tap, { id: lane, kind: "process" }, [askedMs, startMs]);
  // Only samples tell how much of it on a core.
  tap.span({ lane, state: "alive", startMs, endMs, label: program });
}

const NAMES = ["signal", "timeoutMs", "input", "cwd", "env"];
