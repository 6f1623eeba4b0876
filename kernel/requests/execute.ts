/**
 * `execute_request`: a cell joins the queue. Pure.
 * @module
 */
import { beginNext, shellOf } from "../shells.ts";
import {
  answer,
  type Decision,
  type ExecuteRequest,
  type KernelState,
} from "../state.ts";

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
  const shellId = shellOf(request);
  const shell = state.shells.get(shellId);
  if (shell === undefined) {
    return {
      state,
      actions: answer(request, "execute_reply", {
        status: "error",
        execution_count: state.executionCount,
        ename: "SubshellNotFound",
        evalue: `Cannot run the cell: there is no subshell ${
          JSON.stringify(shellId)
        }`,
        traceback: [],
      }),
    };
  }
  const queue = [...shell.queue, request];
  const shells = new Map(state.shells).set(shellId, { ...shell, queue });
  return beginNext({ ...state, shells }, shellId);
}
