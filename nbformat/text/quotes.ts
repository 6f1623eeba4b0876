/**
 * Whether a line of code begins inside of a string, as jupytext sees it: it knows
 * `'` and `"`, three of which go over lines, and comments; no template literals.
 * Pure.
 * @module
 */

/** Reads lines of code, and knows whether the next one begins inside of a string. */
export class QuoteReader {
  readonly #comment: string | undefined;
  #single: string | null = null;
  #triple: string | null = null;

  /** @param comment What a comment begins with, if that is known. */
  constructor(comment: string | undefined) {
    this.#comment = comment;
  }

  /** Whether the next line begins inside of a string. */
  get isQuoted(): boolean {
    return this.#triple !== null;
  }

  /**
   * Reads the next line.
   *
   * @param line The line.
   */
  read(line: string): void {
    const comment = this.#comment;
    const isComment = (at: number) =>
      comment !== undefined && line.startsWith(comment, at);
    const indent = line.length - line.trimStart().length;
    if (!this.isQuoted && isComment(indent)) return;
    let tripleAt = -1;
    for (let at = 0; at < line.length; at++) {
      const sign = line[at]!;
      const isFree = this.#single === null && this.#triple === null;
      if (isFree && isComment(at)) break;
      if ((sign !== '"' && sign !== "'") || line[at - 1] === "\\") continue;
      if (this.#single === sign) {
        this.#single = null;
        continue;
      }
      if (this.#single !== null) continue;
      const isThird = at >= 2 && line[at - 1] === sign &&
        line[at - 2] === sign &&
        at >= tripleAt + 3;
      if (isThird) {
        if (this.#triple === sign) {
          this.#triple = null;
          tripleAt = at;
        } else if (this.#triple === null) {
          this.#triple = sign;
          tripleAt = at;
        }
        continue;
      }
      if (this.#triple === null) this.#single = sign;
    }
    // A string of one quote ends with its line.
    this.#single = null;
  }
}
