/**
 * What a session does, as far as can be told from what it was told and says.
 *
 * Whoever interrupts it needs to know: V8 must end a cell's code, never ours.
 * Pure: commands and events in, answers out.
 * @module
 */
import type { SessionEvent } from "../protocol/mod.ts";
import type { Runner } from "./inspector/busy.ts";

/** Follows what a session does. */
export class Activity {
  readonly #running = new Set<string>();
  #isAsking = false;
  #isAtUpkeep = false;
  #wasRefused = false;

  /** Notes that a cell was sent. */
  begin(executionId: string): void {
    this.#running.add(executionId);
  }

  /** Notes that the open question was answered, or refused by an interrupt. */
  answer(how: "answered" | "refused"): void {
    this.#isAsking = false;
    this.#wasRefused = how === "refused";
  }

  /** Notes what the session says. */
  observe(event: SessionEvent): void {
    if (event.type === "input") {
      this.#isAsking = true;
      this.#wasRefused = false;
    } else if (event.type === "done") {
      this.#running.delete(event.executionId);
      this.#isAsking = false;
      this.#wasRefused = false;
    } else if (event.type === "upkeep") {
      this.#isAtUpkeep = !event.isOver;
    }
  }

  /** The cells that were sent and have not ended. */
  running(): string[] {
    return [...this.#running];
  }

  /** Whether a cell waits for the answer to a question. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  /**
   * Whose code it likely is that runs now. A cell that is being told that its
   * question was refused will most likely end by itself.
   */
  get runner(): Runner {
    if (this.#isAtUpkeep) return "upkeep";
    return this.#running.size === 0 || this.#wasRefused ? "nobody" : "cell";
  }
}
