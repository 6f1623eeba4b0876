/**
 * The error of who sends to a closed channel, or receives from an empty one
 * that is closed.
 * @module
 */

/**
 * Says that a channel is closed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Channel } from "./channel.ts";
 * const channel = new Channel<string>();
 * channel.close();
 * await assert.rejects(channel.send("late"), ChannelClosedError);
 * ```
 */
export class ChannelClosedError extends Error {
  /** Name of the class. */
  override readonly name = "ChannelClosedError";

  /**
   * Makes the error.
   *
   * @param verb What can not be done, such as `send to "jobs"`.
   */
  constructor(verb: string) {
    super(`Cannot ${verb}: it is closed, expected an open channel`);
  }
}
