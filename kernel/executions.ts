/**
 * How executions go on: translated, then evaluated by the session, which tells
 * what they do. Pure.
 *
 * @module
 */
import type { CellSyntaxError } from "../language/mod.ts";
import type { SessionEvent } from "../protocol/mod.ts";
import { onBroadcast } from "./broadcast.ts";
import { end, endWith, INTERRUPTED } from "./endings.ts";
import {
  askInput,
  keepExpressions,
  sayInComm,
  splitExpressions,
} from "./session_talk.ts";
import { withText } from "./plain_text.ts";
import { isRunning, isStored } from "./shells.ts";
import { fail, output, printText, showValue, withExecution } from "./show.ts";
import type {
  Action,
  Decision,
  FailureContent,
  KernelEvent,
  KernelState,
} from "./state.ts";
import { describeError, type FrameTools } from "./traceback.ts";
import { sizeOf } from "./value_budget.ts";
import { typeFailure, uncheckedText, warnOfTypes } from "./type_problems.ts";

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
  if (execution === undefined || !isRunning(state, execution)) {
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
  const { problems } = event;
  if (typeof problems !== "string" && problems.length > 0) {
    const failure = typeFailure(problems, { label, source }, tools);
    return end(fail(state, execution, failure), executionId);
  }
  const { hoisted, body, shifts } = result;
  const { bodies, failures } = splitExpressions(event.expressions);
  const sent = { ...execution, isSent: true, expressions: failures };
  const noted = typeof problems === "string"
    ? printText(state, sent, {
      name: "stderr",
      text: uncheckedText(label, problems),
    })
    : { state: withExecution(state, sent), actions: [] };
  return {
    state: {
      ...noted.state,
      scripts: state.scripts.with(name, { label, source, shifts }),
    },
    actions: [...noted.actions, {
      type: "execute",
      executable: {
        executionId,
        name,
        hoisted,
        body,
        map: { label, shifts },
        expressions: bodies,
        ...(execution.request.content.allow_stdin ? { canAsk: true } : {}),
      },
    }, {
      type: "learn",
      executionId,
      code: source,
      isToCheck: event.check === "warn",
    }],
  };
}

/**
 * Shows what is wrong with the types of a cell that runs, or has run.
 *
 * @param state What is known.
 * @param event What was found.
 * @param tools For code frames.
 */
export function onDiagnosed(
  state: KernelState,
  { executionId, problems }: Extract<KernelEvent, { type: "diagnosed" }>,
  tools: FrameTools,
): Decision {
  const execution = state.executions.get(executionId);
  if (execution === undefined) return { state, actions: [] };
  if (typeof problems !== "string") {
    return warnOfTypes(state, execution, problems, tools);
  }
  const text = uncheckedText(`Cell [${execution.executionCount}]`, problems);
  return printText(state, execution, { name: "stderr", text });
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
    case "display": {
      const data = withText(event.data);
      const content = {
        data,
        metadata: event.metadata,
        transient: event.displayId === undefined
          ? {}
          : { display_id: event.displayId },
      };
      // An update takes the place of what is shown.
      if (event.update) return show("update_display_data", content);
      return showValue(state, execution, {
        kind: "displayed",
        size: sizeOf(data),
      }, (now) => ({
        state: now,
        actions: output(execution, "display_data", content),
      }));
    }
    case "clear": {
      const values = { ...execution.values, displayed: 0 };
      return {
        state: withExecution(state, { ...execution, values }),
        actions: output(execution, "clear_output", { wait: event.wait }),
      };
    }
    case "result": {
      const data = withText(event.data);
      const decision = show("execute_result", {
        execution_count: execution.executionCount,
        data,
        metadata: event.metadata,
      });
      const output = data["text/plain"];
      if (typeof output !== "string" || !isStored(execution.request)) {
        return decision;
      }
      const line = execution.executionCount;
      const keep: Action = { type: "keep-output", line, output };
      return { state, actions: [...decision.actions, keep] };
    }
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
    case "done":
      // An interrupt that came late may have answered a second time.
      if (!isRunning(state, execution)) return { state, actions: [] };
      return endWith(
        state,
        event.executionId,
        event.outcome === "interrupted"
          ? INTERRUPTED
          : event.outcome === "error" && execution.failure === null
          ? UNTOLD
          : null,
      );
    case "expressions":
      return keepExpressions(state, execution, event.values, tools);
    case "page": {
      const page = { source: "page", data: withText(event.data), start: 0 };
      return showValue(
        state,
        execution,
        { kind: "paged", size: sizeOf(event.data) },
        (now, one) => ({
          state: withExecution(now, {
            ...one,
            payload: [...one.payload, page],
          }),
          actions: [],
        }),
      );
    }
    case "input":
      return askInput(state, execution, event);
    case "comm":
      return sayInComm(state, execution, event);
    case "broadcast":
      return onBroadcast(state, execution, event);
    case "begun":
    case "started":
    case "copy":
    case "told":
      return { state, actions: [] };
    default:
      event satisfies never;
      return { state, actions: [] };
  }
}

/** What a cell shows whose error did not arrive, or not in one piece. */
const UNTOLD: FailureContent = {
  ename: "Error",
  evalue: "the cell has failed, and its error can not be shown",
  traceback: [
    "\x1b[1;31mError\x1b[0m: the cell has failed, and its error can not be shown",
  ],
};

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
