/**
 * Tests a notebook: runs it, and gives one result a cell, a comparison and a
 * test that a cell declares.
 * @module
 */
import type { CodeCell, Notebook } from "../nbformat/mod.ts";
import { type CellEnd, runNotebook, type RunOptions } from "../runner/mod.ts";
import { compareOutputs } from "./compare.ts";
import {
  type CompareMode,
  readRunWishes,
  readUsual,
  readWishes,
  type Wishes,
} from "./wishes.ts";

/** One result. */
export interface TestResult {
  /** What it is: the cell, its outputs, or a test that it declares. */
  readonly kind: "cell" | "outputs" | "test";
  /** Number of the code cell, 1-based. */
  readonly cell: number;
  /** Its name. */
  readonly name: string;
  /** How it went; an `error` is no fault of the cell's own code alone. */
  readonly outcome: "passed" | "failed" | "error" | "skipped";
  /** How long it took; `null` where that is not a time of its own. */
  readonly elapsedMs: number | null;
  /** Why it did not pass. */
  readonly message: string;
  /** More about that. */
  readonly details: string;
}

/** What testing a notebook gave. */
export interface NotebookTest {
  readonly results: readonly TestResult[];
  /** Cells whose outputs differ from the saved ones, with the new ones. */
  readonly changed: ReadonlyMap<string, CodeCell>;
  /** Whether the user stopped it. */
  readonly stopped: boolean;
}

/** How a notebook is tested. */
export interface NotebookTestOptions extends RunOptions {
  /** Whether only cells that ask for it are compared. @default false */
  readonly isLax?: boolean;
  /** Told when a cell has ended. */
  readonly onCell?: (done: number, total: number) => void;
}

/**
 * Tests a notebook.
 *
 * A cell that fails does not keep the next ones from running; one that takes too
 * long, or ends its session, does: they are `skipped`, since what they rely on
 * is not there.
 *
 * @param notebook The notebook.
 * @param options How.
 * @throws {TypeError} If it says in a wrong way how it is to be compared.
 */
export async function testNotebook(
  notebook: Notebook,
  { isLax = false, onCell, ...options }: NotebookTestOptions,
): Promise<NotebookTest> {
  const usual = readUsual(notebook, isLax);
  const { timeoutMs, allowErrors } = readRunWishes(notebook);
  const cells = notebook.cells.flatMap((cell, index): Plan[] =>
    cell.cell_type === "code" && cell.source.trim() !== ""
      ? [plan(cell, { index, usual, allowErrors })]
      : []
  );
  const stop = new AbortController();
  const outer = () => stop.abort();
  options.signal?.addEventListener("abort", outer);
  if (options.signal?.aborted) stop.abort();
  const ends = new Map<string, CellEnd>();
  let broken: CellEnd | null = null;
  const { notebook: after } = await runNotebook(withSkips(notebook, cells), {
    ...options,
    ...timeoutMs === null ? {} : { timeoutMs },
    allowErrors: true,
    signal: stop.signal,
    onEnd: (end) => {
      ends.set(end.cell.id, end);
      onCell?.(end.number, end.total);
      if (BREAKING.has(end.error?.ename ?? "")) {
        broken = end;
        stop.abort();
      }
    },
  }).finally(() => options.signal?.removeEventListener("abort", outer));
  const changed = new Map<string, CodeCell>();
  const outputsNow = new Map(after.cells.map((cell) => [cell.id, cell]));
  const results = cells.flatMap((one, at): TestResult[] => {
    const end = ends.get(one.cell.id);
    const number = at + 1;
    if (!one.wishes.runs) return [skipped(one, number, "the cell says so")];
    if (end === undefined) {
      return [skipped(one, number, whyNotRun(broken, cells))];
    }
    const done = outputsNow.get(one.cell.id) as CodeCell;
    const compared = compare(one, { end, done, number });
    if (compared?.outcome === "failed") changed.set(one.cell.id, done);
    return [
      ran(one, end, number),
      ...compared === null ? [] : [compared],
      ...end.tests.map((test): TestResult => ({
        kind: "test",
        cell: number,
        name: `${nameOf(one.cell, number)} > ${test.name}`,
        outcome: OUTCOMES[test.outcome],
        elapsedMs: test.elapsedMs,
        message: test.message,
        details: test.message,
      })),
    ];
  });
  return { results, changed, stopped: options.signal?.aborted ?? false };
}

