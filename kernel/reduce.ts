/**
 * Decides what an event means. Pure: one function over one closed union.
 * @module
 */
import type { Request, UnknownRequest } from "../protocol/mod.ts";
import { onSessionEnded } from "./endings.ts";
import { onDiagnosed, onSessionEvent, onTranslated } from "./executions.ts";
import { onFailed } from "./failures.ts";
import { onComm, onCommInfoRequest } from "./requests/comms.ts";
import { onExecuteRequest } from "./requests/execute.ts";
import { onHistoryRequest } from "./requests/history.ts";
import { onInputReply } from "./requests/input.ts";
import { onInterruptRequest } from "./requests/interrupt.ts";
import { onKernelInfoRequest } from "./requests/kernel_info.ts";
import { onIsCompleteRequest, onLookupRequest } from "./requests/lookups.ts";
import { onShutdownRequest } from "./requests/shutdown.ts";
import {
  onCreateSubshell,
  onDeleteSubshell,
  onListSubshells,
} from "./requests/subshells.ts";
import { onUnknownRequest } from "./requests/unknown.ts";
import { onUsageRequest } from "./requests/usage.ts";
import type { Decision, KernelEvent, KernelState } from "./state.ts";
import type { FrameTools } from "./traceback.ts";

/**
 * Decides what an event means.
 *
 * @param state What is known.
 * @param event What has happened.
 * @param tools For tracebacks.
 * @returns What is known from now on, and what to do.
 */
export function reduce(
  state: KernelState,
  event: KernelEvent,
  tools: FrameTools,
): Decision {
  switch (event.type) {
    case "request":
      return onRequest(state, event.request);
    case "translated":
      return onTranslated(state, event, tools);
    case "diagnosed":
      return onDiagnosed(state, event, tools);
    case "session":
      return onSessionEvent(state, event.event, tools);
    case "session-ended":
      return onSessionEnded(state, event.exit);
    case "failed":
      return onFailed(state, event);
    default:
      event satisfies never;
      return { state, actions: [] };
  }
}

function onRequest(
  state: KernelState,
  request: Request | UnknownRequest,
): Decision {
  switch (request.type) {
    case "execute_request":
      return onExecuteRequest(state, request);
    case "kernel_info_request":
      return onKernelInfoRequest(state, request);
    case "interrupt_request":
      return onInterruptRequest(state, request);
    case "shutdown_request":
      return onShutdownRequest(state, request);
    case "complete_request":
    case "inspect_request":
      return onLookupRequest(state, request);
    case "is_complete_request":
      return onIsCompleteRequest(state, request);
    case "history_request":
      return onHistoryRequest(state, request);
    case "comm_open":
    case "comm_msg":
    case "comm_close":
      return onComm(state, request);
    case "comm_info_request":
      return onCommInfoRequest(state, request);
    case "create_subshell_request":
      return onCreateSubshell(state, request);
    case "delete_subshell_request":
      return onDeleteSubshell(state, request);
    case "list_subshell_request":
      return onListSubshells(state, request);
    case "input_reply":
      return onInputReply(state, request);
    case "usage_request":
      return onUsageRequest(state, request);
    case "unknown":
      return onUnknownRequest(state, request);
    default:
      request satisfies never;
      return { state, actions: [] };
  }
}
