/**
 * Subprocesses started by cells: tracked, in a group of their own, and their
 * output reaches the cell.
 *
 * A subprocess that inherits stdout or stderr writes straight into the
 * session's pipe: live, in true order, at no cost. The kernel gives such raw
 * text to the one execution that has raw writers. Should two executions have
 * some at once, the later one's output is piped and passed on by us instead,
 * so that no text can reach the wrong cell.
 * @module
 */
import type { WriteStream } from "./console.ts";
import type { Children } from "./children.ts";
import { TheTextDecoder } from "./intrinsics.ts";
import { hideStreams, passOn, STREAMS } from "./passed_on.ts";

/** What the replaced `Deno.Command` needs. */
export interface ProcessHost {
  /** Where subprocesses are registered. */
  readonly children: Children;
  /** Takes the text of piped subprocesses in the name of the current execution. */
  readonly write: WriteStream;
}

/**
 * Replaces `Deno.Command` and `Deno.spawn`, `spawnAndWait`, `spawnAndWaitSync`.
 *
 * @param host What the subprocesses need.
 */
export function installProcesses(host: ProcessHost): void {
  const { Command } = Deno;

  class SessionCommand extends Command {
    readonly #command: string;
    readonly #options: Deno.CommandOptions;

    constructor(command: string | URL, options: Deno.CommandOptions = {}) {
      super(command, options);
      this.#command = String(command);
      this.#options = options;
    }

    override spawn(): Deno.ChildProcess {
      return start(this.#command, this.#options);
    }

    override output(): Promise<Deno.CommandOutput> {
      const options = { stdout: "piped", stderr: "piped", ...this.#options };
      // The true method has the better error for this.
      if (options.stdin === "piped") return super.output();
      return start(this.#command, {
        ...options as Deno.CommandOptions,
      }).output();
    }

    override outputSync(): Deno.CommandOutput {
      const options = {
        stdout: "piped",
        stderr: "piped",
        ...this.#options,
        stdin: "null",
      };
      const names = host.children.othersWriteRaw()
        ? STREAMS.filter((name) => options[name] === "inherit")
        : [];
      for (const name of names) options[name] = "piped";
      const command = new Command(
        this.#command,
        options as Deno.CommandOptions,
      );
      const output = command.outputSync();
      for (const name of names) {
        host.write(name, new TheTextDecoder().decode(output[name]));
      }
      return hideStreams(output, names);
    }
  }
  Object.defineProperty(SessionCommand, "name", { value: "Command" });

  function start(
    command: string,
    options: Deno.CommandOptions,
  ): Deno.ChildProcess {
    const inherits = STREAMS.filter((name) =>
      (options[name] ?? "inherit") === "inherit"
    );
    const isPassedOn = inherits.length > 0 && host.children.othersWriteRaw();
    const piped = isPassedOn
      ? Object.fromEntries(inherits.map((name) => [name, "piped"]))
      : {};
    const child = new Command(command, {
      // A group of its own, so that its whole tree can be ended.
      detached: Deno.build.os !== "windows",
      ...options,
      ...piped,
      // Ours carries answers to the questions of cells, and nothing else.
      stdin: options.stdin === "piped" ? "piped" : "null",
    }).spawn();
    const ended = host.children.add({
      what: "process",
      name: [command, ...options.args ?? []].join(" ").slice(0, MAX_NAME),
      pid: child.pid,
      raw: inherits.length > 0 && !isPassedOn,
      stop: () => killTree(child),
    });
    if (isPassedOn) passOn(child, inherits, host.write);
    void child.status.then(ended);
    return child;
  }

  Deno.Command = SessionCommand;
  replaceShorthands(SessionCommand);
}

/** Ends a subprocess and all it has started. */
function killTree(child: Deno.ChildProcess): void {
  try {
    Deno.kill(-child.pid, "SIGKILL");
  } catch {
    // No group of its own, no such right, or gone: the process alone is left.
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended already, which is what was wanted.
    }
  }
}

type Start = <T>(
  use: (command: Deno.Command) => T,
) => (
  command: string | URL,
  argsOrOptions?: string[] | Deno.CommandOptions,
  options?: Deno.CommandOptions,
) => T;

function replaceShorthands(Command: typeof Deno.Command): void {
  const shorthand: Start = (use) => (command, argsOrOptions, options) =>
    use(
      new Command(
        command,
        Array.isArray(argsOrOptions)
          ? { ...options, args: argsOrOptions }
          : argsOrOptions,
      ),
    );
  Object.assign(Deno, {
    spawn: shorthand((command) => command.spawn()),
    spawnAndWait: shorthand((command) => command.output()),
    spawnAndWaitSync: shorthand((command) => command.outputSync()),
  });
}

const MAX_NAME = 80;
