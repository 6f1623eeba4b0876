/**
 * The displays under way: a value may take a while to say what it looks like,
 * and what a cell displays belongs before its end, awaited by the cell or not.
 * @module
 */
import { currentExecution } from "./attribution.ts";
import { own, OwnMap, ThePromise } from "./intrinsics.ts";

interface Pending {
  count: number;
  /** Tells who waits that one more has ended. */
  wake: () => void;
}

/** Follows the displays of all executions. */
export class Displays {
  readonly #pending = new OwnMap<string, Pending>();

  /**
   * Takes a display in.
   *
   * @param show Shows it.
   * @returns Settles as `show` does, for whoever asked for the display.
   */
  async add(show: () => Promise<void>): Promise<void> {
    const executionId = currentExecution();
    const pending = this.#pending.get(executionId) ?? { count: 0, wake() {} };
    this.#pending.set(executionId, pending);
    pending.count++;
    try {
      await own(show());
    } finally {
      if (--pending.count === 0) this.#pending.delete(executionId);
      pending.wake();
    }
  }

  /**
   * Waits until all that an execution displays has been shown, or has failed.
   *
   * @param executionId The execution.
   */
  async settle(executionId: string): Promise<void> {
    // Showing one value may display another.
    for (let left; (left = this.#pending.get(executionId));) {
      const pending = left;
      await own(
        new ThePromise<void>((resolve) => pending.wake = () => resolve()),
      );
    }
  }
}
