/**
 * Runs a whole notebook through a kernel in memory, without any front end.
 * @module
 */
import { Kernel, type KernelOptions, SKEIN_VERSION } from "../kernel/mod.ts";
import {
  type Cell,
  type CodeCell,
  type Notebook,
  OutputCollector,
} from "../nbformat/mod.ts";
import { readDirectives } from "../nbformat/directives/mod.ts";
import type { ErrorOutput } from "../protocol/mod.ts";
import type { CellTest } from "./cell_tests.ts";
import { CellRun, stopError, withTimeout } from "./cell_run.ts";

/** How to run a notebook. */
export interface RunOptions extends Omit<KernelOptions, "send"> {
  /**
   * Longest time for one cell, in milliseconds; it is interrupted then.
   * @default no limit
   */
  readonly timeoutMs?: number;
  /**
   * Go on after a cell that fails.
   * @default false
   */
  readonly allowErrors?: boolean;
  /** Called when a cell begins. */
  readonly onStart?: (progress: CellStart) => void;
  /** Called when a cell has ended. */
  readonly onEnd?: (progress: CellEnd) => void;
  /** Stops the run at once; what was run until then is kept. */
  readonly signal?: AbortSignal;
}

/** A cell that begins. */
export interface CellStart {
  /** Which of the code cells, 1-based. */
  readonly number: number;
  /** How many code cells there are. */
  readonly total: number;
  /** The cell. */
  readonly cell: CodeCell;
}

/** A cell that has ended. */
export interface CellEnd extends CellStart {
  /** How long it took, in milliseconds. */
  readonly elapsedMs: number;
  /** The cell with its outputs; `cell` is the one before the run. */
  readonly done: CodeCell;
  /** Its error, if it failed or was stopped. */
  readonly error: ErrorOutput | null;
  /** Whether the run was stopped while it ran. */
  readonly stopped: boolean;
  /** The tests that it declares. */
  readonly tests: readonly CellTest[];
}

/** What a run gave. */
export interface RunResult {
  /**
   * The notebook with the outputs of this run, and of no other, but for cells
   * that are not run (`skip-execution`, `eval: false`), which keep theirs.
   */
  readonly notebook: Notebook;
  /** How many cells were run. */
  readonly cells: number;
  /** How many were not, because the run was stopped or a cell failed. */
  readonly notRun: number;
  /** The cells that failed though they were not expected to. */
  readonly failures: readonly CellEnd[];
  /** Whether the signal stopped it. */
  readonly stopped: boolean;
  /** How long the run took, in milliseconds, starting the session included. */
  readonly elapsedMs: number;
}

/**
 * Runs the code cells of a notebook from top to bottom.
 *
 * A cell tagged `skip-execution` is left as it is, as is one that says
 * `eval: false`. One tagged `raises-exception`, or that says `error: true`, may
 * fail; any other that fails stops the run, unless errors are allowed. Output that arrives late still goes to the
 * cell that caused it.
 *
 * @param notebook What to run; it is not changed.
 * @param options How.
 * @returns The executed notebook, and what happened.
 */
export async function runNotebook(
  notebook: Notebook,
  options: RunOptions,
): Promise<RunResult> {
  const startMs = performance.now();
  const { onStart, onEnd, signal, ...kernelOptions } = options;
  const collector = new OutputCollector();
  const cells = notebook.cells.map(withoutOutputs);
  const toRun = cells.flatMap((cell, index) =>
    cell.cell_type === "code" && cell.source.trim() !== "" && !isSkipped(cell)
      ? [{ cell, index }]
      : []
  );
  const runs = new Map<string, CellRun>();
  const kernel = new Kernel({
    ...kernelOptions,
    send: (message) => {
      const run = runs.get(message.parent_header.msg_id as string);
      if (!run) return;
      const told = withTimeout(message, run);
      collector.take(run.index, told);
      run.take(told);
    },
  });
  let closing: Promise<void> | undefined;
  const close = () => closing ??= kernel.close();
  const stop = () => void close();
  signal?.addEventListener("abort", stop, { once: true });

  const ended: CellEnd[] = [];
  try {
    for (const [i, { cell, index }] of toRun.entries()) {
      if (signal?.aborted) break;
      const start = { number: i + 1, total: toRun.length, cell };
      onStart?.(start);
      const run = new CellRun(index, signal);
      runs.set(run.id, run);
      const end = await runCell(kernel, run, { start, collector, options });
      ended.push(end);
      onEnd?.(end);
      if (isFailure(end) && !options.allowErrors) break;
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    // Also when it was stopped: nothing runs any more once this returns.
    await close();
  }
  const shown = new Map(ended.map(({ done, stopped, error }, i) => {
    const { index } = toRun[i]!;
    // Once more, for what arrived after a cell had ended.
    const outputs = collector.of(index);
    return [index, {
      ...done,
      outputs: stopped ? [...outputs, error!] : outputs,
    }];
  }));
  return {
    notebook: {
      ...notebook,
      metadata: { ...DEFAULT_METADATA, ...notebook.metadata },
      cells: cells.map((cell, index) => shown.get(index) ?? cell),
    },
    cells: ended.length,
    notRun: toRun.length - ended.length,
    failures: ended.filter(isFailure),
    stopped: signal?.aborted ?? false,
    elapsedMs: performance.now() - startMs,
  };
}

async function runCell(
  kernel: Kernel,
  run: CellRun,
  { start, collector, options }: {
    readonly start: CellStart;
    readonly collector: OutputCollector;
    readonly options: RunOptions;
  },
): Promise<CellEnd> {
  const startMs = performance.now();
  const ask = (type: string, id: string, content: Record<string, unknown>) =>
    kernel.handle({
      header: { msg_id: id, session: "runner", msg_type: type },
      // As JupyterLab does: a cell may say how it is to be run.
      metadata: start.cell.metadata,
      content,
    }, { channel: type === "execute_request" ? "shell" : "control" });
  const { timeoutMs } = options;
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => {
    run.passedMs = timeoutMs;
    ask("interrupt_request", `${run.id}-interrupt`, {});
  }, Math.min(timeoutMs, MAX_TIMER_MS));
  ask("execute_request", run.id, { code: start.cell.source });
  await run.idle;
  clearTimeout(timer);
  const stopped = options.signal?.aborted === true && !run.ended;
  const elapsedMs = performance.now() - startMs;
  await kernel.checked();

  const outputs = collector.of(run.index);
  const failure = run.failed
    ? outputs.findLast((output) => output.output_type === "error") ?? null
    : null;
  const error = stopped ? stopError(start) : failure;
  return {
    ...start,
    elapsedMs,
    done: { ...start.cell, execution_count: run.executionCount, outputs },
    error,
    stopped,
    tests: run.tests,
  };
}

function isFailure({ error, cell, stopped }: CellEnd): boolean {
  return error !== null && !stopped && !readDirectives(cell).mayFail;
}

/** What an earlier run left must not pass for a result of this one. */
function withoutOutputs(cell: Cell): Cell {
  return cell.cell_type === "code" && !isSkipped(cell)
    ? { ...cell, outputs: [], execution_count: null }
    : cell;
}

/** By tag or option; as in nbclient, who skips a cell keeps what it shows. */
function isSkipped(cell: Cell): boolean {
  return cell.cell_type === "code" && !readDirectives(cell).runs;
}

/** A timer set for longer fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** For notebooks that do not say what runs them. */
const DEFAULT_METADATA = {
  kernelspec: {
    display_name: "TypeScript (Skein)",
    language: "typescript",
    name: "skein",
  },
  language_info: {
    name: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    version: SKEIN_VERSION,
  },
};
