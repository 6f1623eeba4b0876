/**
 * `interrupt_request`: end what runs, keep what it has set. Pure.
 * @module
 */
import type { RequestOf } from "../../protocol/mod.ts";
import { endUnsent } from "../endings.ts";
import { type Decision, type KernelState, publishStatus } from "../state.ts";

/**
 * Decides what an interrupt means. Cells that wait are answered when the one
 * that runs has ended, as after any other error.
 *
 * @param state What is known.
 * @param request The request.
 */
export function onInterruptRequest(
  state: KernelState,
  request: RequestOf<"interrupt_request">,
): Decision {
  const ended = endUnsent({ ...state, asking: null });
  return {
    state: ended.state,
    actions: [
      publishStatus(request.header, "busy"),
      ...ended.actions,
      // The session answers at once when it has nothing to end.
      { type: "interrupt", asker: request },
    ],
  };
}
