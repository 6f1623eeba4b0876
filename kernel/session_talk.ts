/**
 * What cells say besides outputs: expressions, questions, conversations. Pure.
 * @module
 */
import type { CellScript, CellSyntaxError } from "../language/mod.ts";
import type { SessionEvent } from "../protocol/mod.ts";
import { withText } from "./plain_text.ts";
import { withExecution } from "./show.ts";
import type { Action, Decision, Execution, KernelState } from "./state.ts";
import { describeError, type FrameTools } from "./traceback.ts";

type EventOf<Type> = Extract<SessionEvent, { type: Type }>;

/**
 * Tells translated expressions from those that could not be.
 *
 * @param expressions Translations by name.
 * @returns Bodies to evaluate, and replies for the rest.
 */
export function splitExpressions(
  expressions: Readonly<Record<string, CellScript | CellSyntaxError>>,
): {
  readonly bodies: Record<string, string>;
  readonly failures: Record<string, unknown>;
} {
  const bodies: Record<string, string> = {};
  const failures: Record<string, unknown> = {};
  for (const [name, result] of Object.entries(expressions)) {
    if (result.type === "script") bodies[name] = result.body;
    else {
      failures[name] = {
        status: "error",
        ename: "SyntaxError",
        evalue: result.message,
        traceback: [`SyntaxError: ${result.message}`],
      };
    }
  }
  return { bodies, failures };
}

/** Keeps what expressions gave, for the reply. */
export function keepExpressions(
  state: KernelState,
  execution: Execution,
  values: EventOf<"expressions">["values"],
  tools: FrameTools,
): Decision {
  const results = Object.entries(values).map(([name, value]) => [
    name,
    "data" in value
      ? { status: "ok", data: withText(value.data), metadata: {} }
      : {
        status: "error",
        ...describeError(value.report, { scripts: state.scripts, tools }),
      },
  ]);
  const expressions = {
    ...execution.expressions,
    ...Object.fromEntries(results),
  };
  return {
    state: withExecution(state, { ...execution, expressions }),
    actions: [],
  };
}

/** Passes a question on to the front end that asked for the cell. */
export function askInput(
  state: KernelState,
  execution: Execution,
  { prompt, password, form, executionId }: EventOf<"input">,
): Decision {
  if (!execution.request.content.allow_stdin) {
    const answer = { value: null };
    return { state, actions: [{ type: "answer-input", answer }] };
  }
  return {
    state: { ...state, asking: executionId },
    actions: [{
      type: "ask-input",
      asker: execution.request,
      // Others than our own page know nothing of forms, and need not.
      content: { prompt, password, ...form === undefined ? {} : { form } },
    }],
  };
}

/** Passes on what a cell says in a conversation. */
export function sayInComm(
  state: KernelState,
  { request }: Execution,
  { kind, commId, targetName = "", data, metadata, buffers }: EventOf<"comm">,
): Decision {
  const comms = new Map(state.comms);
  if (kind === "open" || kind === "accept") comms.set(commId, targetName);
  if (kind === "close") comms.delete(commId);
  const now = { ...state, comms };
  if (kind === "accept") return { state: now, actions: [] };
  const content = kind === "open"
    ? { comm_id: commId, target_name: targetName, data }
    : { comm_id: commId, data };
  const publish: Action = {
    type: "publish",
    parent: request.header,
    messageType: `comm_${kind}`,
    content,
    metadata,
    buffers,
  };
  return { state: now, actions: [publish] };
}
