/**
 * Remembers signatures, so that a message that was recorded is not run again.
 *
 * Pure: values in, values out.
 *
 * Source: Jupyter messaging protocol 5.5, "The wire protocol"; the reference
 * implementation keeps as many.
 * @module
 */

/** Knows the signatures seen lately. */
export class ReplayGuard {
  readonly #limit: number;
  readonly #seen = new Set<string>();

  /**
   * @param options `limit`: how many are remembered; the oldest are forgotten.
   *   @default 65536
   */
  constructor({ limit = DEFAULT_LIMIT }: { readonly limit?: number } = {}) {
    this.#limit = limit;
  }

  /**
   * Takes a signature that holds.
   *
   * @param signature The signature; an empty one proves nothing and is new.
   * @returns Whether it was not seen before.
   */
  admit(signature: string): boolean {
    if (signature === "") return true;
    if (this.#seen.has(signature)) return false;
    this.#seen.add(signature);
    if (this.#seen.size > this.#limit) {
      // Sets keep the order of insertion: the first is the oldest.
      for (const oldest of this.#seen) {
        this.#seen.delete(oldest);
        break;
      }
    }
    return true;
  }
}

const DEFAULT_LIMIT = 65_536;
