/**
 * The displays under way: a value may take a while to say what it looks like,
 * and what a cell displays belongs before its end, awaited by the cell or not.
 * @module
 */
import { currentExecution } from "./attribution.ts";

/** Follows the displays of all executions. */
export class Displays {
  readonly #pending = new Map<string, Set<Promise<void>>>();

  /**
   * Takes a display in.
   *
   * @param shown Settles when it has been shown.
   * @returns The same promise, for whoever asked for the display.
   */
  add(shown: Promise<void>): Promise<void> {
    const executionId = currentExecution();
    const pending = this.#pending.get(executionId) ?? new Set();
    this.#pending.set(executionId, pending);
    const forget = () => {
      pending.delete(shown);
      if (pending.size === 0) this.#pending.delete(executionId);
    };
    shown.then(forget, forget);
    pending.add(shown);
    return shown;
  }

  /**
   * Waits until all that an execution displays has been shown, or has failed.
   *
   * @param executionId The execution.
   */
  async settle(executionId: string): Promise<void> {
    // Showing one value may display another.
    for (let left; (left = this.#pending.get(executionId));) {
      await Promise.allSettled(left);
    }
  }
}
