/**
 * Who waits until something is true of a pool.
 * @module
 */

/** Wakes those who wait each time that something has changed. */
export class Waiters {
  #waiting: (() => void)[] = [];

  /** Waits until it is true; it is asked now, and after each change. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Tells that something has changed. */
  notify(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
