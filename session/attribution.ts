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
  readonly #begun = new Set<string>();
  #running = "";

  /** Notes that an execution begins. */
  begin(executionId: string): void {
    this.#running = executionId;
    this.#begun.add(executionId);
  }

  /** Notes what a session says of its children. */
  observe(event: SessionEvent): void {
    if (event.type === "started") this.#living.set(event.childId, event);
    if (event.type === "ended") this.#living.delete(event.childId);
  }

  /**
   * Tells which execution raw text belongs to that does not say it itself.
   */
  owner(): string {
    const writers = this.living().filter(({ raw }) => raw);
    return writers.at(-1)?.executionId ?? this.#running;
  }

  /** Whether an execution with this id was begun. */
  knows(executionId: string): boolean {
    return this.#begun.has(executionId);
  }

  /** The children that live now. */
  living(): LivingChild[] {
    return [...this.#living.values()];
  }
}
