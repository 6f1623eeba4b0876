/**
 * `skein run`: notebooks from top to bottom, without a front end.
 *
 * One is in `run_one.ts`, several at a time are in `run_many.ts`, again and again in `watch.ts`.
 * @module
 */
import { CHECK_OPTIONS } from "./checks.ts";
import { LIMIT_OPTIONS } from "./limits.ts";
import { PERMISSION_OPTIONS } from "./permissions.ts";
import { runOne } from "./run_one.ts";
import { takeSignals } from "./signals.ts";
import type { Arguments, Usage } from "./usage.ts";

/** What `skein run` takes. */
export const RUN_USAGE: Usage = {
  verb: "run",
  operand: "NOTEBOOK…",
  help:
    "Run notebooks from top to bottom; each stops at its first cell that fails.\nWithout --output or --html, the output of a single one is shown here.",
  options: {
    output: {
      kind: "value",
      short: "o",
      value: "PATH",
      help: "Output notebook, a link is followed; folder for several.",
    },
    html: {
      kind: "value",
      value: "PATH",
      help: "Output HTML page; folder for several.",
    },
    jobs: {
      kind: "value",
      short: "j",
      value: "NUMBER",
      help: "Run so many at a time. Default: one per core.",
    },
    watch: {
      kind: "flag",
      short: "w",
      help: "Run again when a notebook or a module that it imports changes.",
    },
    trust: {
      kind: "flag",
      help: "Run scripts of outputs in the page, for example for zooming.",
    },
    param: {
      kind: "values",
      value: "NAME=VALUE",
      help: "Set a variable; VALUE is JSON or a string. Repeatable.",
    },
    timeout: {
      kind: "value",
      value: "SECONDS",
      help: "Interrupt a cell that runs longer.",
    },
    "allow-errors": { kind: "flag", help: "Continue after a cell that fails." },
    ...LIMIT_OPTIONS,
    ...CHECK_OPTIONS,
    "allow-requested": {
      kind: "flag",
      help: "Allow what the notebook's metadata asks for.",
    },
    ...PERMISSION_OPTIONS,
  },
};

/** Where a verb writes, and whom it can ask. */
export interface Terminal {
  /** Takes a line for the user; an unfinished one is replaced by the next. */
  readonly print: (line: string, isFinished?: boolean) => void;
  /**
   * Shows lines that the next ones take the place of; only terminals have it.
   */
  readonly live?: ((lines: readonly string[]) => void) | undefined;
  /** How many characters a line of it has; only terminals know. */
  readonly columns?: (() => number) | undefined;
  /** Asks the user for a line; `null` where nobody can answer. */
  readonly ask: (question: string) => Promise<string | null>;
  /** Reads an environment variable. */
  readonly env: (name: string) => string | undefined;
}

/**
 * Runs notebooks and writes what was asked for.
 *
 * @param args What was typed.
 * @param terminal Where to write, and when to stop.
 * @returns The exit code: 0, 1 if a cell failed, 130 if the user stopped it.
 * @throws {UsageError} If something typed or read is wrong.
 */
export async function run(
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  if (args.flags.has("watch")) {
    const { watch } = await import("./watch.ts");
    return await watch(args, terminal);
  }
  const stop = new AbortController();
  using signals = takeSignals(() => stop.abort());
  if (args.operands.length > 1) {
    const { runMany } = await import("./run_many.ts");
    return await runMany(args, terminal, stop.signal);
  }
  return await runOne(args, terminal, {
    signal: stop.signal,
    // A page may take long to make, and meanwhile nobody hears a signal. But a
    // run that was stopped is to be saved, however often it is told to end.
    onRan: () => {
      if (!stop.signal.aborted) signals[Symbol.dispose]();
    },
  });
}
