/**
 * Shows what executions print, display and fail with. Pure.
 *
 * When executions begin and end is decided in `executions.ts`.
 * @module
 */
import {
  type Action,
  type Decision,
  type Execution,
  type FailureContent,
  type KernelState,
  publish,
} from "./state.ts";
import { type ShownKind, takeValue } from "./value_budget.ts";
import { FULL_BUDGET, restOfText, takeText } from "./text_budget.ts";

/** Shows an error, and keeps it for the answer. */
export function fail(
  state: KernelState,
  execution: Execution,
  failure: FailureContent,
): Decision {
  const failed = { ...execution, failure };
  const size = failure.traceback.reduce((sum, line) => sum + line.length, 0);
  const options = { kind: "displayed", size } as const;
  return showValue(withExecution(state, failed), failed, options, (now) => ({
    state: now,
    actions: output(failed, "error", { ...failure }),
  }));
}

/** Shows text, as far as the execution's budget reaches. */
export function printText(
  state: KernelState,
  execution: Execution,
  { name, text }: { readonly name: "stdout" | "stderr"; readonly text: string },
): Decision {
  const { budget, shown } = takeText(execution.budget, text);
  return {
    state: withExecution(state, { ...execution, budget }),
    actions: shown === ""
      ? []
      : output(execution, "stream", { name, text: shown }),
  };
}

/** Shows what was held back; what follows in the background has a new budget. */
export function printRest(state: KernelState, execution: Execution): Decision {
  const text = restOfText(execution.budget);
  return {
    state: withExecution(state, { ...execution, budget: FULL_BUDGET }),
    actions: text === ""
      ? []
      : output(execution, "stream", { name: "stdout", text }),
  };
}

/**
 * Shows a value, if the execution may still show one of its size; else says,
 * once, that something is missing.
 */
export function showValue(
  state: KernelState,
  execution: Execution,
  { kind, size }: { readonly kind: ShownKind; readonly size: number },
  show: (state: KernelState, execution: Execution) => Decision,
): Decision {
  const { budget, fits, note } = takeValue(execution.values, kind, size);
  const counted = { ...execution, values: budget };
  const now = withExecution(state, counted);
  if (fits) return show(now, counted);
  return note === ""
    ? { state: now, actions: [] }
    : printText(now, counted, { name: "stderr", text: note });
}

/** Publishes an output, unless the execution is silent. */
export function output(
  execution: Execution,
  messageType: string,
  content: Readonly<Record<string, unknown>>,
): Action[] {
  const { header, content: { silent } } = execution.request;
  return silent ? [] : [publish(header, messageType, content)];
}

/** Keeps what has changed about an execution. */
export function withExecution(
  state: KernelState,
  execution: Execution,
): KernelState {
  const { executionId } = execution;
  return {
    ...state,
    executions: state.executions.with(executionId, execution),
  };
}

/** Makes a second decision on top of a first one. */
export function then(
  { state, actions }: Decision,
  decide: (state: KernelState) => Decision,
): Decision {
  const next = decide(state);
  return { state: next.state, actions: [...actions, ...next.actions] };
}
