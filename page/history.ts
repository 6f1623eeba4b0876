/**
 * What takes changes of the structure back, and does them again.
 *
 * Text has a history of its own, in each editor.
 * @module
 */
import type { Operation } from "../document/mod.ts";

/** Undo and redo of one page. */
export class History {
  readonly #undo: Operation[] = [];
  readonly #redo: Operation[] = [];
  readonly #ask: (operation: Operation) => Promise<Operation | null>;

  /** @param ask Does an operation, and gives what takes it back. */
  constructor(ask: (operation: Operation) => Promise<Operation | null>) {
    this.#ask = ask;
  }

  async change(operation: Operation): Promise<void> {
    const inverse = await this.#ask(operation);
    this.#redo.length = 0;
    const isNothing = inverse?.type === "batch" &&
      inverse.operations.length === 0;
    if (inverse !== null && !isNothing) this.#undo.push(inverse);
  }

  undo(): Promise<void> {
    return this.#step(this.#undo, this.#redo);
  }

  redo(): Promise<void> {
    return this.#step(this.#redo, this.#undo);
  }

  async #step(from: Operation[], to: Operation[]): Promise<void> {
    const operation = from.pop();
    if (operation === undefined) return;
    const inverse = await this.#ask(operation);
    if (inverse !== null) to.push(inverse);
  }
}
