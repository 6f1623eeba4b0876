/**
 * Makes a session stop what it computes, once it was told to and does not hear.
 *
 * A session that waits for something answers an interrupt by itself, at once.
 * One that computes has to be ended by V8, through the inspector; but only
 * when it is seen to compute (`inspector/busy.ts`).
 * @module
 */
import { untilBusy } from "./inspector/busy.ts";
import { callInspector, revive, TERMINATE } from "./inspector/interrupt.ts";
import { settlesWithin } from "./waiting.ts";

/** A session that was told to stop. */
export interface ToldSession {
  /** Process id. */
  readonly pid: number;
  /** The interrupt it was told of. */
  readonly interruptId: number;
  /** URL of its inspector. */
  readonly inspectorUrl: Promise<string>;
  /** Settles when it has answered, or has ended. */
  readonly answered: Promise<void>;
}

/**
 * Waits for the answer, and ends what keeps the session from answering.
 *
 * @param session The session, which was told to stop.
 * @returns Whether it has answered; if not, only closing is left.
 */
export async function makeAnswer(session: ToldSession): Promise<boolean> {
  const { pid, interruptId, inspectorUrl, answered } = session;
  if (await settlesWithin(answered, ANSWER_MS)) return true;
  for (const [attempts, waitMs] of RETRIES_MS.entries()) {
    const attempt = new AbortController();
    void answered.then(() => attempt.abort());
    const timer = setTimeout(() => attempt.abort(), ATTEMPT_MS);
    // Connecting takes as long as looking does: both at once.
    const isBusy = untilBusy(pid, () => attempt.signal.aborted);
    // Idle, and yet it does not hear: V8 has ended our own loop, not the cell,
    // which was over in that very moment.
    const isDeaf = attempts > 0 && !await settlesWithin(isBusy, DEAF_MS);
    try {
      await callInspector(inspectorUrl, {
        request: isDeaf ? revive(interruptId) : TERMINATE,
        isWanted: () => isDeaf ? Promise.resolve(true) : isBusy,
        signal: attempt.signal,
      });
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
const ATTEMPT_MS = 2000;
const DEAF_MS = 200;
