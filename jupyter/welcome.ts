/**
 * What a new subscriber is told: that its subscription is in place, and, the
 * first one, that the kernel starts.
 *
 * Source: JEP 65; Jupyter messaging protocol 5.5, "Welcome message" and "Kernel
 * status": `starting` is published once.
 * @module
 */
import { PROTOCOL_VERSION } from "../protocol/mod.ts";
import { encodeJupyterMessage } from "./wire/jupyter_message.ts";
import type { Signer } from "./wire/signature.ts";

/** Who greets. */
export interface GreetingOptions {
  /** Names the kernel. */
  readonly kernelId: string;
  /** Signs the messages. */
  readonly signer: Signer;
  /** Whether the first subscriber is told of the start. @default false */
  readonly tellsStart?: boolean;
}

/** A message as frames. */
type Frames = readonly Uint8Array[];

/**
 * Makes what greets subscribers.
 *
 * Nobody hears what is published before the first of them is there, so the first
 * who listens to statuses is told that the kernel starts.
 *
 * @param options Who greets.
 * @returns Gives the messages for whoever has subscribed to a topic.
 */
export function createGreeting(
  { kernelId, signer, tellsStart = false }: GreetingOptions,
): (topic: Uint8Array) => readonly Frames[] {
  let isTold = !tellsStart;
  const encode = (
    msg_type: string,
    content: Record<string, unknown>,
    topic: Uint8Array,
  ) => {
    const header = {
      msg_id: crypto.randomUUID(),
      msg_type,
      session: kernelId,
      username: "kernel",
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    };
    const message = { header, parent_header: {}, metadata: {}, content };
    return encodeJupyterMessage(message, { identities: [topic], signer });
  };
  return (topic) => {
    const messages: Frames[] = [];
    const subscription = readTopic(topic);
    // No UTF-8: such a subscription counts, but JEP 65 wants no answer to it.
    if (subscription === null) return messages;
    messages.push(encode("iopub_welcome", { subscription }, topic));
    const statusTopic = `kernel.${kernelId}.status`;
    if (!isTold && statusTopic.startsWith(subscription)) {
      isTold = true;
      const content = { execution_state: "starting" };
      const bytes = new TextEncoder().encode(statusTopic);
      messages.push(encode("status", content, bytes));
    }
    return messages;
  };
}

function readTopic(topic: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(topic);
  } catch {
    return null;
  }
}
