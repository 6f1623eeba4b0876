/**
 * `input_reply`: the person has answered a cell's question. Pure.
 * @module
 */
import type { RequestOf } from "../../protocol/mod.ts";
import type { Decision, KernelState } from "../state.ts";

/**
 * Passes the answer on, if a cell still waits for one.
 *
 * @param state What is known.
 * @param request The answer.
 */
export function onInputReply(
  state: KernelState,
  request: RequestOf<"input_reply">,
): Decision {
  if (state.asking === null) return { state, actions: [] };
  return {
    state: { ...state, asking: null },
    actions: [{
      type: "answer-input",
      answer: { value: request.content.value },
    }],
  };
}
