/**
 * Shells: queues of cells, of which one runs at a time. Pure.
 *
 * There is the main shell, and there are subshells that front ends make. How
 * an execution goes on is in `executions.ts`, how it ends in `endings.ts`.
 * @module
 */
import {
  type Action,
  type Decision,
  type ExecuteRequest,
  type Execution,
  IDLE_SHELL,
  type KernelState,
  MAIN_SHELL,
  publish,
  publishStatus,
  type Shell,
} from "./state.ts";
import { FULL_BUDGET } from "./text_budget.ts";
import { NOTHING_SHOWN } from "./value_budget.ts";

/**
 * Begins the next execution of a shell, if none runs there and a cell waits.
 *
 * @param state What is known.
 * @param shellId The shell.
 */
export function beginNext(state: KernelState, shellId: string): Decision {
  const shell = state.shells.get(shellId) ?? IDLE_SHELL;
  const [request, ...queue] = shell.queue;
  if (shell.running !== null || request === undefined) {
    return { state, actions: [] };
  }
  const { code, silent, user_expressions } = request.content;
  const isKept = isStored(request);
  const executionCount = state.executionCount + (isKept ? 1 : 0);
  const begun = state.begun + 1;
  const executionId = String(begun);
  const name = isKept ? `cell_${executionCount}.ts` : `cell_silent_${begun}.ts`;
  const execution: Execution = {
    executionId,
    request,
    executionCount,
    budget: FULL_BUDGET,
    values: NOTHING_SHOWN,
    isSent: false,
    failure: null,
    payload: [],
    expressions: {},
  };
  const input = { code, execution_count: executionCount };
  const expressions = user_expressions ?? {};
  return {
    state: {
      ...withShell(state, shellId, { queue, running: executionId }),
      begun,
      executionCount,
      executions: state.executions.with(executionId, execution),
    },
    actions: [
      publishStatus(request.header, "busy"),
      ...silent ? [] : [publish(request.header, "execute_input", input)],
      ...isKept
        ? [{ type: "keep-source" as const, line: executionCount, source: code }]
        : [],
      {
        type: "translate",
        executionId,
        name,
        code,
        expressions,
        checkWord: readCheckWord(request),
        isSilent: silent,
      },
    ],
  };
}

/**
 * Answers cells that will not run.
 *
 * @param requests The cells.
 * @param executionCount The number last shown: front ends want one.
 */
export function abort(
  requests: readonly ExecuteRequest[],
  executionCount: number,
): Action[] {
  return requests.flatMap((request) => [
    publishStatus(request.header, "busy"),
    {
      type: "reply",
      asker: request,
      messageType: "execute_reply",
      content: { status: "aborted", execution_count: executionCount },
    },
    publishStatus(request.header, "idle"),
  ]);
}

/**
 * The shell that a request belongs to.
 *
 * @param request The request.
 */
export function shellOf({ header }: ExecuteRequest): string {
  return header.subshell_id ?? MAIN_SHELL;
}

/**
 * The executions that run now.
 *
 * @param state What is known.
 */
export function listRunning({ shells, listening }: KernelState): string[] {
  const cells = [...shells.values()].flatMap(({ running }) => running ?? []);
  return [...cells, ...listening];
}

/**
 * Tells whether an execution has not been answered for.
 *
 * @param state What is known.
 * @param execution The execution.
 */
export function isRunning(state: KernelState, execution: Execution): boolean {
  if (state.listening.has(execution.executionId)) return true;
  const shell = state.shells.get(shellOf(execution.request));
  return shell?.running === execution.executionId;
}

/**
 * Keeps what has changed about a shell.
 *
 * @param state What was known.
 * @param shellId The shell.
 * @param shell What it is now.
 */
export function withShell(
  state: KernelState,
  shellId: string,
  shell: Shell,
): KernelState {
  return { ...state, shells: new Map(state.shells).set(shellId, shell) };
}

/** JupyterLab sends the cell's metadata with it. */
function readCheckWord({ metadata }: ExecuteRequest): unknown {
  return (metadata.skein as { check?: unknown } | null | undefined)?.check;
}

/**
 * Tells whether a cell counts, and is kept in the history.
 *
 * @param request The request to run it.
 */
export function isStored({ content }: ExecuteRequest): boolean {
  return !content.silent && content.store_history !== false;
}
