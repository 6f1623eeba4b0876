/**
 * `skein run`: a notebook from top to bottom, without a front end.
 * @module
 */
import { dirname, resolve } from "node:path";
import { admitCheck } from "../kernel/mod.ts";
import type { Notebook } from "../nbformat/mod.ts";
import {
  type CellEnd,
  checkLanguage,
  injectParameters,
  runNotebook,
  type RunOptions,
} from "../runner/mod.ts";
import { toFileUrl } from "../session/mod.ts";
import { askedRights } from "./asked.ts";
import { CHECK_OPTIONS, namedCheck, readCheckOptions } from "./checks.ts";
import { findConfig, readNotebook, readText } from "./files.ts";
import { LIMIT_OPTIONS, readLimits } from "./limits.ts";
import { checkLinks } from "./links.ts";
import { checkPage } from "./same_file.ts";
import { checkWritable } from "./write_file.ts";
import { settleRights } from "./grants.ts";
import { readParameters } from "./parameters.ts";
import { decidePermissions, PERMISSION_OPTIONS } from "./permissions.ts";
import { checkPermissionValues } from "./permission_values.ts";
import { endLine, failureText, startLine, summaryText } from "./progress.ts";
import { quote } from "./quote.ts";
import { logUncaught } from "./rejections.ts";
import { choosePlace, writeResults } from "./results.ts";
import { takeSignals } from "./signals.ts";
import { type Arguments, type Usage, UsageError } from "./usage.ts";

/** What `skein run` takes. */
export const RUN_USAGE: Usage = {
  verb: "run",
  operand: "NOTEBOOK",
  help:
    "Run a notebook from top to bottom; stop at the first cell that fails.\nWithout --output or --html, the output of the cells is shown here.",
  options: {
    output: {
      kind: "value",
      short: "o",
      value: "PATH",
      help: "Output notebook; a link is followed.",
    },
    html: { kind: "value", value: "PATH", help: "Output HTML page." },
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
  /** Asks the user for a line; `null` where nobody can answer. */
  readonly ask: (question: string) => Promise<string | null>;
  /** Reads an environment variable. */
  readonly env: (name: string) => string | undefined;
}

/**
 * Runs a notebook and writes what was asked for.
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
  const path = resolve(args.operand);
  const text = await readText(args.operand);
  const notebook = prepare(await readNotebook(args.operand, text), args);
  const { output, html } = args.values;
  const printsOutputs = output === undefined && html === undefined;
  if (html !== undefined) await checkPage(html, [path, output ?? path]);
  // Nobody wants to learn of it when the run is over, and lost.
  for (const target of [output, html]) {
    if (target !== undefined) await checkWritable(target);
  }
  const options = await runOptions(args, { path, notebook }, terminal);
  const stop = new AbortController();
  using signals = takeSignals(() => stop.abort());
  using _uncaught = logUncaught(terminal.print);
  const result = await runNotebook(notebook, {
    ...options,
    log: terminal.print,
    signal: stop.signal,
    onStart: (start) => terminal.print(startLine(start), false),
    onEnd: (end) => {
      terminal.print(endLine(end));
      if (printsOutputs) printText(end, terminal);
    },
  });
  // A page may take long to make, and meanwhile nobody hears a signal. But a
  // run that was stopped is to be saved, however often it is told to end.
  if (!stop.signal.aborted) signals[Symbol.dispose]();
  for (const failure of result.failures) terminal.print(failureText(failure));
  const trusted = args.flags.has("trust");
  const files = await writeResults(result, {
    output: output && await choosePlace(output, { path, text }, terminal),
    html,
    path,
    trusted,
    // Whoever wants to end does not want to wait for another program.
    signal: stop.signal.aborted ? AbortSignal.timeout(PIPE_WAIT_MS) : undefined,
  });
  terminal.print(summaryText(result, files));
  if (stop.signal.aborted) return EXIT_STOPPED;
  return result.failures.length === 0 ? 0 : 1;
}

/**
 * Checks a notebook that is to be run, and gives it its parameters.
 *
 * @param notebook The notebook.
 * @param args What was typed.
 * @throws {UsageError} If it is of another language, or a parameter is wrong.
 */
export function prepare(notebook: Notebook, args: Arguments): Notebook {
  try {
    checkLanguage(notebook);
  } catch (error) {
    throw new UsageError(
      `Cannot run notebook ${quote(args.operand)}: ${(error as Error).message}`,
    );
  }
  try {
    return injectParameters(notebook, readParameters(args.lists.param ?? []));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/**
 * Decides how a notebook runs, from what was typed, asked for and granted.
 *
 * @param args What was typed.
 * @param file The notebook, and where it is.
 * @param terminal Whom to ask.
 * @throws {UsageError} If something typed or read is wrong.
 */
export async function runOptions(
  args: Arguments,
  { path, notebook }: { readonly path: string; readonly notebook: Notebook },
  terminal: Terminal,
): Promise<RunOptions> {
  const folder = dirname(path);
  const configPath = await findConfig(folder);
  const timeoutSeconds = readNumber(args, "timeout");
  const { check, languageServer } = readCheckOptions(args, "run");
  // Whoever types it now knows best.
  const named = readMetadata(() => namedCheck(notebook.metadata)) ?? "off";
  const isTrusted = args.flags.has("allow-all");
  const admitted = admitCheck(named, { fallback: "off", isTrusted });
  if (check === undefined && admitted !== named) {
    terminal.print(
      `Types are not checked: the notebook asks for it, run with --check ${named} to allow it`,
    );
  }
  await checkPermissionValues(args);
  const asked = await askedRights(notebook, folder, terminal.env);
  const granted = await settleRights(asked, {
    path: await Deno.realPath(path),
    args,
    terminal,
  });
  const denoPath = Deno.execPath();
  const rights = { folder, asked, granted, denoPath };
  const permissions = decidePermissions(args, rights);
  for (const text of checkLinks(permissions)) terminal.print(text);
  return {
    notebookUrl: toFileUrl(path),
    check: check ?? admitted,
    languageServer,
    permissions,
    allowErrors: args.flags.has("allow-errors"),
    ...(configPath === undefined ? {} : { configPath }),
    ...(timeoutSeconds === undefined
      ? {}
      : { timeoutMs: timeoutSeconds * 1000 }),
    ...readLimits(args, "run"),
  };
}

function readMetadata<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** For those who look at nothing but the terminal. */
function printText({ done }: CellEnd, { print }: Terminal): void {
  for (const output of done.outputs) {
    if (output.output_type === "stream") print(output.text.trimEnd());
    else if ("data" in output) {
      const text = output.data["text/plain"];
      if (typeof text === "string") print(text.trimEnd());
    }
  }
}

function readNumber(
  { values }: Arguments,
  name: string,
): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const number = Number(text);
  // `Number` reads "0x10" and "1e3" too, which few would mean.
  const isPlain = /^\d+(\.\d+)?$/.test(text.trim());
  if (!isPlain || !(number > 0) || !Number.isFinite(number)) {
    throw new UsageError(
      `Cannot run: --${name} is ${
        JSON.stringify(text)
      }, expected a number above 0`,
    );
  }
  return number;
}

const EXIT_STOPPED = 130;
const PIPE_WAIT_MS = 2000;
