/**
 * `history_request`: what was run. Pure.
 *
 * Source: Jupyter messaging protocol 5.5, "History".
 * @module
 */
import type { RequestOf } from "../../protocol/mod.ts";
import type { HistoryQuery } from "../history.ts";
import { type Decision, type KernelState, publishStatus } from "../state.ts";

/**
 * Decides what is looked for.
 *
 * @param state What is known.
 * @param request The request.
 */
export function onHistoryRequest(
  state: KernelState,
  request: RequestOf<"history_request">,
): Decision {
  return {
    state,
    actions: [
      publishStatus(request.header, "busy"),
      {
        type: "find-history",
        asker: request,
        query: toQuery(request.content),
        withOutput: request.content.output,
      },
    ],
  };
}

function toQuery(
  content: RequestOf<"history_request">["content"],
): HistoryQuery {
  switch (content.hist_access_type) {
    case "tail":
      return { type: "tail", n: content.n ?? DEFAULT_TAIL };
    case "search":
      return {
        type: "search",
        pattern: content.pattern ?? "*",
        n: content.n,
        isUnique: content.unique,
      };
    case "range":
      return {
        type: "range",
        session: content.session,
        start: content.start ?? 0,
        stop: content.stop,
      };
  }
}

const DEFAULT_TAIL = 1000;
