/**
 * Makes a session stop what it computes, once it was told to and does not hear.
 *
 * A session that waits for something answers an interrupt by itself, at once.
 * One that computes has to be ended by V8, through the inspector; but only
 * when it is seen to compute (`inspector/busy.ts`).
 * @module
 */
import type { SessionEvent } from "../protocol/mod.ts";
import { isIdle, type Runner, watchSession } from "./inspector/busy.ts";
import {
  callInspector,
  revive,
  TERMINATE,
  TERMINATE_AGAIN,
} from "./inspector/interrupt.ts";
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

/**
 * Whatever a cell throws once it was told to stop, it throws because of that:
 * native code makes `null` of V8's order to end. Pure.
 *
 * @param events What the session says during an interrupt.
 */
export function asInterrupted(
  events: readonly SessionEvent[],
): readonly SessionEvent[] {
  return events.flatMap((event) => {
    if (event.type === "error" && !event.background) return [];
    return event.type === "done" && event.outcome === "error"
      ? [{ ...event, outcome: "interrupted" } as const]
      : [event];
  });
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
  let timesEnded = 0;
  await Promise.race([ready, answered]);
  if (await settlesWithin(answered, ANSWER_MS)) return true;
  for (const waitMs of RETRIES_MS) {
    const attempt = new AbortController();
    void answered.then(() => attempt.abort());
    const timer = setTimeout(() => attempt.abort(), ATTEMPT_MS);
    const watch = () =>
      watchSession(pid, {
        isOver: () => attempt.signal.aborted,
        runner,
        timesEnded,
      });
    // Connecting takes as long as watching does: both at once.
    const verdict = watch();
    try {
      const told = await callInspector(inspectorUrl, {
        choose: async (told) => {
          if (told === TERMINATE || told === TERMINATE_AGAIN) timesEnded++;
          // What it was told first has to show whether it suffices.
          if (told.length > 0 && told !== TERMINATE_AGAIN) return [];
          const found = await (told.length === 0 ? verdict : watch());
          if (found === "over") return [];
          if (found === "deaf") return revive(interruptId);
          return timesEnded === 0 ? TERMINATE : TERMINATE_AGAIN;
        },
        isIdle: () => isIdle(pid),
        signal: attempt.signal,
      });
      // The cell may have been over in that very moment, and our own loop have
      // been ended instead: only what is answered from now on proves it alive.
      if (told === TERMINATE || told === TERMINATE_AGAIN) {
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
const RETRIES_MS = [100, 400, 1500, 3000];
const ATTEMPT_MS = 5000;
