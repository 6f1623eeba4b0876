/**
 * `shutdown_request`: end, or begin anew. Pure.
 * @module
 */
import type { RequestOf } from "../../protocol/mod.ts";
import { abort } from "../shells.ts";
import {
  type Decision,
  INITIAL_STATE,
  type KernelState,
  publishStatus,
} from "../state.ts";

/**
 * Decides what a request to shut down means: all cells are answered, and the
 * session goes.
 *
 * @param state What is known.
 * @param request The request.
 */
export function onShutdownRequest(
  state: KernelState,
  request: RequestOf<"shutdown_request">,
): Decision {
  const unanswered = [...state.shells.values()].flatMap((
    { running, queue },
  ) => [
    ...running === null ? [] : [state.executions.get(running)!.request],
    ...queue,
  ]);
  return {
    // What is still under way for a cell of before must find no cell of after.
    state: { ...INITIAL_STATE, begun: state.begun },
    actions: [
      publishStatus(request.header, "busy"),
      ...abort(unanswered, state.executionCount),
      ...[...state.listening].map((id) =>
        publishStatus(state.executions.get(id)!.request.header, "idle")
      ),
      {
        type: "shutdown",
        asker: request,
        restart: request.content.restart,
      },
    ],
  };
}
