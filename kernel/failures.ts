/**
 * What becomes of a cell or a request when the kernel itself fails at it. Pure.
 *
 * A cell can say anything, and nobody has thought of everything. What fails is
 * one event or one action, never the loop: the cell it belongs to ends with an
 * error, the request is answered with one.
 * @module
 */
import { endWith } from "./endings.ts";
import { isRunning, listRunning } from "./shells.ts";
import { fail, printText } from "./show.ts";
import {
  type Action,
  type Asker,
  type Decision,
  type FailureContent,
  type KernelEvent,
  type KernelState,
  publishStatus,
} from "./state.ts";

/** Whom a failure is told. */
export type Blamed =
  | {
    readonly type: "execution";
    readonly executionId: string;
    /** Whether nothing will end it any more. */
    readonly isOver: boolean;
  }
  /** The cell that a request asked for, named by the request. */
  | { readonly type: "cell"; readonly messageId: string }
  /** Who has asked and was not answered yet. */
  | {
    readonly type: "asker";
    readonly asker: Asker;
    /** Whether it is told already that nobody works on it any more. */
    readonly isIdle: boolean;
  }
  /** Nobody: it concerns no cell, and nothing waits for it. */
  | { readonly type: "nobody" };

/**
 * Tells whom it concerns that an action could not be carried out.
 *
 * @param action The action.
 */
export function blameAction(action: Action): Blamed {
  switch (action.type) {
    case "translate":
      return overOf(action.executionId);
    case "execute":
      return overOf(action.executable.executionId);
    case "publish":
      return { type: "cell", messageId: action.parent.msg_id };
    case "reply":
      return { type: "asker", asker: action.asker, isIdle: true };
    case "lookup":
    case "judge-completeness":
    case "find-history":
    case "measure-usage":
    case "interrupt":
    case "shutdown":
      return { type: "asker", asker: action.asker, isIdle: false };
    case "ask-input":
      return { type: "cell", messageId: action.asker.header.msg_id };
    case "comm":
      return overOf(action.command.executionId);
    case "learn":
    case "answer-input":
    case "keep-source":
    case "keep-output":
      return NOBODY;
    default:
      action satisfies never;
      return NOBODY;
  }
}

/**
 * Tells whom it concerns that an event could not be taken in.
 *
 * @param event The event.
 */
export function blameEvent(event: KernelEvent): Blamed {
  switch (event.type) {
    case "request":
      return { type: "asker", asker: event.request, isIdle: false };
    case "translated":
      return overOf(event.executionId);
    case "session": {
      if (!("executionId" in event.event)) return NOBODY;
      const { type, executionId } = event.event;
      return { type: "execution", executionId, isOver: type === "done" };
    }
    case "diagnosed":
    case "session-ended":
    case "failed":
      return NOBODY;
    default:
      event satisfies never;
      return NOBODY;
  }
}

/**
 * Tells those whom it concerns that the kernel has failed at something.
 *
 * @param state What is known.
 * @param event Whom it concerns, and the reason.
 */
export function onFailed(
  state: KernelState,
  { blamed, reason }: Extract<KernelEvent, { type: "failed" }>,
): Decision {
  const failure: FailureContent = {
    ename: "KernelError",
    evalue: reason,
    traceback: [`\x1b[1;31mKernelError\x1b[0m: ${reason}`],
  };
  switch (blamed.type) {
    case "execution":
      return failExecution(state, blamed, failure);
    case "cell": {
      const executionId = findExecution(state, blamed.messageId);
      if (executionId === undefined) return { state, actions: [] };
      return failExecution(state, { executionId, isOver: false }, failure);
    }
    case "asker":
      return { state, actions: refuse(blamed, failure) };
    case "nobody":
      return { state, actions: [] };
    default:
      blamed satisfies never;
      return { state, actions: [] };
  }
}

function failExecution(
  state: KernelState,
  { executionId, isOver }: {
    readonly executionId: string;
    readonly isOver: boolean;
  },
  failure: FailureContent,
): Decision {
  const execution = state.executions.get(executionId);
  if (execution === undefined) return { state, actions: [] };
  if (isRunning(state, execution)) {
    return isOver
      ? endWith(state, executionId, failure)
      : fail(state, execution, failure);
  }
  // It has been answered: that something is missing can only be shown.
  const text = `${failure.ename}: ${failure.evalue}\n`;
  return printText(state, execution, { name: "stderr", text });
}

/** The execution that a request asked for, if it runs. */
function findExecution(
  state: KernelState,
  messageId: string,
): string | undefined {
  return listRunning(state)
    .find((id) =>
      state.executions.get(id)?.request.header.msg_id === messageId
    );
}

function refuse(
  { asker, isIdle }: Extract<Blamed, { type: "asker" }>,
  failure: FailureContent,
): Action[] {
  const { header } = asker;
  const messageType = header.msg_type.replace(/_request$/, "_reply");
  const content = { status: "error", ...failure };
  return [
    // What is no request has no reply.
    ...messageType === header.msg_type
      ? []
      : [{ type: "reply" as const, asker, messageType, content }],
    ...isIdle ? [] : [publishStatus(header, "idle")],
  ];
}

/** Nothing will end it, since it will not run. */
function overOf(executionId: string): Blamed {
  return { type: "execution", executionId, isOver: true };
}

/** Nobody is told. */
export const NOBODY: Blamed = { type: "nobody" };
