/**
 * What comes in: checked, decoded, and handed on once.
 *
 * A message that does not pass is dropped with a line in the log; nothing that
 * a front end sends ends the loop, nor does a handler that throws.
 * @module
 */
import type { RequestChannel } from "../protocol/mod.ts";
import { logRefusals } from "./refusals.ts";
import {
  openEnvelope,
  readMessage,
  type ReceivedMessage,
} from "./wire/jupyter_message.ts";
import { ReplayGuard } from "./wire/replay.ts";
import type { Signer } from "./wire/signature.ts";

/** Where a message came from, and its answer goes. */
export interface Route {
  /** Identities of the asker, the nearest first. */
  readonly identities: readonly Uint8Array[];
}

/** Who takes messages that have passed. */
export interface InboxOptions {
  /** Checks signatures. */
  readonly signer: Signer;
  /** Takes lines. */
  readonly log: (line: string) => void;
  /** Takes requests. */
  readonly onRequest: (
    message: ReceivedMessage,
    origin: {
      readonly channel: Exclude<RequestChannel, "stdin">;
      readonly route: Route;
    },
  ) => void;
  /** Takes answers to `input_request`. @default they are dropped */
  readonly onInputReply?: (
    message: ReceivedMessage,
    origin: { readonly route: Route },
  ) => void;
}

/** Takes the frames of one message; calls back when its signature holds. */
export type Receive = (
  channel: RequestChannel,
  frames: readonly Uint8Array<ArrayBuffer>[],
  onSigned: () => void,
) => void;

/**
 * Makes an inbox.
 *
 * @param options Who takes messages.
 * @returns What takes frames; it never throws.
 */
export function createInbox(
  { signer, log, onRequest, onInputReply }: InboxOptions,
): Receive {
  // One for all channels: a message recorded on one is refused on each.
  const replay = new ReplayGuard();
  const refuse = logRefusals(log);
  return (channel, frames, onSigned) => {
    try {
      const envelope = openEnvelope(frames, { signer, partCount: 4 });
      if (!replay.admit(envelope.signature)) {
        refuse(`refused a message on ${channel}`, "it was seen before");
        return;
      }
      onSigned();
      const message = readMessage(envelope);
      const route = { identities: envelope.identities };
      if (channel === "stdin") onInputReply?.(message, { route });
      else onRequest(message, { channel, route });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      refuse(`refused a message on ${channel}`, reason);
    }
  };
}

/**
 * Tells whether a value is a route.
 *
 * @param value What came back with a reply.
 * @returns Whether an answer can go there.
 */
export function isRoute(value: unknown): value is Route {
  return typeof value === "object" && value !== null &&
    "identities" in value && Array.isArray(value.identities);
}
