/**
 * Makes a session stop what it computes, once it was told to and does not hear.
 *
 * A session that waits for something answers an interrupt by itself, at once.
 * One that computes has to be ended by V8, through the inspector; but only
 * when it is seen to compute (`inspector/busy.ts`).
 * @module
 */
import { type Runner, watchSession } from "./inspector/busy.ts";
import { callInspector, revive, TERMINATE } from "./inspector/interrupt.ts";
import { settlesWithin } from "./waiting.ts";

/** That a session was told to stop. */
export interface Order {
  /** Number of the interrupt. */
  readonly interruptId: number;
  /** Settles when the session has carried it out, or has ended. */
  readonly answered: Promise<void>;
}

/** The orders to stop that a session was given in the course of one interrupt. */
export class Orders {
  readonly #send: (interruptId: number) => void;
  readonly #ended: Promise<void>;
  readonly #open = new Map<number, () => void>();

  /**
   * @param send Sends an order.
   * @param ended Settles with the session, which then has nothing to stop.
   */
  constructor(send: (interruptId: number) => void, ended: Promise<void>) {
    this.#send = send;
    this.#ended = ended;
  }

  /** Gives an order. */
  give(): Order {
    // Not to be guessed: only who hears the order can say that it was heard.
    const [interruptId] = crypto.getRandomValues(new Uint32Array(1)) as
      & Uint32Array
      & [number];
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#open.set(interruptId, resolve);
    this.#send(interruptId);
    return { interruptId, answered: Promise.race([promise, this.#ended]) };
  }

  /** Notes that the session has carried one out. */
  answer(interruptId: number): void {
    this.#open.get(interruptId)?.();
  }

  /** Forgets those without an answer: the interrupt is over. */
  close(): void {
    this.#open.clear();
  }

  /** Whether an interrupt goes on. */
  get areOpen(): boolean {
    return this.#open.size > 0;
  }
}

/** A session that is to stop what it computes. */
export interface StoppableSession {
  /** Process id. */
  readonly pid: number;
  /** URL of its inspector. */
  readonly inspectorUrl: Promise<string>;
  /** Settles when it takes orders: until then only our own code starts up. */
  readonly ready: Promise<void>;
  /** Orders it to stop. */
  readonly order: () => Order;
  /** Whose code it likely is that runs in it. */
  readonly runner: () => Runner;
}

/**
 * Tells a session to stop, and ends what keeps it from answering.
 *
 * @param session The session.
 * @returns Whether it has answered; if not, only closing is left.
 */
export async function stopComputing(
  session: StoppableSession,
): Promise<boolean> {
  const { pid, inspectorUrl, ready, order, runner } = session;
  let { interruptId, answered } = order();
  let wasEnded = false;
  await Promise.race([ready, answered]);
  if (await settlesWithin(answered, ANSWER_MS)) return true;
  for (const waitMs of RETRIES_MS) {
    const attempt = new AbortController();
    void answered.then(() => attempt.abort());
    const timer = setTimeout(() => attempt.abort(), ATTEMPT_MS);
    // Connecting takes as long as watching does: both at once.
    const verdict = watchSession(pid, {
      isOver: () => attempt.signal.aborted,
      runner,
      wasEnded,
    });
    try {
      const told = await callInspector(inspectorUrl, {
        choose: async () => {
          const found = await verdict;
          if (found === "over") return [];
          return found === "deaf" ? revive(interruptId) : TERMINATE;
        },
        signal: attempt.signal,
      });
      // The cell may have been over in that very moment, and our own loop have
      // been ended instead: only what is answered from now on proves it alive.
      if (told === TERMINATE) {
        wasEnded = true;
        ({ interruptId, answered } = order());
      }
    } catch {
      // It has answered; or the next try, and in the end the caller, will have
      // to do without.
    } finally {
      clearTimeout(timer);
    }
    if (await settlesWithin(answered, waitMs)) return true;
    attempt.abort();
  }
  return false;
}

/** How long a session that merely waits usually takes to answer. */
const ANSWER_MS = 1;
/** How long to wait after each attempt: sorting and serializing end late. */
const RETRIES_MS = [100, 400, 1500, 3000, 5000];
const ATTEMPT_MS = 5000;
