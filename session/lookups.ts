/**
 * Questions about the running program, and who waits for their answers.
 * @module
 */
import type { SessionCommand, SessionEvent } from "../protocol/mod.ts";
import { settlesWithin } from "./waiting.ts";

/** A question about the running program. */
export type Lookup = Omit<LookupCommand, "type" | "lookupId">;

/** What the running program knows. */
export type LookupAnswer = Extract<
  SessionEvent,
  { type: "completions" | "description" }
>;

type LookupCommand = Extract<SessionCommand, { type: "lookup" }>;

/** The questions that wait for their answers. */
export class Lookups {
  readonly #waiting = new Map<number, (answer: LookupAnswer) => void>();
  #lastId = 0;

  /**
   * Asks, and waits a little.
   *
   * @param lookup What.
   * @param send Sends the question.
   * @returns The answer; `null` when a cell keeps the session busy.
   */
  async ask(
    lookup: Lookup,
    send: (command: LookupCommand) => void,
  ): Promise<LookupAnswer | null> {
    const lookupId = ++this.#lastId;
    const { promise, resolve } = Promise.withResolvers<LookupAnswer>();
    this.#waiting.set(lookupId, resolve);
    send({ type: "lookup", lookupId, ...lookup });
    try {
      return await settlesWithin(promise, LOOKUP_MS) ? await promise : null;
    } finally {
      this.#waiting.delete(lookupId);
    }
  }

  /** Passes an answer on to who waits for it. */
  answer(answer: LookupAnswer): void {
    this.#waiting.get(answer.lookupId)?.(answer);
  }
}

/** Completion never waits for a running cell. */
const LOOKUP_MS = 150;
