/**
 * Whether a session still begins the cells that it is sent.
 *
 * A cell may break what the session itself stands on, in a way that we did not
 * foresee; then no cell would begin any more, and each would have to be
 * interrupted, for ever.
 * @module
 */
import type { SessionEvent } from "../protocol/mod.ts";
import { watchSession } from "./inspector/busy.ts";
import { settlesWithin } from "./waiting.ts";

/** Follows which cells have begun. Pure: what was sent and said in, an answer out. */
export class Beginnings {
  readonly #waiting = new Map<
    string,
    { readonly sentMs: number; readonly over: () => void }
  >();
  /** How many in a row were interrupted that had not begun for long. */
  #neverBegan = 0;

  /**
   * Notes that a cell was sent.
   *
   * @param executionId The cell.
   * @param nowMs When.
   * @returns Settles when it has begun, or ended without.
   */
  send(executionId: string, nowMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.set(executionId, { sentMs: nowMs, over: resolve });
    return promise;
  }

  /**
   * Notes what the session says.
   *
   * @param event What it says.
   * @param nowMs When.
   */
  observe(event: SessionEvent, nowMs: number): void {
    if (event.type !== "begun" && event.type !== "done") return;
    const waiting = this.#waiting.get(event.executionId);
    this.#waiting.delete(event.executionId);
    waiting?.over();
    if (event.type === "begun" || event.outcome !== "interrupted") {
      this.#neverBegan = 0;
      // Who interrupts in the same breath keeps a cell from beginning, too.
    } else if (waiting !== undefined && nowMs - waiting.sentMs >= LONG_MS) {
      this.#neverBegan++;
    }
  }

  /** Whether nothing suggests that it will ever begin a cell again. */
  get hasGivenUp(): boolean {
    return this.#neverBegan >= ENOUGH;
  }
}

/** What {@link beginsOrComputes} needs to know. */
export interface BeginningQuestions {
  /** Settles when the cell has begun or is over. */
  readonly over: Promise<void>;
  /** Whether the session is to run cells, and not to stop them. */
  readonly isAsked: () => boolean;
}

/**
 * Waits until a cell that was sent begins; computing is no reason to give up.
 *
 * @param pid The session's process.
 * @param questions About the cell.
 * @returns False once the session is seen to wait for events, and not to hear.
 */
export async function beginsOrComputes(
  pid: number,
  { over, isAsked }: BeginningQuestions,
): Promise<boolean> {
  let isOver = false;
  void over.then(() => isOver = true);
  while (!await settlesWithin(over, LONG_MS)) {
    const verdict = await watchSession(pid, {
      isOver: () => isOver || !isAsked(),
      runner: () => "cell",
      timesEnded: 0,
    });
    if (verdict === "deaf") return false;
  }
  return true;
}

/** So long no cell waits whose session is free, however busy the machine. */
export const LONG_MS = 3000;
const ENOUGH = 2;
