/**
 * Gives raw text, written past the frames, to the execution that caused it.
 *
 * The session sees to it that at most one execution has raw writers at a time
 * (`session/host/processes.ts`), and announces them in each pipe before their
 * first text and after their last; what is left are native writes of the code
 * that runs now. Pure: events in, an execution id out. One for each pipe.
 * @module
 */
import type { SessionEvent } from "../protocol/mod.ts";

/** A child that lives, as the session announced it. */
export type LivingChild = Extract<SessionEvent, { type: "started" }>;

/** Follows which executions may write raw text. */
export class RawAttribution {
  readonly #living = new Map<number, LivingChild>();
  #running = "";

  /** Notes that an execution begins. */
  begin(executionId: string): void {
    this.#running = executionId;
  }

  /** Notes what a session says of its children. */
  observe(event: SessionEvent): void {
    if (event.type === "started") this.#living.set(event.childId, event);
    if (event.type === "ended") this.#living.delete(event.childId);
  }

  /**
   * Tells which execution raw text belongs to.
   *
   * @param text The text.
   */
  owner(text: string): string {
    // Deno itself prints the errors that a Worker does not catch.
    const fromWorker = WORKER_ERROR.test(text);
    const writers = this.living().filter(({ raw, what }) =>
      fromWorker ? what === "worker" : raw
    );
    return writers.at(-1)?.executionId ?? this.#running;
  }

  /** The children that live now. */
  living(): LivingChild[] {
    return [...this.#living.values()];
  }
}

const WORKER_ERROR = /Uncaught \(in worker/;
