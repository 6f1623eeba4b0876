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
   * Asks, and waits a little; longer where nobody keeps the session busy, since
   * then only the machine is slow.
   *
   * @param lookup What.
   * @param options Sends the question, and says whether a cell runs.
   * @returns The answer; `null` when a cell keeps the session busy.
   */
  async ask(
    lookup: Lookup,
    { send, isIdle }: {
      readonly send: (command: LookupCommand) => void;
      readonly isIdle: boolean;
    },
  ): Promise<LookupAnswer | null> {
    const lookupId = ++this.#lastId;
    const { promise, resolve } = Promise.withResolvers<LookupAnswer>();
    this.#waiting.set(lookupId, resolve);
    send({ type: "lookup", lookupId, ...lookup });
    try {
      const waitMs = isIdle ? IDLE_MS : LOOKUP_MS;
      return await settlesWithin(promise, waitMs) ? await promise : null;
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
const IDLE_MS = 1000;
