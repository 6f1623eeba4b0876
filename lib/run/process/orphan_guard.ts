/**
 * Sees to it that no child process outlives this one, not even a child in an
 * endless loop whose parent was killed.
 *
 * A small shell waits on a pipe from us, and if the pipe ends without a word,
 * ends the child's process group. On Windows there is no such shell: there a
 * child notices by itself that its input has ended, when its code lets it.
 * @module
 */

import { system } from "../../platform/mod.ts";
import { UNWATCHED } from "../../base/record/mod.ts";

/**
 * Guards a process group until disposed of, or until this process is gone.
 *
 * A notebook's kernel has a guard of its own for all that cells start: there,
 * and where `/bin/sh` may not be run, this does nothing.
 */
export function guardGroup(pid: number): AsyncDisposable {
  const shell = mayGuard() ? startShell(pid) : null;
  if (shell === null) return { [Symbol.asyncDispose]: async () => {} };
  const writer = shell.stdin.getWriter();
  return {
    async [Symbol.asyncDispose]() {
      // Whoever waits for us may have nothing else that keeps Deno from ending.
      shell.ref();
      // Fails if somebody has ended the shell, which is what is wanted.
      await writer.write(WORD).catch(() => {});
      await writer.close().catch(() => {});
      await shell.status;
    },
  };
}

function mayGuard(): boolean {
  if (system().build.os === "windows") return false;
  if (Symbol.for("Skein.track") in globalThis) return false;
  const run = { name: "run", command: SHELL } as const;
  return system().permissions.querySync(run).state === "granted";
}

function startShell(pid: number): Deno.ChildProcess {
  const { Command } = system();
  // A trace of the program shows what the program starts, and not its guards.
  const Unwatched: typeof Command = Reflect.get(Command, UNWATCHED) ?? Command;
  const shell = new Unwatched(SHELL, {
    args: ["-c", SCRIPT, String(pid)],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
    // Ctrl-C in a terminal goes to our group; the guard has to outlive it.
    detached: true,
  }).spawn();
  shell.unref();
  return shell;
}

const SHELL = "/bin/sh";
// What follows the script's text on the command line is its `$0`.
const SCRIPT = 'read -r word || kill -KILL "-$0"';
const WORD = new TextEncoder().encode("\n");
