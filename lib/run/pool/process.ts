/**
 * Subprocesses: a function in one of its own, or any command.
 *
 * Both end with all that they have started, also when this process is killed:
 * see `lib/run/process/orphan_guard.ts` for how, and for what Windows lacks. What
 * runs them is in `remote_process.ts` and `command.ts`, loaded when the first starts.
 * @module
 */
import { checkOptions, checkSignal, refuse } from "../../base/mod.ts";
import { toCode, type Work } from "./code.ts";
import type { CommandOptions, CommandResult } from "./command.ts";
import {
  type Remote,
  type RemoteFunction,
  toFunction,
} from "./remote_function.ts";

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
  return toFunction<Args, R>(
    new LateRemote(async () => {
      const { RemoteProcess } = await import("./remote_process.ts");
      return new RemoteProcess(code, signal);
    }),
  );
}

async function runLate(
  command: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const { runCommand } = await import("./command.ts");
  return await runCommand(command, options);
}

/** What runs calls, loaded with the first of them. */
class LateRemote implements Remote {
  readonly #open: () => Promise<Remote>;
  #opening: Promise<Remote> | null = null;
  #remote: Remote | null = null;
  #isClosed = false;

  constructor(open: () => Promise<Remote>) {
    this.#open = open;
  }

  async run(...call: Parameters<Remote["run"]>): Promise<unknown> {
    return await (await this.#load()).run(...call);
  }

  async runReported(
    ...call: Parameters<Remote["runReported"]>
  ): ReturnType<Remote["runReported"]> {
    return await (await this.#load()).runReported(...call);
  }

  async ready(): Promise<void> {
    await (await this.#load()).ready();
  }

  close(): void {
    this.#isClosed = true;
    this.#remote?.close();
  }

  async leave(): Promise<void> {
    this.close();
    await (await this.#opening)?.leave();
  }

  #load(): Promise<Remote> {
    return this.#opening ??= this.#open().then((remote) => {
      this.#remote = remote;
      // Disposed of meanwhile: whoever has called hears it.
      if (this.#isClosed) remote.close();
      return remote;
    });
  }
}

function isCommand(what: unknown): what is readonly string[] {
  return Array.isArray(what);
}
