/**
 * `complete_request`, `inspect_request`, `is_complete_request`: what an editor
 * wants to know. They never wait for a cell that runs. Pure.
 * @module
 */
import type { RequestOf } from "../../protocol/mod.ts";
import { type Decision, type KernelState, publishStatus } from "../state.ts";

/**
 * Asks what could stand at the cursor, or what stands there.
 *
 * @param state What is known.
 * @param request The question.
 */
export function onLookupRequest(
  state: KernelState,
  request: RequestOf<"complete_request"> | RequestOf<"inspect_request">,
): Decision {
  const { code, cursor_pos: cursorPos } = request.content;
  const what = request.type === "complete_request"
    ? "complete"
    : request.content.detail_level > 0
    ? "inspect-detailed"
    : "inspect";
  return {
    state,
    actions: [
      publishStatus(request.header, "busy"),
      { type: "lookup", asker: request, what, code, cursorPos },
    ],
  };
}

/**
 * Asks whether code could be run as it is.
 *
 * @param state What is known.
 * @param request The question.
 */
export function onIsCompleteRequest(
  state: KernelState,
  request: RequestOf<"is_complete_request">,
): Decision {
  const { code } = request.content;
  return {
    state,
    actions: [
      publishStatus(request.header, "busy"),
      { type: "judge-completeness", asker: request, code },
    ],
  };
}
