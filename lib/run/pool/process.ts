/**
 * Subprocesses: a function in one of its own, or any command.
 *
 * Both end with all that they have started, also when this process is killed:
 * see `lib/run/process/orphan_guard.ts` for how, and for what Windows lacks. A
 * function's process is a pool of one, as a thread's is; commands are run by `command.ts`.
 * @module
 */
import { checkOptions, checkSignal, refuse } from "../../base/mod.ts";
import { toCode, type Work } from "./code.ts";
import type { CommandOptions, CommandResult } from "./command.ts";
import { type RemoteFunction, toFunction } from "./remote_function.ts";
import { ThreadPool } from "./thread_pool.ts";

/** How a function gets a process. */
export interface ProcessOptions {
  /** Ends the process and all that it has started; calls then reject with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a command to its end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { stdout, code } = await process([Deno.execPath(), "eval", "console.log(1 + 1)"]);
 * assert.deepEqual([stdout, code], ["2\n", 0]);
 * ```
 *
 * @param command The program and its arguments; no shell reads them.
 * @param options Signal, timeout, input, folder and environment.
 * @returns What it printed and how it ended; a code other than 0 is no error.
 * @throws {TypeError} If a word of the command is not a string, or an option has the wrong type or is
 * unknown.
 * @throws {RangeError} If the program's name is empty, or `timeoutMs` is out of range.
 * @throws {DOMException} A `TimeoutError` if it took too long.
 * @throws {Error} The signal's reason, or that the program cannot be started.
 */
export function process(
  command: readonly string[],
  options?: CommandOptions,
): Promise<CommandResult>;
/**
 * Gives a function a process of its own, with the permissions of this one.
 *
 * The process starts with the first call and serves the next ones too. A call
 * that is aborted or takes too long ends it, with all that it has started, and
 * the next call gets a new one. It ends with this process, too, even if that is
 * killed; on Windows only once its code awaits something. Arguments and results are copied as text:
 * nothing is moved, and shared memory, locks and channels are refused.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * await using whoami = process((word: string) => `${word} ${Deno.pid}`);
 * const said = await whoami("I am");
 * assert.match(said, /^I am \d+$/);
 * assert.notEqual(said, `I am ${Deno.pid}`);
 * ```
 *
 * @typeParam Args What the function is called with.
 * @typeParam R What it returns, awaited.
 * @param work A task, or a function that `task()` accepts.
 * @param options Signal.
 * @returns The function, to be called and to be disposed of. Its reports name the process id.
 * @throws {TypeError} If the function cannot be shipped, or an option has the wrong type or is
 * unknown.
 * @throws {unknown} The reason of the signal, if it is aborted already.
 */
export function process<Args extends unknown[], R>(
  work: Work<Args, R>,
  options?: ProcessOptions,
): RemoteFunction<Args, R>;
export function process<Args extends unknown[], R>(
  what: readonly string[] | Work<Args, R>,
  options: CommandOptions = {},
): Promise<CommandResult> | RemoteFunction<Args, R> {
  if (isCommand(what)) return runLate(what, options);
  if (typeof what === "string") {
    throw new TypeError(
      refuse(
        ["start process", "command"],
        what,
        "an array of the program and its arguments",
      ),
    );
  }
  const code = toCode(what);
  checkOptions(`start process of "${code.name}"`, options, ["signal"]);
  const { signal } = options;
  checkSignal(`start process of "${code.name}"`, signal);
  signal?.throwIfAborted();
  const name = "its process";
  return toFunction(what, new ThreadPool({ ...ONE_PROCESS, name, signal }));
}

async function runLate(
  command: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const { runCommand } = await import("./command.ts");
  return await runCommand(command, options);
}

function isCommand(what: unknown): what is readonly string[] {
  return Array.isArray(what);
}

const ONE_PROCESS = {
  kind: "process",
  size: 1,
  maxQueue: Infinity,
  memoryMb: 0,
  batchMs: 0,
} as const;
