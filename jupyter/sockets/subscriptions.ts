/**
 * What one subscriber wants to hear: prefixes of topics.
 *
 * Pure: values in, values out.
 *
 * A topic counts once, however often it is subscribed to, and one CANCEL ends
 * it: libzmq sends each subscription of its user, but a CANCEL for the last
 * only. If we counted, such a topic would never end.
 *
 * Source: Publish-Subscribe (RFC 29), "The XPUB Socket Type".
 * @module
 */

/** What one subscriber wants to hear. */
export class Subscriptions {
  readonly #topics = new Set<string>();
  #sizeBytes = 0;

  /**
   * Adds a subscription.
   *
   * @param topic The beginning of topics; empty for all.
   * @returns Whether it is the first to this topic.
   * @throws {RangeError} If there are too many.
   */
  add(topic: Uint8Array): boolean {
    const key = keyOf(topic);
    if (this.#topics.has(key)) return false;
    this.#sizeBytes += topic.length + COST_BYTES;
    if (this.#sizeBytes > LIMIT_BYTES) {
      throw new RangeError(
        `Cannot subscribe: topics take more than ${LIMIT_BYTES} bytes`,
      );
    }
    this.#topics.add(key);
    return true;
  }

  /**
   * Takes a subscription back.
   *
   * @param topic The topic; one that is not subscribed to is ignored.
   */
  remove(topic: Uint8Array): void {
    const isEnded = this.#topics.delete(keyOf(topic));
    if (isEnded) this.#sizeBytes -= topic.length + COST_BYTES;
  }

  /**
   * Tells whether a message is wanted.
   *
   * @param topic The first frame of the message.
   * @returns Whether it begins with a topic that is subscribed to.
   */
  match(topic: Uint8Array): boolean {
    // Nearly every front end subscribes to everything.
    if (this.#topics.has("")) return true;
    if (this.#topics.size === 0) return false;
    const key = keyOf(topic);
    return this.#topics.keys().some((prefix) => key.startsWith(prefix));
  }
}

function keyOf(topic: Uint8Array): string {
  let key = "";
  for (const byte of topic) key += String.fromCharCode(byte);
  return key;
}

const LIMIT_BYTES = 256 * 1024;
const COST_BYTES = 64;
