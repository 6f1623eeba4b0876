/**
 * What the page has asked the server and waits for: each with a number.
 * @module
 */

/** Open questions. */
export class Questions {
  readonly #open = new Map<number, (content: unknown) => void>();
  readonly #send: (request: Readonly<Record<string, unknown>>) => boolean;
  #count = 0;

  /** @param send Sends a question; says whether somebody is there. */
  constructor(send: (request: Readonly<Record<string, unknown>>) => boolean) {
    this.#send = send;
  }

  /** Asks; null where nobody answers. */
  ask(request: Readonly<Record<string, unknown>>): Promise<unknown> {
    const number = ++this.#count;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.#open.set(number, resolve);
    if (!this.#send({ ...request, number })) this.take(number, null);
    return promise;
  }

  /** Takes an answer. */
  take(number: number, content: unknown): void {
    this.#open.get(number)?.(content);
    this.#open.delete(number);
  }

  /** Nobody will answer any more: the connection is gone. */
  giveUp(): void {
    for (const number of this.#open.keys()) this.take(number, null);
  }
}
