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
import { setTimeout, ThePromise, TheTextDecoder } from "./intrinsics.ts";

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
      const passOn = host.children.othersWriteRaw()
        ? STREAMS.filter((name) => options[name] === "inherit")
        : [];
      for (const name of passOn) options[name] = "piped";
      const command = new Command(
        this.#command,
        options as Deno.CommandOptions,
      );
      const output = command.outputSync();
      for (const name of passOn) {
        host.write(name, new TheTextDecoder().decode(output[name]));
      }
      return output;
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
    const passOn = inherits.length > 0 && host.children.othersWriteRaw()
      ? inherits
      : [];
    const piped = Object.fromEntries(passOn.map((name) => [name, "piped"]));
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
      raw: inherits.length > 0 && passOn.length === 0,
      stop: () => killTree(child),
    });
    const pumps = passOn.map((name) => pump(child[name], name, host.write));
    const status = child.status.then(async (status) => {
      // A grandchild may hold the pipe open for ever.
      await ThePromise.race([ThePromise.all(pumps), delay(LAST_OUTPUT_MS)]);
      ended();
      return status;
    });
    if (passOn.length > 0) {
      Object.defineProperty(child, "status", { value: status });
    }
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

async function pump(
  stream: ReadableStream<Uint8Array>,
  name: "stdout" | "stderr",
  write: WriteStream,
): Promise<void> {
  const decoder = new TheTextDecoder();
  for await (const bytes of stream) {
    write(name, decoder.decode(bytes, { stream: true }));
  }
}

function delay(ms: number): Promise<void> {
  return new ThePromise((resolve) => setTimeout(resolve, ms));
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

const STREAMS = ["stdout", "stderr"] as const;
const MAX_NAME = 80;
const LAST_OUTPUT_MS = 200;
