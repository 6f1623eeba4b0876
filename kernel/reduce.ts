/**
 * Decides what an event means. Pure: one function over one closed union.
 * @module
 */
import type { Request, UnknownRequest } from "../protocol/mod.ts";
import { onSessionEnded, onSessionEvent, onTranslated } from "./executions.ts";
import { onExecuteRequest } from "./requests/execute.ts";
import { onInterruptRequest } from "./requests/interrupt.ts";
import { onKernelInfoRequest } from "./requests/kernel_info.ts";
import { onShutdownRequest } from "./requests/shutdown.ts";
import { onUnknownRequest } from "./requests/unknown.ts";
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
    case "session":
      return onSessionEvent(state, event.event, tools);
    case "session-ended":
      return onSessionEnded(state, event.exit);
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
    case "unknown":
      return onUnknownRequest(state, request);
    default:
      request satisfies never;
      return { state, actions: [] };
  }
}
