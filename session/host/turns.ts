/**
 * Whose turn it is: cells, and work that goes on for a cell that has ended, such
 * as a measurement that runs again when a person moves a control.
 *
 * Such work runs beside no cell, and cells that come meanwhile wait for it: one
 * measurement would disturb another.
 * @module
 */
import { runAs } from "./attribution.ts";
import {
  bare,
  inMicrotask,
  own,
  OwnMap,
  TheError,
  ThePromise,
} from "./intrinsics.ts";

interface Late {
  readonly executionId: string;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/** Lets cells and late work take turns. */
export class Turns {
  /** Cells that run or wait, and whether somebody can be asked. */
  readonly #cells = new OwnMap<string, boolean>();
  #late: Late | null = null;
  /** Tells late work that no cell runs any more. */
  #wake: () => void = () => {};

  /** Whether cells have to wait. */
  get areTaken(): boolean {
    return this.#late !== null;
  }

  /** A cell begins when this settles. */
  async enter(executionId: string, canAsk: boolean): Promise<void> {
    this.#cells.set(executionId, canAsk);
    while (this.#late !== null) await own(this.#late.ended);
  }

  /** Whether a cell runs at whose front end somebody can be asked. */
  canAsk(executionId: string): boolean {
    return this.#cells.get(executionId) ?? false;
  }

  /** A cell has been answered for. */
  leave(executionId: string): void {
    if (this.#cells.delete(executionId) && this.#cells.keys().length === 0) {
      this.#wake();
    }
  }

  /**
   * Runs work in the name of a cell that has ended, when no cell runs. One at a
   * time: whoever calls this sees to it.
   *
   * @param executionId The cell.
   * @param work The work.
   * @returns What it returns.
   * @throws What it throws, or a `KeyboardInterrupt`.
   */
  async runLater(executionId: string, work: () => unknown): Promise<unknown> {
    while (this.#cells.keys().length > 0) {
      await own(new ThePromise<void>((resolve) => this.#wake = resolve));
    }
    let end = () => {};
    const ended = new ThePromise<void>((resolve) => end = resolve);
    const late = this.#late = { executionId, ended, end };
    try {
      return await own(
        new ThePromise((resolve, reject) => {
          void follow(() => start(executionId, work), resolve, reject);
          // What V8 ended never settles.
          void follow(
            () => ended,
            () => reject(interrupted()),
            reject,
          );
        }),
      );
    } finally {
      end();
      if (this.#late === late) this.#late = null;
    }
  }

  /** Ends late work, as far as others wait for it; gives whose it was. */
  giveUp(): string | null {
    const late = this.#late;
    this.#late = null;
    late?.end();
    return late?.executionId ?? null;
  }
}

/** From a microtask of its own, as cells: only such code can V8 end without harm. */
async function start(
  executionId: string,
  work: () => unknown,
): Promise<unknown> {
  const { promise } = await inMicrotask(() =>
    bare({ promise: runAs(executionId, work) })
  );
  return await promise;
}

async function follow<T>(
  wait: () => Promise<T>,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): Promise<void> {
  try {
    resolve(await own(wait()));
  } catch (error) {
    reject(error);
  }
}

function interrupted(): Error {
  const error = new TheError("the work was interrupted");
  error.name = "KeyboardInterrupt";
  return error;
}
