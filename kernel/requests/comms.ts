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
  type Execution,
  type KernelState,
  publishStatus,
} from "../state.ts";
import { FULL_BUDGET } from "../text_budget.ts";
import { NOTHING_SHOWN } from "../value_budget.ts";

type CommRequest =
  | RequestOf<"comm_open">
  | RequestOf<"comm_msg">
  | RequestOf<"comm_close">;

/**
 * Passes on what a front end says. Nothing replies to it, but the kernel is busy
 * until whoever listens has taken it, and what comes of that has it as parent.
 *
 * @param state What is known.
 * @param request What it says.
 */
export function onComm(state: KernelState, request: CommRequest): Decision {
  const { content: { comm_id: commId, data }, header, metadata } = request;
  const comms = new Map(state.comms);
  if (request.type === "comm_close") comms.delete(commId);
  const execution = listen(state, request);
  const { executionId } = execution;
  const command: CommCommand = {
    type: "comm",
    executionId,
    kind: KINDS[request.type],
    commId,
    ...(request.type === "comm_open"
      ? { targetName: request.content.target_name }
      : {}),
    data,
    metadata,
    buffers: request.buffers.map((bytes) => bytes.toBase64()),
  };
  return {
    state: {
      ...state,
      comms,
      listening: new Set(state.listening).add(executionId),
      heard: state.heard + 1,
      executions: state.executions.with(executionId, execution),
    },
    actions: [publishStatus(header, "busy"), { type: "comm", command }],
  };
}

/** An execution without a cell: outputs and errors need one. */
function listen(
  { heard, listening }: KernelState,
  { header, channel, route }: CommRequest,
): Execution {
  let place = heard % MAX_KEPT;
  while (listening.has(`comm ${place}`)) place++;
  return {
    executionId: `comm ${place}`,
    request: {
      type: "execute_request",
      header,
      channel,
      route,
      metadata: {},
      buffers: [],
      content: {
        code: "",
        silent: false,
        store_history: false,
        stop_on_error: false,
        allow_stdin: false,
        user_expressions: {},
      },
    },
    executionCount: 0,
    isSent: true,
    budget: FULL_BUDGET,
    values: NOTHING_SHOWN,
    failure: null,
    payload: [],
    expressions: {},
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

/** So many are kept for late outputs: a slider says thousands of things. */
const MAX_KEPT = 4096;
const KINDS = {
  comm_open: "open",
  comm_msg: "msg",
  comm_close: "close",
} as const;
