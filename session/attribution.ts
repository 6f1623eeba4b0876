/**
 * Gives raw text, written past the frames, to the execution that caused it.
 *
 * The session sees to it that at most one execution has raw writers at a time
 * (`session/host/processes.ts`); what is left are native writes of the code
 * that runs now. Pure: events in, an execution id out.
 * @module
 */
import type { SessionEvent } from "../protocol/mod.ts";

/** A child that lives, as the session announced it. */
export type LivingChild = Extract<SessionEvent, { type: "started" }>;

/** Follows which executions may write raw text. */
export class RawAttribution {
  readonly #living = new Map<number, LivingChild>();
  #running = "";
  #lastRawOwner: string | null = null;

  /** Notes that an execution begins. */
  begin(executionId: string): void {
    this.#running = executionId;
  }

  /** Notes what a session says of its children. */
  observe(event: SessionEvent): void {
    if (event.type === "started") this.#living.set(event.childId, event);
    if (event.type === "ended") {
      const child = this.#living.get(event.childId);
      // What it wrote last may still be on its way.
      if (child?.raw) this.#lastRawOwner = child.executionId;
      this.#living.delete(event.childId);
    }
    if (event.type === "done") this.#lastRawOwner = null;
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
    return writers.at(-1)?.executionId ?? this.#lastRawOwner ?? this.#running;
  }

  /** The children that live now. */
  living(): LivingChild[] {
    return [...this.#living.values()];
  }
}

const WORKER_ERROR = /Uncaught \(in worker/;
