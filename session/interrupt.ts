/**
 * Makes a session stop what it computes, once it was told to and does not hear.
 *
 * A session that waits for something answers an interrupt by itself, at once.
 * One that computes has to be ended by V8, through the inspector; but only
 * when it is seen to compute (`inspector/busy.ts`).
 * @module
 */
import { untilBusy } from "./inspector/busy.ts";
import { terminateExecution } from "./inspector/interrupt.ts";
import { settlesWithin } from "./waiting.ts";

/** A session that was told to stop. */
export interface ToldSession {
  /** Process id. */
  readonly pid: number;
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
  const { pid, inspectorUrl, answered } = session;
  if (await settlesWithin(answered, ANSWER_MS)) return true;
  for (const waitMs of RETRIES_MS) {
    const attempt = new AbortController();
    void answered.then(() => attempt.abort());
    const timer = setTimeout(() => attempt.abort(), ATTEMPT_MS);
    // Connecting takes as long as looking does: both at once.
    const isBusy = untilBusy(pid, () => attempt.signal.aborted);
    try {
      await terminateExecution(inspectorUrl, {
        isWanted: () => isBusy,
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
