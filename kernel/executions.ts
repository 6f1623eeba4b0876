/**
 * The life of executions: begun, translated, evaluated, answered. Pure.
 * @module
 */
import type { CellSyntaxError } from "../language/mod.ts";
import type { SessionEvent, SessionExit } from "../protocol/mod.ts";
import {
  type Action,
  type Decision,
  type ExecuteRequest,
  type Execution,
  type FailureContent,
  type KernelEvent,
  type KernelState,
  publish,
  publishStatus,
} from "./state.ts";
import { fail, output, printRest, printText } from "./show.ts";
import { FULL_BUDGET } from "./text_budget.ts";
import { describeError, type FrameTools } from "./traceback.ts";

/**
 * Begins the next execution, if none runs and a cell waits.
 *
 * @param state What is known.
 */
export function beginNext(state: KernelState): Decision {
  const [request, ...queue] = state.queue;
  if (state.running !== null || request === undefined) {
    return { state, actions: [] };
  }
  const { code, silent } = request.content;
  const counts = isStored(request);
  const executionCount = state.executionCount + (counts ? 1 : 0);
  const begun = state.begun + 1;
  const executionId = String(begun);
  const name = counts ? `cell_${executionCount}.ts` : `cell_silent_${begun}.ts`;
  const execution: Execution = {
    executionId,
    request,
    executionCount,
    budget: FULL_BUDGET,
    failure: null,
  };
  const input = { code, execution_count: executionCount };
  return {
    state: {
      ...state,
      queue,
      begun,
      executionCount,
      running: executionId,
      executions: new Map(state.executions).set(executionId, execution),
    },
    actions: [
      publishStatus(request.header, "busy"),
      ...silent ? [] : [publish(request.header, "execute_input", input)],
      { type: "translate", executionId, name, code },
    ],
  };
}

/**
 * Goes on with a cell whose source was translated, or could not be.
 *
 * @param state What is known.
 * @param event The translation.
 * @param tools For the code frame of a syntax error.
 */
export function onTranslated(
  state: KernelState,
  event: Extract<KernelEvent, { type: "translated" }>,
  tools: FrameTools,
): Decision {
  const { executionId, name, result } = event;
  const execution = state.executions.get(executionId);
  // An interrupt or the end of the session came first.
  if (execution === undefined || state.running !== executionId) {
    return { state, actions: [] };
  }
  const source = execution.request.content.code;
  const label = isStored(execution.request)
    ? `Cell [${execution.executionCount}]`
    : "Silent cell";
  if (result.type === "syntax-error") {
    const failure = syntaxFailure(result, { label, source }, tools);
    return end(fail(state, execution, failure), executionId);
  }
  const { hoisted, body, shifts } = result;
  return {
    state: {
      ...state,
      scripts: new Map(state.scripts).set(name, { label, source, shifts }),
    },
    actions: [{
      type: "execute",
      executable: { executionId, name, hoisted, body },
    }],
  };
}

/**
 * Takes what the session tells.
 *
 * @param state What is known.
 * @param event What it tells.
 * @param tools For the traceback of an error.
 */
export function onSessionEvent(
  state: KernelState,
  event: SessionEvent,
  tools: FrameTools,
): Decision {
  if (!("executionId" in event)) return { state, actions: [] };
  const execution = state.executions.get(event.executionId);
  if (execution === undefined) return { state, actions: [] };
  const show = (type: string, content: Record<string, unknown>): Decision => ({
    state,
    actions: output(execution, type, content),
  });
  switch (event.type) {
    case "stream":
      return printText(state, execution, event);
    case "display":
      return show(event.update ? "update_display_data" : "display_data", {
        data: event.data,
        metadata: event.metadata,
        transient: event.displayId === undefined
          ? {}
          : { display_id: event.displayId },
      });
    case "clear":
      return show("clear_output", { wait: event.wait });
    case "result":
      return show("execute_result", {
        execution_count: execution.executionCount,
        data: event.data,
        metadata: event.metadata,
      });
    case "error": {
      const failure = describeError(event.report, {
        scripts: state.scripts,
        tools,
      });
      if (!event.background) return fail(state, execution, failure);
      // The cell has been answered: its error can only be shown.
      const text = ["Error in the background", ...failure.traceback, ""];
      return printText(state, execution, {
        name: "stderr",
        text: text.join("\n"),
      });
    }
    case "done": {
      const { state: shown, actions } = printRest(state, execution);
      const failed = event.outcome === "interrupted"
        ? fail(shown, shown.executions.get(event.executionId)!, INTERRUPTED)
        : { state: shown, actions: [] };
      return end(
        { ...failed, actions: [...actions, ...failed.actions] },
        event.executionId,
      );
    }
    case "started":
      return { state, actions: [] };
    default:
      event satisfies never;
      return { state, actions: [] };
  }
}

