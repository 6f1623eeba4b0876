/**
 * Messages that cells make themselves and send to all front ends. Pure.
 *
 * Front ends and notebook files rely on the shape of outputs, so those are
 * checked; any other message is the business of whoever understands it.
 * @module
 */
import * as z from "zod/mini";
import type { SessionEvent } from "../protocol/mod.ts";
import { printText, showValue } from "./show.ts";
import type { Action, Decision, Execution, KernelState } from "./state.ts";

/**
 * Sends a message that a cell made, if it can be what it says.
 *
 * @param state What is known.
 * @param execution The cell.
 * @param event The message.
 */
export function onBroadcast(
  state: KernelState,
  execution: Execution,
  { messageType, content, metadata, buffers }: Extract<
    SessionEvent,
    { type: "broadcast" }
  >,
): Decision {
  const { header, content: { silent } } = execution.request;
  if (silent) return { state, actions: [] };
  const complete = completeOutput(messageType, content, execution);
  if (typeof complete === "string") {
    const text = `Cannot broadcast "${messageType}": ${complete}\n`;
    return printText(state, execution, { name: "stderr", text });
  }
  const size = JSON.stringify([complete, metadata]).length +
    buffers.reduce((sum, text) => sum + text.length, 0);
  const action: Action = {
    type: "publish",
    parent: header,
    messageType,
    content: complete,
    metadata,
    buffers,
  };
  const options = { kind: "displayed", size } as const;
  return showValue(
    state,
    execution,
    options,
    (now) => ({ state: now, actions: [action] }),
  );
}

/** Fills in what an output may leave out; says what is wrong with it. */
function completeOutput(
  messageType: string,
  content: Readonly<Record<string, unknown>>,
  { executionCount }: Execution,
): Readonly<Record<string, unknown>> | string {
  if (!Object.hasOwn(OUTPUTS, messageType)) return content;
  const schema = OUTPUTS[messageType as keyof typeof OUTPUTS];
  const result = z.safeParse(schema as z.ZodMiniType<object>, content);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    return `"${path.join(".")}" is wrong, ${message}`;
  }
  return messageType === "execute_result"
    ? { execution_count: executionCount, ...result.data }
    : { ...result.data };
}

const record = z.record(z.string(), z.unknown());
const value = {
  data: record,
  metadata: z._default(record, {}),
};
const display = { ...value, transient: z._default(record, {}) };
const OUTPUTS = {
  stream: z.looseObject({
    name: z.enum(["stdout", "stderr"]),
    text: z.string(),
  }),
  display_data: z.looseObject(display),
  update_display_data: z.looseObject(display),
  execute_result: z.looseObject({
    ...value,
    execution_count: z.optional(z.int()),
  }),
  error: z.looseObject({
    ename: z.string(),
    evalue: z.string(),
    traceback: z.array(z.string()),
  }),
  clear_output: z.looseObject({ wait: z._default(z.boolean(), false) }),
};
