/**
 * Work that is done one after another.
 *
 * A server answers about the text it has when it comes to a question, not about
 * the one it had when it was asked. So a draft is not changed before the
 * question about it is answered. Pure but for its state.
 * @module
 */

/** A queue in which each waits for those before. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Does work when all that came before is done.
   *
   * @typeParam T What it gives.
   * @param work The work; it must end by itself.
   */
  take<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    // Whoever asked hears of a failure; the next one need not.
    this.#last = result.catch(() => {});
    return result;
  }
}
