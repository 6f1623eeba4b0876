/**
 * How much peers may make us keep before they have proved anything, all
 * together: a message that never ends, on each of a thousand connections, is
 * nobody's right.
 * @module
 */

/** Somebody for whom something is kept. */
export interface Holder {
  /** Lets go of it, and says why. */
  drop(reason: string): void;
}

/** What is kept for peers that have proved nothing yet. */
export class UnprovenMemory {
  readonly #limitBytes: number;
  readonly #held = new Map<Holder, number>();
  #total = 0;

  /** @param limitBytes How much may be kept for all of them. */
  constructor(limitBytes: number = LIMIT_BYTES) {
    this.#limitBytes = limitBytes;
  }

  /**
   * Notes how much is kept for a peer. When that is too much for all together,
   * who has most is dropped: so nobody can keep others out.
   *
   * @param holder The peer.
   * @param bytes How much; 0 when it is gone, or has proved itself.
   */
  set(holder: Holder, bytes: number): void {
    this.#total += bytes - (this.#held.get(holder) ?? 0);
    if (bytes === 0) this.#held.delete(holder);
    else this.#held.set(holder, bytes);
    while (this.#total > this.#limitBytes) {
      const [largest, size] = [...this.#held]
        .reduce((one, other) => other[1] > one[1] ? other : one);
      this.#held.delete(largest);
      this.#total -= size;
      largest.drop(
        `it has sent ${size} bytes and no message that is signed`,
      );
    }
  }
}

const LIMIT_BYTES = 64 * 1024 * 1024;
