/**
 * Running a notebook before it is exported, as `skein run` does.
 * @module
 */
import { resolve } from "node:path";
import type { Document } from "../export/mod.ts";
import { readNotebook } from "./files.ts";
import { endLine, failureText, startLine } from "./progress.ts";
import { logUncaught } from "./rejections.ts";
import { RUN_USAGE, type Terminal } from "./run.ts";
import { runPrepared } from "./run_one.ts";
import { prepare, runOptions } from "./run_options.ts";
import { takeSignals } from "./signals.ts";
import type { Arguments, OptionUsage } from "./usage.ts";

/** The options of `skein run` that say how cells run. */
export const EXECUTE_OPTIONS: Readonly<Record<string, OptionUsage>> = Object
  .fromEntries(
    Object.entries(RUN_USAGE.options).filter(([name]) =>
      /^(?:param|timeout|check|no-language-server|max-.*|allow-.*)$/.test(name)
    ),
  );

/**
 * Runs a notebook.
 *
 * @param notebook Its path.
 * @param args What was typed.
 * @param terminal Where to show what happens.
 * @returns The executed notebook; and 1 if a cell failed, 130 if it was stopped.
 * @throws {UsageError} If something typed or read is wrong.
 */
export async function execute(
  notebook: string,
  args: Arguments,
  terminal: Terminal,
): Promise<{ readonly document: Document; readonly code: number }> {
  const path = resolve(notebook);
  const own = { ...args, operand: notebook };
  const prepared = await prepare(await readNotebook(notebook), own);
  const options = await runOptions(
    own,
    { path, notebook: prepared.notebook },
    terminal,
  );
  const stop = new AbortController();
  using _signals = takeSignals(() => stop.abort());
  using _uncaught = logUncaught(terminal.print);
  const result = await runPrepared(prepared, {
    ...options,
    log: terminal.print,
    signal: stop.signal,
    onStart: (start) => terminal.print(startLine(start), false),
    onEnd: (end) => terminal.print(endLine(end)),
  }, { inputPath: notebook, outputPath: null });
  for (const failure of result.failures) terminal.print(failureText(failure));
  const code = result.stopped ? 130 : result.failures.length === 0 ? 0 : 1;
  return { document: result.notebook, code };
}
