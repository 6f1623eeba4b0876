/**
 * `skein run` of several notebooks, some at a time.
 * @module
 */
import { basename, extname, join, resolve } from "node:path";
import { inParallel } from "../runner/mod.ts";
import { readJobs } from "./exam_options.ts";
import { textFormatOf } from "../nbformat/mod.ts";
import { readNotebook, readText } from "./files.ts";
import { liveLines, type RunningNotebook } from "./live.ts";
import { failureText, firstLine } from "./progress.ts";
import { quote } from "./quote.ts";
import { logUncaught } from "./rejections.ts";
import { choosePlace, writeResults } from "./results.ts";
import type { Terminal } from "./run.ts";
import {
  EXIT_STOPPED,
  PIPE_WAIT_MS,
  runPrepared,
  SUPERSEDED,
} from "./run_one.ts";
import { prepare, runOptions } from "./run_options.ts";
import { checkPage } from "./same_file.ts";
import { type Arguments, UsageError } from "./usage.ts";

/** Where one notebook is, and where it goes. */
interface Paths {
  readonly input: string;
  readonly output: string | undefined;
  readonly html: string | undefined;
}

/**
 * Runs notebooks, some at a time. One that can not be run, or fails, does not
 * keep the others from running.
 *
 * @param args What was typed.
 * @param terminal Where to show how far they are.
 * @param signal Stops them.
 * @returns The exit code: 1 if one has failed or could not be run.
 * @throws {UsageError} If what was typed holds for none of them.
 */
export async function runMany(
  args: Arguments,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const jobs = readJobs(args, "run");
  const all = choosePaths(args);
  const readied: (() => Promise<boolean>)[] = [];
  const view = new View(terminal, all.length);
  using _uncaught = logUncaught((line) => view.print(line));
  let failed = 0;
  for (const paths of all) {
    try {
      // Whoever is to be asked something is asked before the first one runs.
      readied.push(await ready(paths, args, { terminal, view, signal }));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      view.end(paths.input, false);
      view.print(`✗ ${paths.input}  ${error.message}`);
      failed++;
    }
  }
  view.start();
  try {
    await inParallel(readied, jobs, async (runIt) => {
      if (signal.aborted || !await runIt()) failed++;
    });
  } finally {
    view.stop();
  }
  if (signal.reason === SUPERSEDED) return EXIT_STOPPED;
  terminal.print(
    `\n${all.length} notebooks: ${all.length - failed} ran to their end${
      failed === 0 ? "" : `, ${failed} did not`
    }`,
  );
  if (signal.aborted) return EXIT_STOPPED;
  return failed === 0 ? 0 : 1;
}

function choosePaths({ operands, values }: Arguments): readonly Paths[] {
  const inputs = [...new Set(operands)];
  const place = (folder: string | undefined, input: string, end: string) =>
    folder === undefined
      ? undefined
      : join(folder, basename(input, extname(input)) + end);
  const all = inputs.map((input) => ({
    input,
    output: place(
      values.output,
      input,
      textFormatOf(input) === undefined ? extname(input) : ".ipynb",
    ),
    html: place(values.html, input, ".html"),
  }));
  for (const key of ["output", "html"] as const) {
    const taken = all.map((one) => one[key]).filter((path) =>
      path !== undefined
    );
    const twice = taken.find((path, at) => taken.indexOf(path) < at);
    if (twice !== undefined) {
      throw new UsageError(
        `Cannot run: two notebooks would be written to ${
          quote(twice)
        }, expected names that differ`,
      );
    }
  }
  return all;
}

/** Checks all that can be checked before a run; gives what runs it. */
async function ready(
  { input, output, html }: Paths,
  args: Arguments,
  { terminal, view, signal }: {
    readonly terminal: Terminal;
    readonly view: View;
    readonly signal: AbortSignal;
  },
): Promise<() => Promise<boolean>> {
  const own = { ...args, operand: input };
  const path = resolve(input);
  const text = await readText(input);
  const prepared = await prepare(await readNotebook(input, text), own);
  if (html !== undefined) await checkPage(html, [path, output ?? path]);
  const file = { path, notebook: prepared.notebook };
  const options = await runOptions(own, file, terminal);
  return async () => {
    view.begin(input);
    const result = await runPrepared(prepared, {
      ...options,
      log: (line) => view.print(line),
      signal,
      onStart: ({ number, total, cell }) =>
        view.cell(input, { number, total, source: firstLine(cell.source) }),
    }, { inputPath: input, outputPath: output ?? null });
    const { cells, failures, elapsedMs, stopped } = result;
    if (signal.reason === SUPERSEDED) return false;
    const isRight = failures.length === 0 && !stopped;
    view.end(input, isRight);
    view.print(
      `${isRight ? "✓" : "✗"} ${input}  ${cells} cells, ${
        (elapsedMs / 1000).toFixed(1)
      } s${stopped ? ", stopped" : ""}`,
    );
    for (const failure of failures) view.print(failureText(failure));
    try {
      const quiet = { ...terminal, print: (line: string) => view.print(line) };
      await writeResults(result, {
        output: output && await choosePlace(output, { path, text }, quiet),
        html,
        path,
        trusted: args.flags.has("trust"),
        signal: signal.aborted ? AbortSignal.timeout(PIPE_WAIT_MS) : undefined,
      });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      view.print(error.message);
      return false;
    }
    return isRight;
  };
}

/** Live lines on a terminal, plain ones elsewhere. */
class View {
  readonly #terminal: Terminal;
  readonly #running = new Map<string, RunningNotebook>();
  readonly #total: number;
  #done = 0;
  #failed = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(terminal: Terminal, total: number) {
    this.#terminal = terminal;
    this.#total = total;
  }

  /** Begins to draw. */
  start(): void {
    if (this.#terminal.live === undefined) return;
    this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
  }

  /** Draws no more. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#terminal.live?.([]);
  }

  /** Prints a line that stays. */
  print(line: string): void {
    this.#terminal.live?.([]);
    this.#terminal.print(line);
    if (this.#timer !== undefined) this.#draw();
  }

  begin(path: string): void {
    const startMs = performance.now();
    this.#running.set(path, { path, startMs, number: 0, total: 0, source: "" });
  }

  cell(
    path: string,
    cell: Pick<RunningNotebook, "number" | "total" | "source">,
  ): void {
    const one = this.#running.get(path);
    if (one !== undefined) this.#running.set(path, { ...one, ...cell });
  }

  end(path: string, isRight: boolean): void {
    this.#running.delete(path);
    this.#done++;
    if (!isRight) this.#failed++;
  }

  #draw(): void {
    const overall = {
      done: this.#done,
      failed: this.#failed,
      total: this.#total,
    };
    this.#terminal.live?.(
      liveLines([...this.#running.values()], overall, {
        nowMs: performance.now(),
        columns: this.#terminal.columns?.() ?? 80,
      }),
    );
  }
}

const REDRAW_MS = 100;
