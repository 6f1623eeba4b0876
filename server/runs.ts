/**
 * What runs in a notebook and what waits: the queue between pages and a kernel.
 *
 * Pure: requests and messages in, the next state out. A cell is given to the
 * kernel when the one before has ended, so one that waits can be taken out.
 * @module
 */
import type { OutgoingMessage } from "../protocol/mod.ts";

/** A run of a cell that waits or runs. */
export interface Run {
  readonly executionId: string;
  readonly cellId: string;
  /** The source as it was when the run was asked for. */
  readonly source: string;
  /** Version of the cell's text then. */
  readonly textVersion: number;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** When it began, milliseconds of the server's clock; null while it waits. */
  readonly startedMs: number | null;
  /** Sent to the kernel by another front end, which alone can take it back. */
  readonly isForeign?: boolean;
}

/** How a cell's last run ended. */
export interface Ran {
  /** Which run of the notebook it was, counted from 1. */
  readonly order: number;
  /** Which session ran it, counted from 1. */
  readonly session: number;
  readonly textVersion: number;
  readonly elapsedMs: number;
  readonly status: "ok" | "error" | "interrupted" | "not-run";
  /** Whether another front end ran it. */
  readonly isForeign?: boolean;
}

/** Everything about runs. */
export interface RunState {
  readonly queue: readonly Run[];
  readonly ran: ReadonlyMap<string, Ran>;
  readonly session: number;
  readonly count: number;
  /** Executions that have ended, whose late output still belongs to a cell. */
  readonly cellOf: ReadonlyMap<string, string>;
}

/** Nothing has run. */
export const NO_RUNS: RunState = {
  queue: [],
  ran: new Map(),
  session: 1,
  count: 0,
  cellOf: new Map(),
};

/** Adds runs at the end; a cell that waits already waits once. */
export function enqueue(state: RunState, runs: readonly Run[]): RunState {
  const fresh = runs.filter(({ cellId }) =>
    !state.queue.some((run) => run.cellId === cellId && run.startedMs === null)
  );
  return { ...state, queue: [...state.queue, ...fresh] };
}

/** Begins the first run, if nothing runs. */
export function beginNext(
  state: RunState,
  nowMs: number,
): { readonly state: RunState; readonly run: Run | null } {
  const [first, ...rest] = state.queue;
  if (first === undefined || first.startedMs !== null || first.isForeign) {
    return { state, run: null };
  }
  const run = { ...first, startedMs: nowMs };
  const cellOf = remember(state.cellOf, run);
  return { state: { ...state, queue: [run, ...rest], cellOf }, run };
}

/** Adds a run that the kernel has from another front end already. */
export function follow(
  state: RunState,
  run: Omit<Run, "startedMs" | "isForeign">,
): RunState {
  const cellOf = remember(state.cellOf, run);
  // The kernel has at most one of ours, which is the first.
  const at = state.queue.findIndex((one) => !isSent(one));
  const queue = state.queue.toSpliced(
    at < 0 ? state.queue.length : at,
    0,
    { ...run, startedMs: null, isForeign: true },
  );
  return { ...state, queue, cellOf };
}

/** Notes that a run of another front end has begun. */
export function begin(
  state: RunState,
  executionId: string,
  nowMs: number,
): RunState {
  const isIt = (run: Run) =>
    run.executionId === executionId && run.isForeign === true &&
    run.startedMs === null;
  if (!state.queue.some(isIt)) return state;
  const queue = state.queue.map((run) =>
    isIt(run) ? { ...run, startedMs: nowMs } : run
  );
  return { ...state, queue };
}

/** Takes a cell out that waits. */
export function cancel(state: RunState, cellId: string): RunState {
  const queue = state.queue.filter((run) =>
    run.cellId !== cellId || isSent(run)
  );
  return { ...state, queue };
}

/** Ends a run; after one that failed, those that wait are not run. */
export function endRun(
  state: RunState,
  executionId: string,
  { nowMs, status }: { readonly nowMs: number; readonly status: Ran["status"] },
): RunState {
  const run = state.queue.find((one) => one.executionId === executionId);
  if (run === undefined) return state;
  const count = state.count + 1;
  const ran = new Map(state.ran).set(run.cellId, {
    order: count,
    session: state.session,
    textVersion: run.textVersion,
    elapsedMs: run.startedMs === null ? 0 : nowMs - run.startedMs,
    status,
    ...run.isForeign ? { isForeign: true } : {},
  });
  const rest = state.queue.filter((one) => one !== run);
  if (status === "ok") return { ...state, queue: rest, ran, count };
  for (const { cellId, textVersion, isForeign } of rest) {
    // Of these the kernel tells how they end.
    if (isForeign) continue;
    const { session } = state;
    ran.set(cellId, {
      order: count,
      session,
      textVersion,
      elapsedMs: 0,
      status: "not-run",
    });
  }
  const queue = rest.filter(({ isForeign }) => isForeign);
  return { ...state, queue, ran, count };
}

/** A new session: what ran before has no variables any more. */
export function newSession(state: RunState): RunState {
  return { ...state, queue: [], session: state.session + 1 };
}

/** Reads how a run ended from the kernel's reply. */
export function statusOf({ content }: OutgoingMessage): Ran["status"] {
  if (content.status === "ok") return "ok";
  if (content.status === "aborted") return "not-run";
  return content.ename === "KeyboardInterrupt" ? "interrupted" : "error";
}

function isSent({ startedMs, isForeign }: Run): boolean {
  return startedMs !== null || isForeign === true;
}

function remember(
  known: RunState["cellOf"],
  { executionId, cellId }: Pick<Run, "executionId" | "cellId">,
): RunState["cellOf"] {
  const cellOf = new Map(known).set(executionId, cellId);
  // A later run of a cell takes its place: what an earlier one says late is lost to nobody.
  if (cellOf.size > MAX_KNOWN) cellOf.delete(cellOf.keys().next().value!);
  return cellOf;
}

/** What pages are told of the queue. */
export function showRuns(
  { queue }: RunState,
  nowMs: number,
): { readonly cellId: string; readonly elapsedMs: number | null }[] {
  return queue.map(({ cellId, startedMs }) => ({
    cellId,
    elapsedMs: startedMs === null ? null : nowMs - startedMs,
  }));
}

/** Says what an interrupt did. */
export function wordInterrupt(
  status: Ran["status"],
  afterMs: number,
): string | null {
  if (status === "interrupted") {
    return `Interrupted after ${Math.round(afterMs)} ms; variables are kept`;
  }
  return status === "ok"
    ? "The cell ended by itself before the interrupt reached it"
    : null;
}

const MAX_KNOWN = 10_000;
