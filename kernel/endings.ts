/**
 * How executions end: by themselves, interrupted, or with their session. Pure.
 * @module
 */
import type { SessionExit } from "../protocol/mod.ts";
import {
  abort,
  beginNext,
  isRunning,
  listRunning,
  shellOf,
  withShell,
} from "./shells.ts";
import { fail, printRest, printText, then } from "./show.ts";
import {
  type Decision,
  type FailureContent,
  type KernelState,
  publishStatus,
} from "./state.ts";

/**
 * Answers a running execution, and begins the next one of its shell.
 *
 * @param decision What was decided so far.
 * @param executionId The execution.
 */
export function end(
  { state, actions }: Decision,
  executionId: string,
): Decision {
  const execution = state.executions.get(executionId)!;
  if (!isRunning(state, execution)) return { state, actions };
  if (state.listening.has(executionId)) {
    const listening = new Set(state.listening);
    listening.delete(executionId);
    const idle = publishStatus(execution.request.header, "idle");
    return { state: { ...state, listening }, actions: [...actions, idle] };
  }
  const { request, failure, executionCount } = execution;
  const content = failure === null
    ? {
      status: "ok",
      execution_count: executionCount,
      user_expressions: execution.expressions,
      payload: execution.payload,
    }
    : { status: "error", execution_count: executionCount, ...failure };
  const shellId = shellOf(request);
  const { queue } = state.shells.get(shellId)!;
  const aborts = failure !== null && request.content.stop_on_error;
  const next = beginNext(
    withShell(
      { ...state, asking: state.asking === executionId ? null : state.asking },
      shellId,
      { running: null, queue: aborts ? [] : queue },
    ),
    shellId,
  );
  return {
    state: next.state,
    actions: [
      ...actions,
      { type: "reply", asker: request, messageType: "execute_reply", content },
      publishStatus(request.header, "idle"),
      ...aborts ? abort(queue, state.executionCount) : [],
      ...next.actions,
    ],
  };
}

/**
 * Shows what is left of an execution, and ends it.
 *
 * @param state What is known.
 * @param executionId The execution.
 * @param failure What ended it, unless it has ended by itself.
 */
export function endWith(
  state: KernelState,
  executionId: string,
  failure: FailureContent | null,
): Decision {
  const rest = printRest(state, state.executions.get(executionId)!);
  const shown = failure === null ? rest : then(
    rest,
    (now) => fail(now, now.executions.get(executionId)!, failure),
  );
  return end(shown, executionId);
}

/**
 * Ends the running executions that the session does not have yet.
 *
 * @param state What is known.
 */
export function endUnsent(state: KernelState): Decision {
  let decision: Decision = { state, actions: [] };
  for (const id of listRunning(state)) {
    const execution = state.executions.get(id)!;
    if (execution.isSent) continue;
    decision = then(
      decision,
      (now) => end(fail(now, execution, INTERRUPTED), id),
    );
  }
  return decision;
}

/**
 * Answers for the executions whose session has gone.
 *
 * @param state What is known.
 * @param exit Why it has gone.
 */
export function onSessionEnded(
  state: KernelState,
  exit: SessionExit,
): Decision {
  const gone: KernelState = { ...state, asking: null, comms: new Map() };
  if (exit.type === "closed") return { state: gone, actions: [] };
  const note = `${exit.message}. The next cell starts a new session.`;
  const running = listRunning(state);
  const latest = state.executions.get(String(state.begun));
  if (running.length === 0) {
    const text = `The session has ended: ${note}\n`;
    return latest === undefined
      ? { state: gone, actions: [] }
      : printText(gone, latest, { name: "stderr", text });
  }
  const failure: FailureContent = {
    ename: "SessionEnded",
    evalue: note,
    traceback: [`\x1b[1;31mSessionEnded\x1b[0m: ${note}`],
  };
  let decision: Decision = { state: gone, actions: [] };
  for (const id of running) {
    decision = then(decision, (now) => endWith(now, id, failure));
  }
  return decision;
}

/** What an interrupted cell shows. */
export const INTERRUPTED: FailureContent = {
  ename: "KeyboardInterrupt",
  evalue: "the cell was interrupted",
  traceback: [
    "\x1b[1;31mKeyboardInterrupt\x1b[0m: the cell was interrupted; what it had set is kept",
  ],
};
