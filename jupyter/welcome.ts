/**
 * The message that tells a subscriber that its subscription is in place.
 *
 * Source: JEP 65; Jupyter messaging protocol 5.5, "Welcome message".
 * @module
 */
import { PROTOCOL_VERSION } from "../protocol/mod.ts";
import { encodeJupyterMessage } from "./wire/jupyter_message.ts";
import type { Signer } from "./wire/signature.ts";

/**
 * Makes an `iopub_welcome`.
 *
 * @param topic What was subscribed to; the topic of the message, too.
 * @param options `kernelId`, `signer`.
 * @returns The frames; `undefined` for a topic that is no UTF-8, since JEP 65
 *   wants no answer to that.
 */
export function welcome(
  topic: Uint8Array,
  { kernelId, signer }: { readonly kernelId: string; readonly signer: Signer },
): readonly Uint8Array[] | undefined {
  let subscription: string;
  try {
    subscription = new TextDecoder("utf-8", { fatal: true }).decode(topic);
  } catch {
    // No UTF-8: such a subscription counts, but is not answered.
    return undefined;
  }
  const header = {
    msg_id: crypto.randomUUID(),
    msg_type: "iopub_welcome",
    session: kernelId,
    username: "kernel",
    date: new Date().toISOString(),
    version: PROTOCOL_VERSION,
  };
  return encodeJupyterMessage({
    header,
    parent_header: {},
    metadata: {},
    content: { subscription },
  }, { identities: [topic], signer });
}
