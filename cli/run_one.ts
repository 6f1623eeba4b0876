/**
 * One run of one notebook.
 * @module
 */
import { resolve } from "node:path";
import {
  type CellEnd,
  type CellTimes,
  type ParameterRun,
  runNotebook,
  type RunOptions,
  type RunResult,
  withPapermill,
} from "../runner/mod.ts";
import { readNotebook, readText } from "./files.ts";
import { endLine, failureText, startLine, summaryText } from "./progress.ts";
import { logUncaught } from "./rejections.ts";
import { checkHoldsOutputs, choosePlace, writeResults } from "./results.ts";
import type { Terminal } from "./run.ts";
import { prepare, type Prepared, runOptions } from "./run_options.ts";
import { checkPage } from "./same_file.ts";
import type { Arguments } from "./usage.ts";
import { checkWritable } from "./write_file.ts";

/**
 * Runs a notebook and writes what was asked for.
 *
 * @param args What was typed.
 * @param terminal Where to write.
 * @param options When to stop; who is told that it ran.
 * @returns The exit code.
 * @throws {UsageError} If something typed or read is wrong.
 */
export async function runOne(
  args: Arguments,
  terminal: Terminal,
  { signal, onRan }: {
    readonly signal: AbortSignal;
    readonly onRan?: () => void;
  },
): Promise<number> {
  const path = resolve(args.operand);
  const text = await readText(args.operand);
  const prepared = await prepare(await readNotebook(args.operand, text), args);
  const { output, html } = args.values;
  const printsOutputs = output === undefined && html === undefined;
  if (output !== undefined) checkHoldsOutputs(output);
  if (html !== undefined) await checkPage(html, [path, output ?? path]);
  // Nobody wants to learn of it when the run is over, and lost.
  for (const target of [output, html]) {
    if (target !== undefined) await checkWritable(target);
  }
  const { notebook } = prepared;
  const options = await runOptions(args, { path, notebook }, terminal);
  using _uncaught = logUncaught(terminal.print);
  const result = await runPrepared(prepared, {
    ...options,
    log: terminal.print,
    signal,
    onStart: (start) => terminal.print(startLine(start), false),
    onEnd: (end) => {
      terminal.print(endLine(end));
      if (printsOutputs) printText(end, terminal);
    },
  }, { inputPath: args.operand, outputPath: output ?? null });
  onRan?.();
  if (signal.reason === SUPERSEDED) return EXIT_STOPPED;
  for (const failure of result.failures) terminal.print(failureText(failure));
  const trusted = args.flags.has("trust");
  const files = await writeResults(result, {
    output: output && await choosePlace(output, { path, text }, terminal),
    html,
    path,
    trusted,
    // Whoever wants to end does not want to wait for another program.
    signal: signal.aborted ? AbortSignal.timeout(PIPE_WAIT_MS) : undefined,
  });
  terminal.print(summaryText(result, files));
  if (signal.aborted) return EXIT_STOPPED;
  return result.failures.length === 0 ? 0 : 1;
}

/**
 * Runs a notebook; of a run with parameters, writes into the notebook what
 * papermill would.
 *
 * @param prepared The notebook.
 * @param options How.
 * @param paths Where it is, and where it goes.
 */
export async function runPrepared(
  { notebook, parameters }: Prepared,
  options: RunOptions,
  paths: Pick<ParameterRun, "inputPath" | "outputPath">,
): Promise<RunResult> {
  const cells = new Map<string, CellTimes>();
  const startMs = Date.now();
  let cellStartMs = startMs;
  const result = await runNotebook(notebook, {
    ...options,
    onStart: (start) => {
      cellStartMs = Date.now();
      options.onStart?.(start);
    },
    onEnd: (end) => {
      const { cell: { id }, error } = end;
      const isFailed = error !== null;
      cells.set(id, { startMs: cellStartMs, endMs: Date.now(), isFailed });
      options.onEnd?.(end);
    },
  });
  if (Object.keys(parameters).length === 0) return result;
  const failed = new Set(result.failures.map(({ cell }) => cell.id));
  return {
    ...result,
    notebook: withPapermill(result.notebook, {
      ...paths,
      parameters,
      startMs,
      endMs: Date.now(),
      cells: new Map(
        [...cells].map(([id, times]) => [
          id,
          { ...times, isFailed: failed.has(id) },
        ]),
      ),
    }),
  };
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

/** Why a run is stopped that nobody wants the result of any more. */
export const SUPERSEDED = Symbol("superseded");
/** The user has stopped it. */
export const EXIT_STOPPED = 130;
/** How long whoever reads a pipe is waited for, once the user wants to end. */
export const PIPE_WAIT_MS = 2000;
