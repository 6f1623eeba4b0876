/**
 * `execute_request`: a cell joins the queue. Pure.
 * @module
 */
import { beginNext } from "../executions.ts";
import type { Decision, ExecuteRequest, KernelState } from "../state.ts";

/**
 * Decides what a request to run a cell means.
 *
 * @param state What is known.
 * @param request The request.
 */
export function onExecuteRequest(
  state: KernelState,
  request: ExecuteRequest,
): Decision {
  return beginNext({ ...state, queue: [...state.queue, request] });
}
