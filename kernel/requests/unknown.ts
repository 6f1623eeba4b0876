/**
 * Requests that are not understood: their type, or their content. Pure.
 * @module
 */
import type { UnknownRequest } from "../../protocol/mod.ts";
import { type Decision, type KernelState, publishStatus } from "../state.ts";

/**
 * Decides what a request means that is not understood: an error reply, since
 * some front ends wait for ever without one.
 *
 * @param state What is known.
 * @param request The request.
 */
export function onUnknownRequest(
  state: KernelState,
  request: UnknownRequest,
): Decision {
  const type = request.header.msg_type;
  // Messages that are no requests, such as `comm_msg`, have no reply.
  const replies = !type.endsWith("_request") ? [] : [{
    type: "reply" as const,
    asker: request,
    messageType: type.replace(/_request$/, "_reply"),
    content: {
      status: "error",
      ename: request.problem === undefined ? "NotSupported" : "TypeError",
      evalue: request.problem ??
        `Cannot answer "${type}": this kernel does not support it`,
      traceback: [],
    },
  }];
  return {
    state,
    actions: [
      publishStatus(request.header, "busy"),
      ...replies,
      publishStatus(request.header, "idle"),
    ],
  };
}
