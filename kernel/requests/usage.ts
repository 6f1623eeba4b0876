/**
 * `usage_request`: how much the kernel uses of the machine. Pure.
 *
 * Source: ipykernel and jupyter-resource-usage; not part of the protocol.
 * @module
 */
import type { RequestOf } from "../../protocol/mod.ts";
import { type Decision, type KernelState, publishStatus } from "../state.ts";

/**
 * Asks for the figures.
 *
 * @param state What is known.
 * @param request The request.
 */
export function onUsageRequest(
  state: KernelState,
  request: RequestOf<"usage_request">,
): Decision {
  return {
    state,
    actions: [
      publishStatus(request.header, "busy"),
      { type: "measure-usage", asker: request },
    ],
  };
}