/** What is to be done with a cell. */
interface Plan {
  readonly cell: CodeCell;
  readonly wishes: Wishes;
}

function plan(
  cell: CodeCell,
  { index, usual, allowErrors }: {
    readonly index: number;
    readonly usual: CompareMode;
    readonly allowErrors: boolean;
  },
): Plan {
  try {
    const wishes = readWishes(cell, usual);
    return {
      cell,
      wishes: { ...wishes, mayFail: wishes.mayFail || allowErrors },
    };
  } catch (error) {
    throw new TypeError(`cell ${index + 1}: ${(error as Error).message}`);
  }
}

/** Who is not run keeps its outputs, whoever says so. */
function withSkips(notebook: Notebook, cells: readonly Plan[]): Notebook {
  const skips = new Set(
    cells.filter(({ wishes }) => !wishes.runs).map(({ cell }) => cell.id),
  );
  return {
    ...notebook,
    cells: notebook.cells.map((cell) => {
      if (!skips.has(cell.id)) return cell;
      const tags = Array.isArray(cell.metadata.tags) ? cell.metadata.tags : [];
      const metadata = { ...cell.metadata, tags: [...tags, "skip-execution"] };
      return { ...cell, metadata };
    }),
  };
}

function ran({ cell, wishes }: Plan, end: CellEnd, number: number): TestResult {
  const { error, elapsedMs } = end;
  const isWrong = hasFailed(end, wishes);
  const isBroken = BREAKING.has(error?.ename ?? "");
  return {
    kind: "cell",
    cell: number,
    name: nameOf(cell, number),
    outcome: isBroken ? "error" : isWrong ? "failed" : "passed",
    elapsedMs,
    message: isWrong ? `${error!.ename}: ${error!.evalue}` : "",
    details: isWrong ? error!.traceback.join("\n") : "",
  };
}

/** That a cell may fail does not hold for what ends its session. */
function hasFailed({ error }: CellEnd, { mayFail }: Wishes): boolean {
  return error !== null && (!mayFail || BREAKING.has(error.ename));
}

/** Compares what was saved, if it was, unless the cell itself has failed. */
function compare(
  { cell, wishes }: Plan,
  { end, done, number }: {
    readonly end: CellEnd;
    readonly done: CodeCell;
    readonly number: number;
  },
): TestResult | null {
  if (wishes.compare.type === "ignore" || hasFailed(end, wishes)) return null;
  const isSaved = cell.outputs.length > 0 || cell.execution_count !== null;
  if (!isSaved && !wishes.isExplicit) return null;
  const differences = compareOutputs(
    cell.outputs,
    done.outputs,
    wishes.compare,
  );
  return {
    kind: "outputs",
    cell: number,
    name: `${nameOf(cell, number)} · outputs`,
    outcome: differences.length === 0 ? "passed" : "failed",
    elapsedMs: null,
    message: differences[0]?.split("\n")[0] ?? "",
    details: differences.join("\n"),
  };
}

function skipped(
  { cell }: Plan,
  number: number,
  message: string,
): TestResult {
  return {
    kind: "cell",
    cell: number,
    name: nameOf(cell, number),
    outcome: "skipped",
    elapsedMs: null,
    message,
    details: message,
  };
}

function whyNotRun(broken: CellEnd | null, cells: readonly Plan[]): string {
  if (broken === null) return "the run was stopped";
  const number = cells.findIndex(({ cell }) => cell.id === broken.cell.id) + 1;
  return broken.error?.ename === "TimeoutError"
    ? `cell ${number} timed out`
    : `cell ${number} ended the session`;
}

function nameOf({ source }: CodeCell, number: number): string {
  const line = source.split("\n").map((one) => one.trim())
    .find((one) => one !== "") ?? "";
  const shown = [...line.replace(/^\/\/\s*/, "").replace(/\p{Cc}/gu, " ")];
  return `cell ${number} · ${
    shown.length > MAX_NAME
      ? `${shown.slice(0, MAX_NAME - 1).join("")}…`
      : shown.join("")
  }`;
}

/** After these, variables are missing or the session hangs. */
const BREAKING: ReadonlySet<string> = new Set(["TimeoutError", "SessionEnded"]);
const OUTCOMES = {
  ok: "passed",
  failed: "failed",
  ignored: "skipped",
} as const;
const MAX_NAME = 50;
