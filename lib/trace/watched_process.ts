/**
 * Watches the subprocesses that a program starts with Deno during a trace, and what
 * it writes to them: a full pipe makes the writer wait.
 *
 * `Deno.Command` and the shorthands are replaced and put back. Not watched:
 * `node:child_process`.
 * @module
 */
import { nodeStandIn } from "../platform/mod.ts";
import type { Life } from "./assemble.ts";
import { type Tap, type TraceSpan, UNWATCHED } from "../base/record/mod.ts";
import type { Context, NamedWait } from "./own_lanes.ts";

export interface ProcessHost {
  readonly tap: Tap;
  freeId(wanted: string): string;
  /** Whose code this is: the lane that starts the process. */
  laneHere(): string;
  /** Takes a wait of whose code this is, and gives what ends it. */
  wait(reason: string): () => void;
  /** Takes a span in which a synchronous call held the thread, whatever else is told. */
  hold(span: TraceSpan): void;
}

/** A process that was started. Units: milliseconds of `performance.now()`. */
export interface StartedProcess {
  readonly lane: string;
  readonly startMs: number;
  /** When it was known to have ended; infinite while it was not. */
  endMs: number;
  /** The system's number of it; `null` where Deno does not tell. */
  readonly pid: number | null;
}

export interface ProcessWatch {
  readonly processes: readonly StartedProcess[];
  stop(): readonly Life[];
}

export function watchProcesses(host: ProcessHost): ProcessWatch {
  // Said by `watched_worker.ts`.
  if (nodeStandIn() !== null) return { processes: [], stop: () => [] };
  const processes: StartedProcess[] = [];
  const scope = Deno as unknown as Record<string, unknown>;
  const TrueCommand = Deno.Command;
  const undo: (() => void)[] = [];

  function begin(
    command: unknown,
    pid: number | null,
    startMs: number,
    endMs = performance.now(),
  ): StartedProcess {
    const name = String(command).split("/").at(-1)!;
    const lane = host.freeId(`process ${processes.length + 1} ${name}`);
    const process = { lane, startMs, endMs: Infinity, pid };
    processes.push(process);
    const from = host.laneHere();
    host.tap.lane({ id: lane, kind: "process" });
    host.tap.link({ kind: "spawn", from, to: lane, startMs, endMs });
    host.tap.span({ lane, state: "starting", startMs, endMs });
    return process;
  }

  function follow(process: StartedProcess, ended: Promise<unknown>): void {
    const end = () => void (process.endMs = performance.now());
    // Whoever started it hears of a failure; here only the moment counts.
    ended.then(end, end);
  }

  /** Does what `start` does, and takes the result for a child, a promise or an end. */
  function watch<T>(command: unknown, start: () => T): T {
    const startMs = performance.now();
    const result = start();
    if (result instanceof Promise) {
      follow(begin(command, null, startMs), result);
    } else if (hasStatus(result)) {
      const process = begin(command, result.pid, startMs);
      follow(process, result.status);
      watchPipe(result, `pipe to ${process.lane}`, host);
    } else waitBlocked(begin(command, null, startMs, startMs));
    return result;
  }

  /** A synchronous call held the thread until the process had ended. */
  function waitBlocked(process: StartedProcess): void {
    const { lane: reason, startMs } = process;
    const endMs = process.endMs = performance.now();
    // What a task does, the main thread does.
    for (const lane of new Set([host.laneHere(), "main"])) {
      host.hold({ lane, state: "blocked", startMs, endMs, reason });
    }
  }

  function replace(name: string, ours: unknown): void {
    const original = scope[name];
    scope[name] = ours;
    undo.push(() => {
      if (scope[name] === ours) scope[name] = original;
    });
  }

  class WatchedCommand extends TrueCommand {
    readonly #command: string | URL;

    constructor(command: string | URL, options?: Deno.CommandOptions) {
      super(command, options);
      this.#command = command;
    }

    override spawn(): Deno.ChildProcess {
      return watch(this.#command, () => super.spawn());
    }

    override output(): Promise<Deno.CommandOutput> {
      return watch(this.#command, () => super.output());
    }

    override outputSync(): Deno.CommandOutput {
      return watch(this.#command, () => super.outputSync());
    }
  }
  Object.defineProperty(WatchedCommand, "name", { value: "Command" });
  Object.defineProperty(WatchedCommand, UNWATCHED, { value: TrueCommand });
  replace("Command", WatchedCommand);
  for (const name of ["spawn", "spawnAndWait", "spawnAndWaitSync"]) {
    const original = scope[name] as Shorthand | undefined;
    if (original === undefined) continue;
    const ours: Shorthand = (...args) =>
      watch(args[0], () => original(...args));
    replace(name, ours);
  }

  return {
    processes,
    stop() {
      for (const restore of undo) restore();
      // As far as is known: only samples tell how much of it on a core.
      return processes.map(({ lane, startMs, endMs }) => ({
        lane,
        startMs,
        endMs,
        state: "alive",
      }));
    },
  };
}

type Shorthand = (...args: unknown[]) => unknown;

function hasStatus(
  value: unknown,
): value is { readonly pid: number; readonly status: Promise<unknown> } {
  return typeof value === "object" && value !== null && "status" in value &&
    "pid" in value && value.status instanceof Promise;
}

/** Starts watching the writers of a child's standard input. */
function watchPipe(
  child: object,
  reason: string,
  host: Pick<ProcessHost, "wait">,
): void {
  let stdin: WritableStream<Uint8Array>;
  try {
    ({ stdin } = child as Deno.ChildProcess);
  } catch {
    // It has no such pipe: reading the property throws.
    return;
  }
  const getWriter = stdin.getWriter.bind(stdin);
  stdin.getWriter = () => {
    const writer = getWriter();
    const write = writer.write.bind(writer);
    writer.write = (chunk) => {
      const written = write(chunk);
      const end = host.wait(reason);
      // Whoever writes hears of a failure; here only the moment counts.
      written.then(end, end);
      return written;
    };
    return writer;
  };
}

/** Notes a wait; one that is over at once was none. */
export function beginWait(
  waits: NamedWait[],
  context: Context,
  reason: string,
): () => void {
  const wait = { context, reason, startMs: performance.now(), endMs: Infinity };
  waits.push(wait);
  return () => {
    wait.endMs = performance.now();
    const isShort = wait.endMs - wait.startMs < SHORT_WAIT_MS;
    if (isShort && waits.at(-1) === wait) waits.pop();
  };
}

const SHORT_WAIT_MS = 0.5;