/**
 * Answers for the execution whose session has gone.
 *
 * @param state What is known.
 * @param exit Why it has gone.
 */
export function onSessionEnded(
  state: KernelState,
  exit: SessionExit,
): Decision {
  const id = state.running ?? String(state.begun);
  const execution = state.executions.get(id);
  if (execution === undefined || exit.type === "closed") {
    return { state, actions: [] };
  }
  const note = `${exit.message}. The next cell starts a new session.`;
  if (state.running === null) {
    const text = `The session has ended: ${note}\n`;
    return printText(state, execution, { name: "stderr", text });
  }
  const failure: FailureContent = {
    ename: "SessionEnded",
    evalue: note,
    traceback: [`\x1b[1;31mSessionEnded\x1b[0m: ${note}`],
  };
  const { state: shown, actions } = printRest(state, execution);
  const failed = fail(shown, shown.executions.get(id)!, failure);
  return end({ ...failed, actions: [...actions, ...failed.actions] }, id);
}

/**
 * Answers cells that will not run.
 *
 * @param requests The cells.
 */
export function abort(requests: readonly ExecuteRequest[]): Action[] {
  return requests.flatMap((request) => [
    publishStatus(request.header, "busy"),
    {
      type: "reply",
      asker: request,
      messageType: "execute_reply",
      content: { status: "aborted" },
    },
    publishStatus(request.header, "idle"),
  ]);
}

/** Answers the running execution, and begins the next one. */
function end(decision: Decision, executionId: string): Decision {
  const execution = decision.state.executions.get(executionId)!;
  if (decision.state.running !== executionId) return decision;
  const { request, failure, executionCount } = execution;
  const content = failure === null
    ? {
      status: "ok",
      execution_count: executionCount,
      user_expressions: {},
      payload: [],
    }
    : { status: "error", execution_count: executionCount, ...failure };
  const aborts = failure !== null && request.content.stop_on_error;
  const next = beginNext({
    ...decision.state,
    running: null,
    queue: aborts ? [] : decision.state.queue,
  });
  return {
    state: next.state,
    actions: [
      ...decision.actions,
      { type: "reply", asker: request, messageType: "execute_reply", content },
      publishStatus(request.header, "idle"),
      ...aborts ? abort(decision.state.queue) : [],
      ...next.actions,
    ],
  };
}

function isStored({ content }: ExecuteRequest): boolean {
  return !content.silent && content.store_history !== false;
}

function syntaxFailure(
  error: CellSyntaxError,
  { label, source }: { readonly label: string; readonly source: string },
  tools: FrameTools,
): FailureContent {
  const { message, line, column, endColumn } = error;
  const options = endColumn === undefined ? {} : { endColumn };
  return {
    ename: "SyntaxError",
    evalue: message,
    traceback: [
      `\x1b[1;31mSyntaxError\x1b[0m: ${message}`,
      `${label}, line ${line}, column ${column}`,
      ...tools.codeFrame(source, line, column, options),
    ],
  };
}

const INTERRUPTED: FailureContent = {
  ename: "KeyboardInterrupt",
  evalue: "the cell was interrupted",
  traceback: [
    "\x1b[1;31mKeyboardInterrupt\x1b[0m: the cell was interrupted; what it had set is kept",
  ],
};
