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
import type { WriteStream } from "./frames.ts";
import type { Children } from "./children.ts";
import { TheTextDecoder } from "./intrinsics.ts";
import { hideStreams, passOn, type StreamName, STREAMS } from "./passed_on.ts";

/** What the replaced `Deno.Command` needs. */
export interface ProcessHost {
  /** Where subprocesses are registered. */
  readonly children: Children;
  /** Takes the text of piped subprocesses in the name of the current execution. */
  readonly write: WriteStream;
  /** Whether the next one may write into the session's own pipes. */
  readonly mayWriteRaw: () => boolean;
}

/** How the output of a subprocess that it inherits reaches the kernel. */
interface OutputPlan {
  /** Whether it writes into the session's own pipes. */
  readonly raw: boolean;
  /** The streams that we pass on instead. */
  readonly passedOn: readonly StreamName[];
  /** Options that make those streams pipes. */
  readonly piped: Readonly<Partial<Record<StreamName, "piped">>>;
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
      const options: Deno.CommandOptions = {
        stdout: "piped",
        stderr: "piped",
        ...this.#options,
        stdin: "null",
      };
      const { raw, passedOn, piped } = plan(options);
      const command = new Command(this.#command, { ...options, ...piped });
      const { ended } = host.children.add({
        what: "process",
        name: nameOf(this.#command, options),
        raw,
        // Nothing of ours runs before it has ended.
        stop() {},
      });
      let output;
      try {
        output = command.outputSync();
      } finally {
        ended();
      }
      for (const name of passedOn) {
        host.write(name, new TheTextDecoder().decode(output[name]));
      }
      return hideStreams(output, passedOn);
    }
  }
  Object.defineProperty(SessionCommand, "name", { value: "Command" });

  function start(
    command: string,
    options: Deno.CommandOptions,
  ): Deno.ChildProcess {
    const { raw, passedOn, piped } = plan(options);
    const prepared = new Command(command, {
      // A group of its own, so that its whole tree can be ended.
      detached: Deno.build.os !== "windows",
      ...options,
      ...piped,
      // Ours carries answers to the questions of cells, and nothing else.
      stdin: options.stdin === "piped" ? "piped" : "null",
    });
    let child: Deno.ChildProcess | undefined;
    const { identify, ended } = host.children.add({
      what: "process",
      name: nameOf(command, options),
      raw,
      stop: () => child && killTree(child),
    });
    try {
      child = prepared.spawn();
    } catch (error) {
      ended();
      throw error;
    }
    identify(child.pid);
    if (passedOn.length > 0) passOn(child, passedOn, host.write);
    void child.status.then(ended);
    return child;
  }

  /** Decides how inherited output reaches the kernel. */
  function plan(options: Deno.CommandOptions): OutputPlan {
    const inherited = STREAMS.filter((name) =>
      (options[name] ?? "inherit") === "inherit"
    );
    if (inherited.length === 0 || host.mayWriteRaw()) {
      return { raw: inherited.length > 0, passedOn: [], piped: {} };
    }
    return {
      raw: false,
      passedOn: inherited,
      piped: Object.fromEntries(inherited.map((name) => [name, "piped"])),
    };
  }

  Deno.Command = SessionCommand;
  replaceShorthands(SessionCommand);
}

function nameOf(command: string, { args = [] }: Deno.CommandOptions): string {
  return [command, ...args].join(" ").slice(0, MAX_NAME);
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
