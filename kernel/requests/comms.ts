/**
 * `comm_open`, `comm_msg`, `comm_close`, `comm_info_request`: conversations
 * between front ends and cells. Pure.
 *
 * Source: Jupyter messaging protocol 5.5, "Custom Messages".
 * @module
 */
import type { CommCommand, RequestOf } from "../../protocol/mod.ts";
import {
  answer,
  type Decision,
  type KernelState,
  publishStatus,
} from "../state.ts";

type CommRequest =
  | RequestOf<"comm_open">
  | RequestOf<"comm_msg">
  | RequestOf<"comm_close">;

/**
 * Passes on what a front end says; nothing replies to it.
 *
 * @param state What is known.
 * @param request What it says.
 */
export function onComm(state: KernelState, request: CommRequest): Decision {
  const { content: { comm_id: commId, data }, header } = request;
  const comms = new Map(state.comms);
  if (request.type === "comm_open") {
    comms.set(commId, request.content.target_name);
  }
  if (request.type === "comm_close") comms.delete(commId);
  const command: CommCommand = {
    type: "comm",
    kind: KINDS[request.type],
    commId,
    ...(request.type === "comm_open"
      ? { targetName: request.content.target_name }
      : {}),
    data,
    buffers: request.buffers.map((bytes) => bytes.toBase64()),
  };
  return {
    state: { ...state, comms },
    actions: [
      publishStatus(header, "busy"),
      { type: "comm", command },
      publishStatus(header, "idle"),
    ],
  };
}

/**
 * Lists the open conversations.
 *
 * @param state What is known.
 * @param request The question, perhaps for one target only.
 */
export function onCommInfoRequest(
  state: KernelState,
  request: RequestOf<"comm_info_request">,
): Decision {
  const wanted = request.content.target_name;
  const comms = Object.fromEntries(
    [...state.comms].filter(([, name]) => !wanted || name === wanted)
      .map(([id, target_name]) => [id, { target_name }]),
  );
  return { state, actions: answer(request, "comm_info_reply", { comms }) };
}

const KINDS = {
  comm_open: "open",
  comm_msg: "msg",
  comm_close: "close",
} as const;
